import { follow } from './follow.js';
import type { ConsentSource } from './source.js';

declare const Didomi: {
  getCurrentUserStatus(): {
    readonly regulation?: string;
    readonly vendors: Readonly<Record<string, { readonly enabled: boolean } | undefined>>;
  };
  shouldUserStatusBeCollected(): boolean;
};

interface DidomiQueues {
  didomiOnReady?: (() => void)[];
  didomiEventListeners?: { event: string; listener: () => void }[];
}

/**
 * Didomi. A vendor is enabled when the visitor has agreed to it and to all its purposes. Where no regulation applies,
 * that is a grant.
 *
 * @param vendor The id of the vendor in the Didomi console; that of a custom one begins with `c:`.
 */
export const didomi = (vendor: string): ConsentSource =>
  follow(
    () => {
      const { regulation, vendors } = Didomi.getCurrentUserStatus();
      return (
        regulation === 'none' ||
        vendors[vendor]?.enabled ||
        // A vendor without an answer is not enabled either.
        (Didomi.shouldUserStatusBeCollected() ? undefined : false)
      );
    },
    (look) => {
      const page = globalThis as DidomiQueues;
      const listener = () => look(undefined);
      (page.didomiOnReady ??= []).push(listener);
      (page.didomiEventListeners ??= []).push({ event: 'consent.changed', listener });
    },
  );
