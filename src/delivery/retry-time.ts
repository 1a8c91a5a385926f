import type { KeyValueStore } from '../ports.js';
import { MAX_RETRY_AFTER_MS } from './backoff.js';

/** When the next attempt is due, kept where all tabs and the next page see it. */
export interface RetryTime {
  /** When the next attempt is due, in milliseconds; 0 for at once. */
  dueMs(): number;
  /** Failed requests in a row. */
  failures(): number;
  /** Which path the last of them was for. */
  failedPath(): string | undefined;
  set(dueMs: number, failures: number, path: string): void;
  clear(): void;
}

/** The retry time of one token, as `"<due> <failures> <path>"` under a key of a key-value store. */
export function createRetryTime(store: KeyValueStore, key: string, nowMs: () => number): RetryTime {
  /** Only where storage is denied: otherwise another tab's success must be seen here. */
  let memory = '';
  const read = (): string[] => (memory || store.get(key) || '').split(' ');
  const numberAt = (index: number): number => Number(read()[index]) || 0;
  return {
    dueMs() {
      const due = numberAt(0);
      // Further away than any wait can be: a clock was set back, and nobody should have to wait for it.
      return due - nowMs() <= MAX_RETRY_AFTER_MS ? due : 0;
    },
    failures: () => numberAt(1),
    failedPath: () => read()[2],
    set(...entry) {
      const text = entry.join(' ');
      memory = store.set(key, text) ? '' : text;
    },
    clear() {
      if (!memory && store.get(key) === undefined) return;
      memory = '';
      store.remove(key);
    },
  };
}
