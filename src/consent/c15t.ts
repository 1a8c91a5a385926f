import { follow, onceLoaded } from './follow.js';
import type { ConsentSource } from './source.js';

/** What is asked of c15t's store. */
export interface C15tStore {
  getState(): {
    /** Whether a category may be used now. */
    has(category: never): boolean;
    /** Whether the visitor has made a choice. */
    hasConsented(): boolean;
  };
  subscribe(listener: () => void): () => void;
}

/**
 * c15t 2. Where its policy grants without asking, that is a grant.
 *
 * @param category The category that is read.
 * @default 'measurement'
 * @param store The `consentStore` of `getOrCreateConsentRuntime()`.
 * @default window.c15tStore
 */
export const c15t = (category = 'measurement', store?: C15tStore): ConsentSource =>
  follow<C15tStore>(
    (known) => {
      const state = known.getState();
      return state.has(category as never) || (state.hasConsented() ? false : undefined);
    },
    onceLoaded((look, signal) => {
      const known = store ?? (globalThis as unknown as { c15tStore: C15tStore }).c15tStore;
      signal.onabort = known.subscribe(() => look(known));
      look(known);
    }),
  );
