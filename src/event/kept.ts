import type { KeyValueStore } from '../ports.js';
import type { JsonProperties } from './serialize.js';

/** What a tracker keeps between pages for the events to come; forgotten at `reset()`. */
export interface Kept {
  readonly superProperties: JsonProperties;
  /** When `timeEvent` was called, by event name. */
  readonly timers: Readonly<Record<string, number>>;
  /** Profile updates made while anonymous: operation and its argument as JSON. */
  readonly held: readonly (readonly [operation: string, argument: string])[];
}

/** Shared by the tabs of an origin: what another tab changed holds from the next task on. */
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
): KeptStore {
  let memory: Kept | undefined;
  let isChanged = false;

  const settle = (): void => {
    const isDenied = isChanged && !store.set(key, JSON.stringify(memory));
    isChanged = false;
    if (!isDenied) memory = undefined;
  };

  const read = (): Kept => {
    if (memory) return memory;
    afterTask(settle);
    try {
      memory = { ...EMPTY, ...(JSON.parse(store.get(key) ?? '{}') as Partial<Kept>) };
    } catch {
      // Not written by a tracker: as if there were nothing.
      memory = EMPTY;
    }
    return memory;
  };

  const change = (changed: Partial<Kept>): void => {
    memory = { ...read(), ...changed };
    if (!isChanged) afterTask(settle);
    isChanged = true;
  };

  return { read, change, clear: () => change(EMPTY) };
}
