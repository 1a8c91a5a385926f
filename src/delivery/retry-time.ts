import type { KeyValueStore } from '../ports.js';
import { MAX_RETRY_AFTER_MS } from './backoff.js';

/** When the next attempt is due, kept where all tabs and the next page see it. */
export interface RetryTime {
  /** When the next attempt is due, in milliseconds; 0 for at once. */
  dueMs(): number;
  /** Failed requests in a row. */
  failures(): number;
  set(dueMs: number, failures: number): void;
  clear(): void;
}

/** The retry time of one token, as `"<due> <failures>"` under a key of a key-value store. */
export function createRetryTime(store: KeyValueStore, key: string, nowMs: () => number): RetryTime {
  /** Only where storage is denied: otherwise another tab's success must be seen here. */
  let memory = '';
  const read = (): readonly [number, number] => {
    const text = memory || store.get(key) || '';
    const [due = 0, failures = 0] = text.split(' ').map((part) => Number(part) || 0);
    return [due, failures];
  };
  return {
    dueMs() {
      const [due] = read();
      // Further away than any wait can be: a clock was set back, and nobody should have to wait for it.
      return due - nowMs() <= MAX_RETRY_AFTER_MS ? due : 0;
    },
    failures: () => read()[1],
    set(dueMs, failures) {
      const text = `${dueMs} ${failures}`;
      memory = store.set(key, text) ? '' : text;
    },
    clear() {
      if (!memory && store.get(key) === undefined) return;
      memory = '';
      store.remove(key);
    },
  };
}
