import { atWindowEvents, follow } from './follow.js';
import type { ConsentSource } from './source.js';

/** What is asked of vanilla-cookieconsent: its module, or the global of its script. */
export interface CookieConsentManager {
  validConsent(): boolean;
  acceptedCategory(category: string): boolean;
}

declare const CookieConsent: CookieConsentManager;

type ConsentEvent = Event & {
  readonly detail?: { readonly cookie: { readonly categories: readonly string[] } };
};

/**
 * vanilla-cookieconsent 3. Its events reach the page however it is loaded.
 *
 * @param category The category that the visitor accepts, as in the configuration's `categories`.
 * @default 'analytics'
 * @param manager The imported module, where it may have run before the tracker. Its script has a global.
 */
export const cookieConsent = (
  category = 'analytics',
  manager?: CookieConsentManager,
): ConsentSource =>
  follow<ConsentEvent>(
    (event) => {
      if (event) return event.detail?.cookie.categories.includes(category);
      const asked = manager ?? CookieConsent;
      return asked.validConsent() ? asked.acceptedCategory(category) : undefined;
    },
    atWindowEvents('cc:onConsent', 'cc:onChange'),
  );
