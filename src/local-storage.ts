import type { KeyValueStore } from './ports.js';

/** localStorage where it can be used; every access may be denied at any time, and then answers as if empty. */
export function createLocalStorage(): KeyValueStore {
  const attempt = <T>(use: (storage: Storage) => T): T | undefined => {
    try {
      return use(localStorage);
    } catch {
      // Denied by settings or sandbox, or full: the callers have a second place for what they keep.
      return undefined;
    }
  };
  return {
    get: (key) => attempt((storage) => storage.getItem(key)) ?? undefined,
    set: (key, value) => attempt((storage) => (storage.setItem(key, value), true)) ?? false,
    remove: (key) => void attempt((storage) => storage.removeItem(key)),
    keys: (prefix) =>
      attempt((storage) => Object.keys(storage).filter((key) => key.startsWith(prefix))) ?? [],
  };
}

/** Keeps nothing beyond the page. */
export function createMemoryStorage(): KeyValueStore {
  const values = new Map<string, string>();
  return {
    get: (key) => values.get(key),
    set: (key, value) => (values.set(key, value), true),
    remove: (key) => void values.delete(key),
    keys: (prefix) => [...values.keys()].filter((key) => key.startsWith(prefix)),
  };
}
