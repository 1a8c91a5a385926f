import type { KeyValueStore } from '../ports.js';
import type { IdentityPlace } from './cookie.js';

/** The identity record under a key of a key-value store. */
export function createLocalPlace(store: KeyValueStore, key: string): IdentityPlace {
  return {
    read: () => [store.get(key) ?? []].flat(),
    write: (text) => void store.set(key, text),
  };
}
