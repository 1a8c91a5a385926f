import type { Report } from '../errors.js';
import type { QueuedRecord } from '../ports.js';
import { TRACK_PATH, WIRE_PATHS, type WirePath } from '../wire.js';
import { backoffMs, retryAfterMs } from './backoff.js';
import { type Batch, cutBatch } from './batch.js';
import type { FetchTransport } from './fetch-transport.js';
import { MAX_KEEPALIVE_BYTES } from './keepalive-budget.js';
import { type Answer, interpret } from './outcome.js';
import type { RetryTime } from './retry-time.js';

/** Largest body of a request. */
const MAX_BODY_BYTES = 1_048_576;
/** Where a beacon smaller than this is refused, none will be taken. */
const MIN_BEACON_BYTES = 1_024;

/** The part of the queue that delivery works on. */
export interface SendQueue {
  peek(maxCount: number): Promise<QueuedRecord[]>;
  settle(records: readonly QueuedRecord[], isDelivered: boolean): Promise<void>;
  pendingHere(): QueuedRecord[];
  counts(): { readonly pending: number };
  adopt(): Promise<number>;
  count(): Promise<number>;
}

/** While nothing gets through, attempts are no larger than this: they cost the page the same however much is queued. */
const PROBE_COUNT = 50;

/** What the sender needs from outside. */
export interface SenderPorts {
  readonly queue: SendQueue;
  readonly send: FetchTransport;
  readonly sendBeacon: (url: string, body: string) => boolean;
  readonly retryTime: RetryTime;
  readonly urlOf: (path: WirePath) => string;
  readonly maxBatchCount: number;
  /** Whether the page may end at any moment: its requests are then small enough to outlive it. */
  readonly isHidden: () => boolean;
  readonly nowMs: () => number;
  readonly random: () => number;
  readonly report: Report;
}

/** Records so far, by how they ended. */
export interface SendTotals {
  readonly delivered: number;
  readonly dropped: number;
}

/** How the queue is sent. */
export interface Sender {
  /** Begins a cycle: paths that failed in the last one are tried again. */
  begin(): void;
  /** Sends the oldest batch, unless the lock was let go meanwhile; whether to go on. */
  sendOne(signal: AbortSignal): Promise<boolean>;
  /**
   * The page ends: sends what is in no request yet by beacon, without waiting for anything. A beacon is no
   * acknowledgement: its records stay queued.
   */
  leave(): void;
  /** The page is here again: what only went by beacon may be sent once more. */
  back(): void;
  /** When the last request began. */
  lastRequestMs(): number;
  totals(): SendTotals;
}

/** Without the first link that has another event before it, and the events after it: these wait (see `QueuedRecord.link`). */
function beforeLink(records: readonly QueuedRecord[]): readonly QueuedRecord[] {
  const events = records.filter(({ path }) => path === TRACK_PATH);
  const link = events.find((event, index) => index && event.link);
  return link ? records.filter(({ id, path }) => path !== TRACK_PATH || id < link.id) : records;
}

