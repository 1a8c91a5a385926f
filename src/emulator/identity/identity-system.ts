import type { Entries } from '../entries.js';
import type { Cluster, DropReason, Properties, Warning } from '../emulator-state.js';
import type { Finding } from '../rules/finding.js';

/** An event on its way in, valid and with the project's token. */
export interface IncomingEvent {
  /** The number that the record will carry, kept or dropped. */
  readonly seq: number;
  readonly event: string;
  readonly properties: Properties;
  /** `/track`, `/import` or one of `/identity/*`. */
  readonly endpoint: string;
  /** What stands in for a distinct id that is missing altogether (T-17). */
  readonly addressHash: string;
}

/** What became of an event when it came in. */
export type Admission =
  | {
      readonly kept: true;
      /** Distinct id at this moment; empty when the event belongs to nobody. */
      readonly distinctId: string;
      /** Properties that the service sets or adds for good. */
      readonly added: Properties | undefined;
      /** The two ids that this event joined, with the id that now stands for everyone whom either stood for. */
      readonly joined: Cluster | undefined;
      readonly warnings: readonly Finding[];
    }
  | {
      readonly kept: false;
      readonly reason: DropReason;
      readonly warnings: readonly Finding[];
    };

/** Who an event belongs to at this moment, and the properties that say how it got there. */
export interface Resolution {
  readonly distinctId: string;
  /** Added to what an export shows, now that the event has changed hands. */
  readonly added: Properties | undefined;
}

/** One of the ways in which the service decides who is who (section 7). Pure: no clock, no store. */
export interface IdentitySystem {
  /** Takes in one event, in order of arrival, and learns from it. */
  admit(incoming: IncomingEvent): Admission;
  /**
   * Where an event stands now that came in under this distinct id with these properties; `undefined` where it came in, as
   * nearly all of them do.
   */
  resolve(ingestDistinctId: string, sent: Properties): Resolution | undefined;
  /** The id that stands for the person whom an id leads to, as profiles see it. */
  canonicalOf(distinctId: string): string;
  /** Every id under which events of the same person may have come in, this one included. */
  idsOf(distinctId: string): readonly string[];
  /** The cluster that an id is in; `undefined` when no event has shown it. */
  clusterOf(distinctId: string): Cluster | undefined;
  /** Everyone known, single ids included, as they are now: each is made as it is read. */
  clusters(): Iterable<Cluster>;
  /** Device id to user id, as they are now; empty but in Simplified. */
  links(): Entries<string>;
  /** Things to warn of as long as something has not arrived yet. */
  pending(): readonly Warning[];
  /** How `pending()` changed since this was asked last. */
  takePendingChange(): PendingChange;
}

/** Warnings that came to hold and that no longer hold. */
export interface PendingChange {
  readonly arisen: readonly Warning[];
  readonly settled: readonly Warning[];
}

/** Nothing is ever awaited. */
export const NOTHING_PENDING: Pick<IdentitySystem, 'pending' | 'takePendingChange'> = {
  pending: () => [],
  takePendingChange: () => ({ arisen: [], settled: [] }),
};

/** No properties, nobody joined, nothing to warn of. */
export function plainAdmission(distinctId: string): Admission {
  return { kept: true, distinctId, added: undefined, joined: undefined, warnings: [] };
}
