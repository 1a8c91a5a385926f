/** A page that was frozen while it held the lock must not stop the others for longer than this. */
const WAIT_LIMIT_MS = 35_000;

/** Sees to it that one tab sends at a time. */
export interface SenderLock {
  /** Runs `work` when no other tab is sending; resolves to `undefined` where it was not run, or let go before its end. */
  run<T>(work: () => Promise<T>): Promise<T | undefined>;
  /** Lets go at once, whatever runs: a page that holds a lock is not kept in Firefox's back-forward cache. */
  release(): void;
}

/** A Web Lock, held for one request at a time. Where there are none (insecure origins) deduplication has to carry it. */
export function createSenderLock(name: string): SenderLock {
  let letGo: (() => void) | undefined;
  return {
    release: () => letGo?.(),
    async run(work) {
      const released = new Promise<undefined>((resolve) => {
        letGo = () => resolve(undefined);
      });
      if (!navigator.locks) return Promise.race([work(), released]);
      const waiting = new AbortController();
      const isOver = { late: false };
      const timer = setTimeout(() => {
        isOver.late = true;
        waiting.abort();
      }, WAIT_LIMIT_MS);
      void released.then(() => waiting.abort());
      try {
        return await navigator.locks.request(name, { signal: waiting.signal }, () => {
          clearTimeout(timer);
          return Promise.race([work(), released]);
        });
      } catch {
        // Not granted: the page is leaving, or the holder does not answer.
        return isOver.late ? Promise.race([work(), released]) : undefined;
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
