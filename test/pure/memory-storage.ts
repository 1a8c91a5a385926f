import type { KeyValueStore } from '../../src/ports.js';

/** A key-value store that keeps nothing beyond the test. */
export function createMemoryStorage(): KeyValueStore {
  const values = new Map<string, string>();
  return {
    get: (key) => values.get(key),
    set: (key, value) => (values.set(key, value), true),
    remove: (key) => void values.delete(key),
    keys: (prefix) => [...values.keys()].filter((key) => key.startsWith(prefix)),
  };
}
