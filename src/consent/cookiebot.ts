import { atWindowEvents, follow } from './follow.js';
import type { ConsentSource } from './source.js';

declare const Cookiebot: {
  readonly hasResponse: boolean;
  readonly consent: Readonly<Record<string, unknown>>;
};

/**
 * Cookiebot. While its dialog asks again, the choice is open.
 *
 * @param category `'preferences'`, `'statistics'` or `'marketing'`.
 * @default 'statistics'
 */
export const cookiebot = (category = 'statistics'): ConsentSource =>
  follow(
    () => (Cookiebot.hasResponse ? Cookiebot.consent[category] : undefined),
    atWindowEvents(
      'CookiebotOnConsentReady',
      'CookiebotOnAccept',
      'CookiebotOnDecline',
      'CookiebotOnDialogDisplay',
    ),
  );
