/** Sees to it that one tab sends at a time. */
export interface SenderLock {
  /** Runs `work` when no other tab is sending; resolves to `undefined` where it was let go before its end. */
  run<T>(work: () => Promise<T>): Promise<T | undefined>;
  /** Lets go at once, whatever runs: a page that holds a lock is not kept in Firefox's back-forward cache. */
  release(): void;
}

/** A Web Lock, held for one request at a time. Where there are none (insecure origins) deduplication has to carry it. */
export function createSenderLock(name: string): SenderLock {
  let waiting = new AbortController();
  return {
    release: () => waiting.abort(),
    async run(work) {
      waiting = new AbortController();
      const { signal } = waiting;
      const released = new Promise<undefined>((resolve) => {
        signal.onabort = () => resolve(undefined);
      });
      const race = () => Promise.race([work(), released]);
      if (!navigator.locks) return race();
      try {
        return await navigator.locks.request(name, { signal }, race);
      } catch (error) {
        // Denied for good with every other storage (sandboxed frames, blocked cookies): as where there are no locks.
        if ((error as Error).name === 'SecurityError') return race();
        // Not granted: the page is leaving, or someone else sends.
        return undefined;
      }
    },
  };
}
