import { attempt } from '../attempt.js';
import type { KeyValueStore } from '../ports.js';

/** What a tracker keeps between pages for the events to come; forgotten at `reset()`. JSON values only. */
export interface Kept {
  readonly superProperties: Readonly<Record<string, unknown>>;
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

/** Throws where the text is none of ours: anything may have written there. */
function parseKept(text = ''): Kept {
  const { superProperties, timers, held, deviceId } = JSON.parse(text) as Required<Kept>;
  return {
    superProperties: { ...superProperties },
    timers: { ...timers },
    held: [...held],
    deviceId,
  };
}

/** Keeps one JSON object under a key of a key-value store; in memory where that is denied. */
export function createKeptStore(
  store: KeyValueStore,
  key: string,
  afterTask: (work: () => void) => void,
  deviceId: () => string,
): KeptStore {
  let memory: Kept | undefined;
  let lastText: string | undefined;
  let lastParsed: Kept | undefined;
  let isChanged = false;
  let isSettling = false;

  const settle = (): void => {
    isSettling = false;
    if (!isChanged || store.set(key, JSON.stringify(memory))) memory = undefined;
    isChanged = false;
  };

  const settleAfterTask = (): void => {
    if (!isSettling) afterTask(settle);
    isSettling = true;
  };

  const read = (): Kept => {
    const id = deviceId();
    if (memory?.deviceId === id) return memory;
    settleAfterTask();
    const text = store.get(key);
    // It hardly ever changes between two tasks.
    if (text !== lastText) lastParsed = attempt(() => parseKept(text));
    lastText = text;
    memory = { ...EMPTY, ...(lastParsed?.deviceId === id && lastParsed), deviceId: id };
    return memory;
  };

  const change = (changed: Partial<Kept>): void => {
    memory = { ...read(), ...changed };
    isChanged = true;
    settleAfterTask();
  };

  return { read, change, clear: () => change(EMPTY) };
}
