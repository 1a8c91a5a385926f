import { atWindowEvents, follow } from './follow.js';
import type { ConsentSource } from './source.js';

/** What is accepted, by cookie. */
type Choices = Readonly<Record<string, true>>;

declare const __md_get: (key: string) => Choices | null;

/**
 * Material for MkDocs 8.4 and later. It reloads the page when the visitor changes his choice; the choice of another tab
 * holds at once.
 *
 * @param cookie The key below `extra.consent.cookies`.
 * @default 'analytics'
 */
export const mkdocsMaterial = (cookie = 'analytics'): ConsentSource =>
  follow(
    () => {
      const choices = __md_get('__consent');
      return choices instanceof Object ? (choices[cookie] ?? false) : undefined;
    },
    // A page is also shown when it comes back from the back-forward cache, after another page changed the choice.
    atWindowEvents('storage', 'pageshow'),
  );
