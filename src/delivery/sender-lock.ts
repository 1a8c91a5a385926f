/** Sees to it that one tab sends at a time. */
export interface SenderLock {
  /** Runs `work` when no other tab is sending; resolves to `undefined` where it was let go before its end. */
  run<T>(work: () => Promise<T>): Promise<T | undefined>;
  /** Lets go at once, whatever runs: a page that holds a lock is not kept in Firefox's back-forward cache. */
  release(): void;
}

/** A Web Lock, held for one request at a time. Where there are none (insecure origins) deduplication has to carry it. */
export function createSenderLock(name: string): SenderLock {
  let release = (): void => undefined;
  return {
    release: () => release(),
    async run(work) {
      const waiting = new AbortController();
      const released = new Promise<undefined>((resolve) => {
        release = () => {
          resolve(undefined);
          waiting.abort();
        };
      });
      const race = () => Promise.race([work(), released]);
      if (!navigator.locks) return race();
      try {
        return await navigator.locks.request(name, { signal: waiting.signal }, race);
      } catch (error) {
        // Denied for good with every other storage (sandboxed frames, blocked cookies): as where there are no locks.
        if ((error as Error).name === 'SecurityError') return race();
        // Not granted: the page is leaving, or someone else sends.
        return undefined;
      }
    },
  };
}
