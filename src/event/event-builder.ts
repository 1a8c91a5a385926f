import type { DropReason, Report } from '../errors.js';
import type { QueuedRecord } from '../ports.js';
import {
  CREATE_ALIAS_EVENT,
  IDENTIFY_EVENT,
  MAX_EVENT_BYTES,
  MERGE_EVENT,
  TRACK_PATH,
} from '../wire.js';
import { type JsonProperties, joinProperties, serializeProperties } from './serialize.js';

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
  /** Properties under the event's own, weakest first: of the page, then super properties. */
  readonly layers: readonly (() => Record<string, unknown>)[];
  readonly beforeSend: BeforeSend | undefined;
  readonly report: Report;
  /** Counts an event that ends here. */
  readonly onDrop: (reason: DropReason) => void;
}

/** Makes queue records of what the page tracks. */
export interface EventBuilder {
  /** The record of an event under an identity, or `undefined` where the event was refused. */
  build(name: unknown, own: unknown, identity: Record<string, string>): QueuedRecord | undefined;
  /** The same for an event that the tracker sends itself: `beforeSend` sees its properties and cannot drop it. */
  buildOwn(
    name: string,
    own: Readonly<Record<string, string>>,
    identity: Record<string, string>,
  ): QueuedRecord | undefined;
}

const VERBS = [IDENTIFY_EVENT, CREATE_ALIAS_EVENT, MERGE_EVENT];

function refuseName(name: unknown): 'invalid-event-name' | 'reserved-event-name' | undefined {
  if (typeof name !== 'string' || !name.trim()) return 'invalid-event-name';
  return VERBS.includes(name) ? 'reserved-event-name' : undefined;
}

/** A clock that was set back by more than this is followed; by less, time stands still so that order is kept. */
const MAX_CLOCK_HOLD_MS = 60_000;

const byteLength = (text: string): number => new TextEncoder().encode(text).length;

/** Builds events: page, super and own properties in that order, then identity, time and ids, which nothing overrides. */
export function createEventBuilder(ports: EventPorts): EventBuilder {
  const { token, newInsertId, nowMs, layers, beforeSend, report, onDrop } = ports;
  const tokenJson = JSON.stringify(token);
  let lastMs = 0;

  const takeTime = (): number => {
    const now = nowMs();
    if (now > lastMs || lastMs - now > MAX_CLOCK_HOLD_MS) lastMs = now;
    return lastMs;
  };

  const drop = (reason: DropReason, name: unknown): undefined => {
    report(reason, name);
    onDrop(reason);
  };

  const gather = (own: unknown): JsonProperties => {
    const into = Object.create(null) as JsonProperties;
    for (const layer of layers) serializeProperties(layer(), into, report);
    serializeProperties(own, into, report);
    return into;
  };

  const askHook = (hook: BeforeSend, event: string, properties: JsonProperties) => {
    let draft: unknown;
    try {
      draft = hook({
        event,
        properties: JSON.parse(joinProperties(properties)) as Record<string, unknown>,
      });
    } catch (error) {
      report('before-send-failed', error);
      return undefined;
    }
    if (draft === null || draft === undefined) return null;
    const { event: name, properties: changed } = draft as DraftEvent;
    if (refuseName(name) || typeof changed !== 'object' || !changed) {
      report('before-send-failed', name);
      return undefined;
    }
    const into = Object.create(null) as JsonProperties;
    serializeProperties(changed, into, report);
    return { name, into };
  };

  const finish = (
    name: string,
    into: JsonProperties,
    last: Readonly<Record<string, unknown>>,
  ): QueuedRecord | undefined => {
    const id = newInsertId();
    into['token'] = tokenJson;
    into['time'] = String(takeTime());
    into['$insert_id'] = JSON.stringify(id);
    for (const key in last) into[key] = JSON.stringify(last[key]);
    const payload = `{"event":${JSON.stringify(name)},"properties":${joinProperties(into)}}`;
    // A character is at most three bytes, so most events need not be measured.
    if (payload.length * 3 > MAX_EVENT_BYTES && byteLength(payload) > MAX_EVENT_BYTES)
      return drop('event-too-large', name);
    return { id, path: TRACK_PATH, payload };
  };

  return {
    build(name, own, identity) {
      const refusal = refuseName(name);
      if (refusal) return drop(refusal, name);
      const into = gather(own);
      if (!beforeSend) return finish(name as string, into, identity);
      const asked = askHook(beforeSend, name as string, into);
      if (asked) return finish(asked.name, asked.into, identity);
      onDrop(asked === null ? 'before-send-dropped' : 'before-send-failed');
      return undefined;
    },
    buildOwn(name, own, identity) {
      const into = gather(undefined);
      const asked = beforeSend && askHook(beforeSend, name, into);
      return finish(name, asked ? asked.into : into, { ...identity, ...own });
    },
  };
}
