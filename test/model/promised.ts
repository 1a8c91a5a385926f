import type { Properties } from './schedule.js';

/** A device id of the browser under test, and what it was used for. */
export interface Device {
  /** As the page tells it; empty until then. */
  id: string;
  /** Everybody who was identified on it; more than one only where a killed browser forgot the first. */
  readonly users: Set<string>;
  /** What Simplified ID Merge owes it: see the rules of `identify()` and `reset()`. */
  link?: 'anonymous' | 'owed';
  /** A killed browser may have forgotten what it owes. */
  isForgetful?: true;
  /** The values that the super property `plan` has had while this device was in use; none, at first. */
  readonly plans: (string | undefined)[];
}

/** One document of one tab, from its loading to its end. */
export interface Visit {
  isAlive: boolean;
  /** Which of the device's plans this document has surely seen; what another one registers comes a little later. */
  seenPlan?: { readonly device: Device; readonly index: number };
}

/** Something that must reach the service exactly once. */
export interface Promised {
  readonly device: Device;
  readonly user?: string;
  readonly visit: Visit;
  /** How far the page's clock was off. */
  readonly offsetMs: number;
  /** The furthest that the clock was ahead of `offsetMs` afterwards. */
  laterMs: number;
  /** Whether it survives the end of the whole browser. */
  isSafe: boolean;
  /** A killed browser may have taken it along. */
  isUnpromised?: true;
}

/** An event that a page tracked. */
export interface TrackedEvent extends Promised {
  readonly kind: 'event';
  readonly n: number;
  readonly name: string;
  readonly properties: Properties;
  /** What its super property `plan` may be. */
  readonly plans: readonly (string | undefined)[];
  /** Between these the page's clock stood when it was tracked. */
  fromMs: number;
  toMs: number;
}

/** An event that the tracker sends of itself: it links `device` to `user`. */
export interface LinkEvent extends Promised {
  readonly kind: 'link';
  readonly user: string;
}

/** A profile property that was set or counted, each under a name of its own. */
export interface ProfileUpdate extends Promised {
  readonly kind: 'profile';
  readonly user: string;
  readonly name: string;
  readonly value: number;
  readonly isCounted: boolean;
}

/** A property of the group's profile that was set, under a name of its own. */
export interface GroupUpdate extends Promised {
  readonly kind: 'group';
  readonly name: string;
  readonly value: number;
}

/** Anything that is promised. */
export type Entry = TrackedEvent | LinkEvent | ProfileUpdate | GroupUpdate;
