import { attempt } from './attempt.js';
import type { KeyValueStore } from './ports.js';

/**
 * localStorage where it can be used; every access may be denied at any time, and then answers as if empty: the callers
 * have a second place for what they keep.
 *
 * @param isAllowed Without it every access is denied, and nothing is kept beyond the page.
 */
export function createLocalStorage(isAllowed: boolean): KeyValueStore {
  const use = <T>(work: () => T): T | undefined => (isAllowed ? attempt(work) : undefined);
  return {
    get: (key) => use(() => localStorage.getItem(key)) ?? undefined,
    set: (key, value) => !!use(() => (localStorage.setItem(key, value), true)),
    remove: (key) => use(() => localStorage.removeItem(key)),
    keys: (prefix) =>
      use(() => Object.keys(localStorage).filter((key) => key.startsWith(prefix))) ?? [],
  };
}
