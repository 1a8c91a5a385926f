import { attempt } from './attempt.js';
import type { KeyValueStore } from './ports.js';

/**
 * localStorage where it can be used; every access may be denied at any time, and then answers as if empty: the callers
 * have a second place for what they keep.
 *
 * @param isAllowed Without it every access is denied, and nothing is kept beyond the page.
 */
export function createLocalStorage(isAllowed: boolean): KeyValueStore {
  // Asked for once: in WebKit a page that closed itself has none, but the one it had still works.
  let kept: Storage | undefined;
  const use = <T>(work: (storage: Storage) => T): T | undefined =>
    isAllowed ? attempt(() => work((kept ??= localStorage))) : undefined;
  return {
    get: (key) => use((storage) => storage.getItem(key)) ?? undefined,
    set: (key, value) => !!use((storage) => (storage.setItem(key, value), true)),
    remove: (key) => use((storage) => storage.removeItem(key)),
    keys: (prefix) =>
      use((storage) => Object.keys(storage).filter((key) => key.startsWith(prefix))) ?? [],
  };
}