/** Sends batches and acts on the answers. */
export function createSender(ports: SenderPorts): Sender {
  const { queue, send, sendBeacon, retryTime, urlOf, isHidden, nowMs, random, report } = ports;
  const inFlight = new Set<string>();
  const beaconed = new Set<string>();
  const failedPaths = new Set<WirePath>();
  let maxCount = ports.maxBatchCount;
  let lastRequestMs = -Infinity;
  let delivered = 0;
  let dropped = 0;
  let isStrangerReported = false;
  let isHostSilent = false;
  let refusedInARow = 0;

  const fail = (path: WirePath, answer: Answer | undefined): void => {
    const failures = retryTime.failures() + 1;
    const waitMs = retryAfterMs(answer?.retryAfter, nowMs()) ?? backoffMs(failures, random);
    retryTime.set(nowMs() + waitMs, failures, path);
    failedPaths.add(path);
    isHostSilent = !answer;
    maxCount = Math.min(maxCount, PROBE_COUNT);
  };

  const conclude = async (
    path: WirePath,
    { records }: Batch,
    answer: Answer | undefined,
  ): Promise<void> => {
    const { kind, reason } = interpret(answer);
    const isStranger = kind === 'unexpected';
    if (isStranger && !isStrangerReported) report('unexpected-answer', reason);
    isStrangerReported = isStranger;
    if (isStranger || kind === 'later') return fail(path, answer);
    // Another path may have been told to wait.
    if (!failedPaths.size) retryTime.clear();
    const isAccepted = kind === 'accepted';
    if (isAccepted) {
      maxCount = Math.min(ports.maxBatchCount, maxCount * 2);
      delivered += records.length;
      refusedInARow = 0;
    } else {
      // A batch that was not taken is halved until the bad record stands alone; the rest is not its hostage.
      maxCount = records.length >> 1;
      if (maxCount) return;
      maxCount = 1;
      refusedInARow++;
      dropped++;
      report(kind, reason, 1);
    }
    await queue.settle(records, isAccepted);
  };

  const post = async (path: WirePath, batch: Batch, wantsKeepalive: boolean): Promise<void> => {
    for (const { id } of batch.records) inFlight.add(id);
    lastRequestMs = nowMs();
    try {
      await conclude(path, batch, await send(urlOf(path), batch, wantsKeepalive));
    } catch (error) {
      fail(path, undefined);
      report('internal', error);
    }
    for (const { id } of batch.records) inFlight.delete(id);
  };

  const isFree = ({ id }: QueuedRecord): boolean => !inFlight.has(id) && !beaconed.has(id);

  const beacon = (path: WirePath, records: readonly QueuedRecord[]): void => {
    let maxBytes = MAX_KEEPALIVE_BYTES;
    while (maxBytes >= MIN_BEACON_BYTES) {
      const batch = cutBatch(records.filter(isFree), ports.maxBatchCount, maxBytes, true);
      if (!batch.records.length) return;
      if (!sendBeacon(urlOf(path), batch.body)) maxBytes >>= 1;
      else for (const { id } of batch.records) beaconed.add(id);
    }
  };

  return {
    begin() {
      failedPaths.clear();
      isHostSilent = false;
    },
    lastRequestMs: () => lastRequestMs,
    totals: () => ({ delivered, dropped }),
    back: () => beaconed.clear(),

    async sendOne(signal) {
      // What is still under way from before the page was away goes first: order is kept.
      if (inFlight.size) return false;
      // A path that fails must not hide the records of another behind its own.
      const peekCount = failedPaths.size ? ports.maxBatchCount : Math.max(maxCount, PROBE_COUNT);
      const peeked = await queue.peek(peekCount);
      const records = beforeLink(peeked).filter(
        (record) => isFree(record) && !failedPaths.has(record.path),
      );
      // Where something blocks one path, it must not stand before the others.
      const failedPath = retryTime.failedPath();
      const path = (records.find((record) => record.path !== failedPath) ?? records[0])?.path;
      if (!path || isHostSilent || signal.aborted) return false;
      const batch = cutBatch(
        records.filter((record) => record.path === path),
        maxCount,
        isHidden() ? MAX_KEEPALIVE_BYTES : MAX_BODY_BYTES,
      );
      // Where keepalive does not get through, a plain request may: other scripts share the budget.
      const wantsKeepalive = !retryTime.failures() && !batch.records.some(({ once }) => once);
      const before = delivered;
      await post(path, batch, wantsKeepalive);
      // Where one after the other is refused, something else is wrong: the rest of the queue is given time.
      if (refusedInARow > 1) return false;
      return delivered - before < peeked.length || peeked.length === peekCount;
    },

    leave() {
      const waiting = beforeLink(queue.pendingHere()).filter(
        ({ once, adopted }) => !once && !adopted,
      );
      for (const path of WIRE_PATHS)
        beacon(
          path,
          waiting.filter((record) => record.path === path),
        );
    },
  };
}
