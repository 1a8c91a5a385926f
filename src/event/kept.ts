import { attempt } from '../attempt.js';
import type { KeyValueStore } from '../ports.js';
import type { Report } from '../errors.js';
import { type JsonProperties, joinProperties, serializeProperties } from './serialize.js';

/** What a tracker keeps between pages for the events to come; forgotten at `reset()`. */
export interface Kept {
  readonly superProperties: JsonProperties;
  /** When `timeEvent` was called, by event name. */
  readonly timers: Readonly<Record<string, number>>;
  /** Profile updates made while anonymous: operation, its argument as JSON, and the insert id it will have. */
  readonly held: readonly (readonly [operation: string, argument: string, insertId: string])[];
  /** Whose all this is: nothing is carried over to the next person, whatever a race of tabs leaves behind. */
  readonly deviceId?: string;
}

/** Shared by the tabs of an origin: what another tab changed holds from the next task on. Another device id begins anew. */
export interface KeptStore {
  read(): Kept;
  /** Takes effect at once, and is written when the present task is over. */
  change(changed: Partial<Kept>): void;
  clear(): void;
}

const EMPTY: Kept = { superProperties: {}, timers: {}, held: [] };

/** Keeps one JSON object under a key of a key-value store; in memory where that is denied. */
export function createKeptStore(
  store: KeyValueStore,
  key: string,
  afterTask: (work: () => void) => void,
  deviceId: () => string,
  report: Report,
): KeptStore {
  let memory: Kept | undefined;
  let lastText: string | undefined;
  let lastParsed = EMPTY;
  let isChanged = false;

  const write = ({ superProperties, ...kept }: Kept): boolean =>
    store.set(
      key,
      JSON.stringify({ ...kept, superProperties: JSON.parse(joinProperties(superProperties)) }),
    );

  const settle = (): void => {
    const isDenied = isChanged && memory && !write(memory);
    isChanged = false;
    if (!isDenied) memory = undefined;
  };

  const parse = (text: string): Kept => {
    // Anything may have written there: what is no JSON of ours must not spoil the events to come.
    const {
      superProperties,
      timers,
      held,
      deviceId: owner,
    } = attempt(() => JSON.parse(text) as Partial<Kept> | null) ?? {};
    return {
      superProperties: serializeProperties(superProperties, report),
      timers: { ...timers },
      held: Array.isArray(held) ? held : [],
      deviceId: String(owner),
    };
  };

  const read = (): Kept => {
    const id = deviceId();
    if (memory && memory.deviceId === id) return memory;
    afterTask(settle);
    const text = store.get(key);
    // It hardly ever changes between two tasks, and most of the time there is nothing.
    if (text !== lastText) lastParsed = text === undefined ? EMPTY : parse(text);
    lastText = text;
    memory = lastParsed.deviceId === id ? lastParsed : { ...EMPTY, deviceId: id };
    return memory;
  };

  const change = (changed: Partial<Kept>): void => {
    memory = { ...read(), ...changed };
    if (!isChanged) afterTask(settle);
    isChanged = true;
  };

  return { read, change, clear: () => change(EMPTY) };
}
