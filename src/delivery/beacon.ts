/**
 * Hands a body to `navigator.sendBeacon`, as text, which needs no preflight (T-7). `true` says that the browser took
 * it, not that it arrived.
 */
export function sendBeacon(url: string, body: string): boolean {
  try {
    return navigator.sendBeacon(url, body);
  } catch {
    // Missing, or replaced by something that throws: the records stay queued.
    return false;
  }
}
