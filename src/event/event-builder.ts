import { attempt } from '../attempt.js';
import type { Report } from '../errors.js';
import type { QueuedRecord } from '../ports.js';
import { CREATE_ALIAS_EVENT, IDENTIFY_EVENT, MERGE_EVENT, TRACK_PATH } from '../wire.js';
import { type PlainProperties, RESERVED_NAMES, plainProperties } from './plain-properties.js';
import { makeRecord } from './record.js';

/** An event as `beforeSend` sees it: name and properties, without identity, token, time and insert id. */
export interface DraftEvent {
  event: string;
  properties: Record<string, unknown>;
}

/** Inspects or changes an event before it is queued; `null` or nothing drops it. It is given a copy. */
export type BeforeSend = (draft: DraftEvent) => DraftEvent | null | undefined;

/** What building an event needs from outside. */
export interface EventPorts {
  readonly token: string;
  readonly newInsertId: () => string;
  readonly nowMs: () => number;
  /** Properties under those of the event `name` itself: of the page, then super properties. */
  readonly underlay: (name: string) => PlainProperties;
  readonly beforeSend?: BeforeSend;
  readonly report: Report;
}

/**
 * Makes the queue record of an event under an identity; `undefined` where the event was refused.
 *
 * @param verb Set for an identity event of the tracker's own: all that it says beside the identity; no hook sees or drops it.
 */
export type BuildEvent = (
  event: string,
  own: unknown,
  identity: Readonly<Record<string, string>>,
  verb?: Readonly<Record<string, string>>,
) => QueuedRecord | undefined;

const VERBS = [IDENTIFY_EVENT, CREATE_ALIAS_EVENT, MERGE_EVENT];

/** A clock that was set back by more than this is followed; by less, time stands still so that order is kept. */
const MAX_CLOCK_HOLD_MS = 60_000;

function refuseName(name: unknown): 'invalid-event-name' | 'reserved-event-name' | undefined {
  if (typeof name !== 'string' || !name.trim()) return 'invalid-event-name';
  return VERBS.includes(name) ? 'reserved-event-name' : undefined;
}

/** Builds events: page, super and own properties in that order, then identity, time and ids, which nothing overrides. */
export function createEventBuilder(ports: EventPorts): BuildEvent {
  const { token, newInsertId, nowMs, underlay, beforeSend, report } = ports;
  let lastMs = 0;

  /** What the hook makes of an event. */
  const ask = (hook: BeforeSend, draft: DraftEvent): DraftEvent | undefined =>
    attempt(
      () => {
        // A copy down to the last list: what is registered is not the hook's to change.
        const asked = hook(JSON.parse(JSON.stringify(draft)) as DraftEvent);
        if (!asked) return void report('before-send-dropped', draft.event, 1);
        const { event, properties } = asked;
        if (refuseName(event) || typeof properties !== 'object')
          throw new TypeError('not an event');
        return { event, properties: plainProperties(properties, report, RESERVED_NAMES) };
      },
      (error) => void report('before-send-failed', error, 1),
    );

  const seal = ({ event, properties }: DraftEvent, identity: object): QueuedRecord | undefined => {
    const $insert_id = newInsertId();
    /** By how much the last event is ahead of the clock. */
    const aheadMs = lastMs - nowMs();
    if (aheadMs < 0 || aheadMs > MAX_CLOCK_HOLD_MS) lastMs -= aheadMs;
    const last = { token, time: lastMs, ...identity, $insert_id };
    const content = { event, properties: { ...properties, ...last } };
    return makeRecord(report, TRACK_PATH, event, $insert_id, content);
  };

  return (event, own, identity, verb) => {
    // Nothing of the page: a hook could neither take it off again nor may it drop the link.
    if (verb) return seal({ event, properties: {} }, { ...identity, ...verb });
    const refusal = refuseName(event);
    if (refusal) return void report(refusal, event, 1);
    const properties = { ...underlay(event), ...plainProperties(own, report, RESERVED_NAMES) };
    const draft = { event, properties };
    const asked = beforeSend ? ask(beforeSend, draft) : draft;
    return asked && seal(asked, identity);
  };
}
