import type { Report } from '../errors.js';
import type { RetryTime } from './retry-time.js';
import type { SendQueue, Sender } from './sender.js';
import type { SenderLock } from './sender-lock.js';

/** After a quiet time an event waits this long for others of the same burst. */
const LEADING_EDGE_MS = 20;

/** What a flush came to; counted in records. */
export interface FlushResult {
  /** Acknowledged by the service since the call. */
  readonly delivered: number;
  /** Still queued after it, by all tabs. */
  readonly kept: number;
  /** Given up since the call, each with a reason through `onError`. */
  readonly dropped: number;
}

/** What the flusher needs from outside. */
export interface FlusherPorts {
  readonly queue: SendQueue;
  readonly sender: Sender;
  readonly lock: SenderLock;
  readonly retryTime: RetryTime;
  readonly flushIntervalMs: number;
  readonly maxBatchCount: number;
  readonly nowMs: () => number;
  /** Calls `work` after a wait; returns the undo. */
  readonly after: (delayMs: number, work: () => void) => () => void;
  readonly report: Report;
}

/** When the queue is sent. */
export interface Flusher {
  /** Something was added; `isUrgent`, for a page that is hidden may never get to it later. */
  added(isUrgent: boolean): void;
  /** Sends what is queued, whatever the backoff says; always resolves. */
  flush(): Promise<FlushResult>;
  /** Looks for work at once: at start, when the page is shown again and, `isForced`, when the network is back. */
  wake(isForced: boolean): void;
  /** Stops timers; what is queued stays. `wake` starts again. */
  stop(): void;
  /** The same, and lets go of the lock whatever is under way: the page is leaving. */
  pause(): void;
}

/** Decides when to send; one cycle at a time, each step under the lock of the tabs. */
export function createFlusher(ports: FlusherPorts): Flusher {
  const { queue, sender, lock, retryTime, nowMs, after, report } = ports;
  let tail: Promise<unknown> = Promise.resolve();
  let running = 0;
  let isPaused = false;
  let isAdoptionDue = true;
  let cancelTimer = (): void => undefined;
  let timerDueMs = Infinity;

  const unplan = (): void => {
    cancelTimer();
    timerDueMs = Infinity;
  };

  const stop = (): void => {
    isPaused = true;
    unplan();
  };

  const plan = (dueMs: number): void => {
    if (isPaused || dueMs >= timerDueMs) return;
    unplan();
    timerDueMs = dueMs;
    cancelTimer = after(Math.max(0, dueMs - nowMs()), () => {
      unplan();
      void run(false);
    });
  };

  const added = (isUrgent: boolean): void => {
    // What a cycle under way may miss, the next one finds.
    if (isUrgent && running < 2) return void run(false);
    // A cycle that is running plans the next one itself.
    if (running) return;
    const now = nowMs();
    const isFull = queue.counts().pending >= ports.maxBatchCount;
    // A clock that was set back must not put the next request off until it has caught up.
    const lastMs = Math.min(now, sender.lastRequestMs());
    const quietMs = Math.max(now + LEADING_EDGE_MS, lastMs + ports.flushIntervalMs);
    plan(Math.max(isFull ? now : quietMs, retryTime.dueMs()));
  };

  /** What a cycle has left is not asked for again at once: it may be under way, or out of reach. */
  const planNext = (): void => {
    if (!running)
      plan(Math.max(nowMs() + Math.max(LEADING_EDGE_MS, ports.flushIntervalMs), retryTime.dueMs()));
  };

  const adopt = async (): Promise<void> => {
    isAdoptionDue = false;
    const waitMs = await queue.adopt();
    if (!waitMs) return;
    isAdoptionDue = true;
    plan(nowMs() + waitMs);
  };

  /** Each step is a request of its own, so that other tabs get their turn between. */
  const sendAll = async (): Promise<void> => {
    const isMore = !isPaused && (await lock.run(sender.sendOne));
    if (isMore) await sendAll();
  };

  const cycle = async (isForced: boolean): Promise<void> => {
    if (isPaused) return;
    if (isAdoptionDue) await lock.run(adopt);
    if (!isForced && retryTime.dueMs() > nowMs()) return;
    sender.begin();
    await sendAll();
  };

  const run = async (isForced: boolean): Promise<FlushResult> => {
    const before = sender.totals();
    running++;
    tail = tail.then(() => cycle(isForced)).catch((error: unknown) => report('internal', error));
    await tail;
    running--;
    const kept = await queue.count();
    if (kept) planNext();
    const { delivered, dropped } = sender.totals();
    return { delivered: delivered - before.delivered, kept, dropped: dropped - before.dropped };
  };

  return {
    added,
    flush: () => run(true),
    wake(isForced) {
      isPaused = false;
      isAdoptionDue = true;
      void run(isForced);
    },
    stop,
    pause() {
      stop();
      lock.release();
    },
  };
}
