import type { Batch } from './batch.js';
import { keepaliveBytesLeft, takeKeepaliveBytes } from './keepalive-budget.js';
import type { Answer } from './outcome.js';

/** Longer than this no answer is waited for. */
const REQUEST_LIMIT_MS = 30_000;

/** Sends a batch and resolves to the answer, or to `undefined` where none came; never rejects. */
export type FetchTransport = (
  url: string,
  batch: Batch,
  wantsKeepalive: boolean,
) => Promise<Answer | undefined>;

/**
 * Delivery by `fetch`, as a CORS-simple request (T-40). With `wantsKeepalive` the request outlives the page where the
 * page's budget allows. The function is looked up once, so that a page script which replaces it later is not asked.
 */
export function createFetchTransport(): FetchTransport {
  const request = globalThis.fetch;
  return async (url, { body, bytes }, wantsKeepalive) => {
    const keepalive = wantsKeepalive && bytes <= keepaliveBytesLeft();
    const release = takeKeepaliveBytes(keepalive ? bytes : 0);
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), REQUEST_LIMIT_MS);
    // A `fetch` of the page's own making may not know the signal.
    const aborted = new Promise<never>((_, reject) => {
      abort.signal.onabort = reject;
    });
    const ask = async (): Promise<Answer> => {
      const response = await request(url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body,
        keepalive,
        credentials: 'omit',
        redirect: 'manual',
        signal: abort.signal,
      });
      // Read to its end even where nobody wants it: an unread body holds the keepalive budget.
      const text = await response.text();
      return {
        status: response.status,
        body: text,
        retryAfter: response.headers.get('Retry-After'),
      };
    };
    try {
      return await Promise.race([ask(), aborted]);
    } catch {
      // Offline, refused, cut, blocked, too late: there is no telling them apart, and no need.
      return undefined;
    } finally {
      clearTimeout(timer);
      release();
    }
  };
}
