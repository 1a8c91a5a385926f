import { attempt } from '../attempt.js';

/**
 * Hands a body to `navigator.sendBeacon`, as text, which needs no preflight (T-7). `true` says that the browser took
 * it, not that it arrived. Where it is missing, or replaced by something that throws, the records stay queued.
 */
export const sendBeacon = (url: string, body: string): boolean =>
  !!attempt(() => navigator.sendBeacon(url, body));
