import type { DropReason, Report } from '../errors.js';
import type { QueuedRecord } from '../ports.js';
import type { IdbStore } from './idb-store.js';
import { createMirror } from './mirror.js';
import { type Row, faultOf, idsOf } from './rows.js';
import type { Staging } from './staging.js';

/** What the queue needs from outside. */
export interface QueuePorts {
  /** Makes the database; `undefined` where nothing may be stored. */
  readonly openStore: ((onWiped: (isDeleted: boolean) => void) => IdbStore) | undefined;
  readonly staging: Staging;
  readonly maxQueueCount: number;
  readonly nowMs: () => number;
  readonly afterTask: (work: () => void) => void;
  /** Called when the records of a task have been taken in. */
  readonly onAdded: () => void;
  readonly report: Report;
}

/** What this page's part of the queue has come to. */
export interface QueueCounts {
  /** Records that this page added. */
  readonly tracked: number;
  /** Records of this page that are safe in the database, delivered ones included. */
  readonly stored: number;
  /** Records of this page that the service, or another tab on our behalf, has seen to. */
  readonly delivered: number;
  /** Records of this page that are not settled. */
  readonly pending: number;
}

/** Everything tracked and not yet acknowledged: in the database for all tabs, and in memory what this page added. */
export interface Queue {
  /** Takes a record in, if there is one, and says so; it is safe when the present task has ended. */
  add(record: QueuedRecord | undefined): boolean;
  /** This page's unsettled records, at once, for a page that cannot wait. */
  pendingHere(): QueuedRecord[];
  /** The oldest records of all tabs, in order. */
  peek(maxCount: number): Promise<QueuedRecord[]>;
  /** Forgets records that were delivered, or given up. */
  settle(records: readonly QueuedRecord[], isDelivered: boolean): Promise<void>;
  /** Takes over what pages that are gone left staged; resolves to the time to wait for the rest, 0 if none. */
  adopt(): Promise<number>;
  /** While the page is leaving nothing is written to the database; what is tracked then is staged. */
  setLeaving(isLeaving: boolean): void;
  /** Records queued by all tabs. */
  count(): Promise<number>;
  counts(): QueueCounts;
}

/** A full queue is let grow by this part of its bound before the database is trimmed: counting it takes time. */
const TRIM_SLACK = 0.02;

