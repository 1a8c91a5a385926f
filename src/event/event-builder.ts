import type { Report } from '../errors.js';
import type { QueuedRecord } from '../ports.js';
import { CREATE_ALIAS_EVENT, IDENTIFY_EVENT, MERGE_EVENT, TRACK_PATH } from '../wire.js';
import type { MakeRecord } from './record.js';
import {
  type JsonProperties,
  RESERVED_NAMES,
  joinProperties,
  plainProperties,
  serializeProperties,
} from './serialize.js';

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
  readonly makeRecord: MakeRecord;
  readonly nowMs: () => number;
  /** Properties under those of the event `name` itself: of the page, then super properties. */
  readonly underlay: (name: string) => JsonProperties;
  readonly beforeSend?: BeforeSend;
  readonly report: Report;
}

/**
 * Makes the queue record of an event under an identity; `undefined` where the event was refused.
 *
 * @param verb Set for an identity event of the tracker's own: all that it says beside the identity; no hook sees or drops it.
 */
export type BuildEvent = (
  name: unknown,
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
  const { token, makeRecord, nowMs, underlay, beforeSend, report } = ports;
  let lastMs = 0;

  const takeTime = (): number => {
    /** By how much the last event is ahead of the clock. */
    const aheadMs = lastMs - nowMs();
    if (aheadMs < 0 || aheadMs > MAX_CLOCK_HOLD_MS) lastMs -= aheadMs;
    return lastMs;
  };

  /** What the hook makes of an event. */
  const ask = (hook: BeforeSend, event: string, into: JsonProperties) => {
    try {
      const draft = hook({ event, properties: plainProperties(into) });
      if (!draft) return void report('before-send-dropped', event, 1);
      if (!refuseName(draft.event) && typeof draft.properties === 'object')
        return [
          draft.event,
          serializeProperties(draft.properties, report, RESERVED_NAMES),
        ] as const;
      // What an async hook throws is not the page's to hear of.
      Promise.resolve(draft).catch(() => undefined);
      throw new TypeError('not an event');
    } catch (error) {
      return void report('before-send-failed', error, 1);
    }
  };

  const finish = (name: string, into: JsonProperties, last: Readonly<Record<string, unknown>>) =>
    makeRecord(TRACK_PATH, name, ($insert_id) => {
      const fixed = { token, time: takeTime(), ...last, $insert_id };
      serializeProperties(fixed, report, undefined, into);
      return `{"event":${JSON.stringify(name)},"properties":${joinProperties(into)}}`;
    });

  return (name, own, identity, verb) => {
    const event = name as string;
    // Nothing of the page: a hook could neither take it off again nor may it drop the link.
    if (verb) return finish(event, {}, { ...identity, ...verb });
    const refusal = refuseName(name);
    if (refusal) return void report(refusal, name, 1);
    const into = serializeProperties(own, report, RESERVED_NAMES, underlay(event));
    const asked = beforeSend ? ask(beforeSend, event, into) : ([event, into] as const);
    return asked && finish(...asked, identity);
  };
}
