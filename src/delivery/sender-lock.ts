/** Sees to it that one tab sends at a time. */
export interface SenderLock {
  /**
   * Runs `work` when no other tab is sending; resolves to `undefined` where it was let go before its end, which `signal`
   * tells the work as well, or where another tab kept it for too long.
   */
  run<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T | undefined>;
  /** Lets go at once, whatever runs: a page that holds a lock is not kept in Firefox's back-forward cache. */
  release(): void;
}

/** Longer than a request can take: a tab that was suspended while it held the lock is not waited for in vain. */
const WAIT_LIMIT_MS = 40_000;

/** A Web Lock, held for one request at a time. Where there are none (insecure origins) deduplication has to carry it. */
export function createSenderLock(name: string): SenderLock {
  let waiting = new AbortController();
  return {
    release: () => waiting.abort(),
    async run(work) {
      const controller = new AbortController();
      waiting = controller;
      const { signal } = controller;
      const timer = setTimeout(() => controller.abort(), WAIT_LIMIT_MS);
      const released = new Promise<undefined>((resolve) => {
        signal.onabort = () => resolve(undefined);
      });
      const race = () => {
        clearTimeout(timer);
        return Promise.race([work(signal), released]);
      };
      if (!navigator.locks) return race();
      try {
        return await navigator.locks.request(name, { signal }, race);
      } catch (error) {
        // Denied for good with every other storage (sandboxed frames, blocked cookies): as where there are no locks.
        if ((error as Error).name === 'SecurityError') return race();
        // Not granted: the page is leaving, or someone else sends.
        return undefined;
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
