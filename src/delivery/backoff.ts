const BASE_BACKOFF_MS = 1_000;
/** An open page should notice within minutes that the service is back. */
const MAX_BACKOFF_MS = 300_000;
/** A server's own wait is honoured up to here; a longer one is taken for a mistake. */
export const MAX_RETRY_AFTER_MS = 3_600_000;

/**
 * Full jitter: a random point below an exponential ceiling, so that pages which failed together do not come back
 * together.
 *
 * @param failures Failed requests in a row, from 1.
 */
export function backoffMs(failures: number, random: () => number): number {
  return Math.round(random() * Math.min(MAX_BACKOFF_MS, BASE_BACKOFF_MS * 2 ** (failures - 1)));
}

/** The wait that a `Retry-After` header asks for, in seconds or as a date; `undefined` where it says nothing usable. */
export function retryAfterMs(header: string | null | undefined, nowMs: number): number | undefined {
  if (!header?.trim()) return undefined;
  const seconds = Number(header);
  const waitMs = Number.isNaN(seconds) ? Date.parse(header) - nowMs : seconds * 1_000;
  return waitMs >= 0 ? Math.min(waitMs, MAX_RETRY_AFTER_MS) : undefined;
}
