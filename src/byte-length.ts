import { attempt } from './attempt.js';

/** Measures by an encoder, or more slowly by a `Blob` where there is none. */
export const byteLengthBy =
  (encoder: TextEncoder | undefined) =>
  (text: string): number =>
    encoder ? encoder.encode(text).length : new Blob([text]).size;

/** The bytes of a text as it travels, in UTF-8. jsdom has no `TextEncoder`, and importing the package must not fail there. */
export const byteLength = byteLengthBy(attempt(() => new TextEncoder()));