/** The queue of one token. */
export function createQueue(ports: QueuePorts): Queue {
  const { openStore, staging, maxQueueCount, nowMs, afterTask, onAdded, report } = ports;
  const mirror = createMirror();
  let added: QueuedRecord[] = [];
  const deferred: string[] = [];
  let isLeaving = false;
  let isDegraded = false;
  let tracked = 0;
  let delivered = 0;
  let addedSinceTrim = 0;
  /** What was settled here and must not come back to life in the database. */
  const settledOnce = new Set<string>();

  const forget = (ids: readonly string[]): number => {
    staging.remove(ids);
    return mirror.forget(ids);
  };

  /** Forgets what another page took over while this one could not store it; it is the other's to send. */
  const yieldLost = (): void => {
    delivered += forget(staging.lost());
  };

  const remove = async (ids: readonly string[]): Promise<void> => {
    if (isLeaving) deferred.push(...ids);
    // Where it fails they are sent again, under the same insert ids, and the service knows them; but for those that count
    // each time, which are remembered.
    else if (ids.length) await store?.remove(ids).catch(() => undefined);
  };

  const drop = (reason: DropReason, ids: readonly string[]): Promise<void> => {
    forget(ids);
    if (ids.length) report(reason, ids.length, ids.length);
    return remove(ids);
  };

  const trim = async (): Promise<void> => {
    addedSinceTrim = 0;
    const excess = store ? (await store.count()) - maxQueueCount : 0;
    if (store && excess > 0) await drop('queue-full', await store.keys(excess));
  };

  const persist = async (records: readonly QueuedRecord[], isStaged: boolean): Promise<void> => {
    if (store && records.length) {
      try {
        await store.append(records);
        isDegraded = false;
        mirror.mark(records, true);
        staging.remove(idsOf(records));
        addedSinceTrim += records.length;
        const isFull = mirror.size() >= maxQueueCount;
        if (isFull && addedSinceTrim > maxQueueCount * TRIM_SLACK) await trim();
      } catch (error) {
        // What was delivered meanwhile must not come back.
        if (!isStaged) staging.put(records.filter(({ id }) => mirror.has(id)));
        if (!isDegraded) report('storage-unavailable', error);
        isDegraded = true;
      }
    }
    void drop('queue-full', mirror.excess(maxQueueCount));
  };

  const commit = (): void => {
    const records = added;
    if (!records.length) return;
    added = [];
    const isStaged = !!store && (isLeaving || !store.isOpen());
    if (isStaged) staging.put(records);
    if (!isLeaving) void persist(records, isStaged);
    onAdded();
  };

  const onWiped = (isDeleted: boolean): void => {
    // Whether a cut connection cost the rows is not known; what may not be sent twice is not stored twice.
    mirror.mark(
      mirror.records().filter(({ once }) => isDeleted || !once),
      false,
    );
    void persist(mirror.unstored(), false);
  };

  const store = openStore?.(onWiped);

  /** The usable rows of the database; the others end here. */
  const read = async (database: IdbStore, maxCount: number): Promise<QueuedRecord[]> => {
    const before = mirror.storedIds();
    await trim();
    const found = await database.read(maxCount);
    const risen = found.filter(([key]) => settledOnce.has(key)).map(([key]) => key);
    await remove(risen);
    const rows = found.filter(([key]) => !risen.includes(key));
    const keysOf = (some: readonly Row[]) => some.map(([key]) => key);
    const keys = new Set(keysOf(rows));
    const lastKey = found.length < maxCount ? '~' : (found.at(-1)?.[0] ?? '');
    // What was stored and is there no more, another tab has delivered.
    delivered += forget(before.filter((id) => !keys.has(id) && id <= lastKey));
    const now = nowMs();
    const withFault = (fault?: DropReason) => rows.filter((row) => faultOf(row, now) === fault);
    for (const fault of ['corrupt-record', 'too-old'] as const)
      await drop(fault, keysOf(withFault(fault)));
    return withFault().map(([, record]) => record as QueuedRecord);
  };

  return {
    add(record) {
      if (!record) return false;
      tracked++;
      mirror.add(record);
      if (added.push(record) === 1) afterTask(commit);
      return true;
    },

    pendingHere: mirror.records,

    async peek(maxCount) {
      yieldLost();
      // Where the database is out of reach, what this page holds in memory can still be sent; but not what counts each
      // time, for another tab may be sending it.
      const stored =
        (store && (await read(store, maxCount).catch(() => undefined))) ??
        mirror.records().filter(({ once }) => !once);
      const records = [...stored, ...mirror.unstored()];
      // A write that was given up as hanging may have succeeded all the same: one record must not go twice.
      return [...new Map(records.map((record) => [record.id, record])).values()]
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .slice(0, maxCount);
    },

    async settle(records, isDelivered) {
      const ids = idsOf(records);
      const onceIds = idsOf(records.filter(({ once }) => once));
      onceIds.forEach((id) => settledOnce.add(id));
      delivered += forget(ids) * Number(isDelivered);
      if (onceIds.length) staging.settle(onceIds);
      await remove(ids);
    },

    async adopt() {
      const { records, waitMs } = staging.adopt(nowMs());
      records.forEach(mirror.add);
      await persist(records, true);
      return waitMs;
    },

    setLeaving(value) {
      if (isLeaving === value) return;
      isLeaving = value;
      if (value) {
        // WebKit forgets a write that still waits its turn. A copy of what counts each time would be one too many.
        if (store) staging.put(mirror.unstored().filter(({ once }) => !once));
        return;
      }
      yieldLost();
      void remove(deferred.splice(0));
      void persist(mirror.unstored(), false);
    },

    // As in peek().
    count: async () =>
      ((await store?.count().catch(() => mirror.storedIds().length)) ?? 0) +
      mirror.unstored().length,

    counts: () => ({ tracked, stored: mirror.storedCount(), delivered, pending: mirror.size() }),
  };
}
