import type { DropReason, Report } from '../errors.js';
import type { QueuedRecord } from '../ports.js';
import type { IdbStore } from './idb-store.js';
import { createMirror } from './mirror.js';
import type { Queue } from './queue-api.js';
import { readAround } from './read-around.js';
import { type Row, idsOf, inOrder, isRecordOf, isTooOld, keysOf } from './rows.js';
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

/** A full queue is let grow by this part of its bound before the database is trimmed: counting it takes time. */
const TRIM_SLACK = 0.02;

/** The queue of one token. */
export function createQueue(ports: QueuePorts): Queue {
  const { openStore, staging, maxQueueCount, nowMs, afterTask, onAdded, report } = ports;
  const mirror = createMirror();
  let added: QueuedRecord[] = [];
  let isLeaving = false;
  let isDegraded = false;
  let tracked = 0;
  let delivered = 0;
  let addedSinceTrim = 0;
  /** What ended here, until the database has forgotten it. */
  const ended = new Set<string>();
  /** What counts each time and ended here: a write that hung may bring it back even later. */
  const settledOnce = new Set<string>();

  const forget = (ids: readonly string[]): number => {
    staging.remove(ids);
    return mirror.forget(ids);
  };

  const stage = (records: readonly QueuedRecord[]): void => staging.put(records, nowMs());

  /** Forgets what another page took over while this one could not store it; it is the other's to send. */
  const yieldLost = (isBack: boolean): void => {
    delivered += forget(staging.lost(isBack));
  };

  /** Where it fails, or has to wait because the page is leaving, they are passed over until the next call. */
  const remove = async (ids: readonly string[]): Promise<void> => {
    if (!store) return;
    ids.forEach((id) => ended.add(id));
    const due = [...ended];
    if (isLeaving || !due.length) return;
    await store.remove(due).then(
      () => due.forEach((id) => ended.delete(id)),
      () => undefined,
    );
  };

  const drop = (reason: DropReason, ids: readonly string[]): Promise<void> => {
    forget(ids);
    if (ids.length) report(reason, ids.length, ids.length);
    return remove(ids);
  };

  /** The keys of all tabs' rows, but for those that ended here. */
  const liveKeys = async (database: IdbStore): Promise<string[]> =>
    (await database.keys()).filter((key) => !ended.has(key));

  const countRows = async (database: IdbStore): Promise<number> =>
    ended.size ? (await liveKeys(database)).length : database.count();

  const trim = async (): Promise<void> => {
    addedSinceTrim = 0;
    if (!store || (await store.count()) <= maxQueueCount) return;
    // How many and which in one look, or two trims at once would take out twice as many.
    const ids = await liveKeys(store);
    await drop('queue-full', ids.slice(0, -maxQueueCount));
  };

  const persist = async (records: readonly QueuedRecord[], isStaged: boolean): Promise<void> => {
    // What was delivered, or taken over by another page, while the write waited must not come back.
    const due = () => records.filter(({ id }) => mirror.has(id));
    if (store && records.length) {
      try {
        await store.append(due);
        isDegraded = false;
        mirror.mark(records, true);
        staging.remove(idsOf(records));
        addedSinceTrim += records.length;
        const isFull = mirror.size() >= maxQueueCount;
        if (isFull && addedSinceTrim > maxQueueCount * TRIM_SLACK) await trim();
      } catch (error) {
        if (!isStaged) stage(due());
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
    if (isStaged) stage(records);
    if (!isLeaving) void persist(records, isStaged);
    onAdded();
  };

  const onWiped = (isDeleted: boolean): void => {
    yieldLost(false);
    // Whether a cut connection cost the rows is not known; what may not be sent twice is not stored twice.
    mirror.mark(
      mirror.records().filter(({ once }) => isDeleted || !once),
      false,
    );
    void persist(mirror.unstored(), false);
  };

  const store = openStore?.(onWiped);

  /** The usable rows of the database; the others end here. */
  const read = async (database: IdbStore, limit: number): Promise<QueuedRecord[]> => {
    const before = mirror.storedIds();
    await trim();
    const found = await database.read(limit);
    const isGone = ([key]: Row) => ended.has(key) || settledOnce.has(key);
    const rows = found.filter((row) => !isGone(row));
    await remove(keysOf(found.filter(isGone)));
    const keys = new Set(keysOf(rows));
    const lastKey = found.length < limit ? '~' : (found.at(-1)?.[0] ?? '');
    // What was stored and is there no more, another tab has delivered.
    const isTaken = (id: string) => mirror.isStored(id) && !keys.has(id) && id <= lastKey;
    delivered += forget(before.filter(isTaken));
    await drop('corrupt-record', keysOf(rows.filter((row) => !isRecordOf(...row))));
    return rows.filter((row) => isRecordOf(...row)).map(([, record]) => record as QueuedRecord);
  };

  const readStored = (database: IdbStore, maxCount: number): Promise<QueuedRecord[]> =>
    readAround(
      (limit) => read(database, limit),
      maxCount + ended.size,
      async () => drop('corrupt-record', (await database.keys()).slice(0, 1)),
    );

  return {
    add(record) {
      if (!record) return false;
      tracked++;
      mirror.add(record);
      if (added.push(record) === 1) afterTask(commit);
      return true;
    },

    pendingHere: () => inOrder(mirror.records()),

    async peek(maxCount) {
      yieldLost(false);
      // Where the database is out of reach, what this page holds in memory can still be sent; but not what counts each
      // time, for another tab may be sending it.
      const stored =
        (store && (await readStored(store, maxCount).catch(() => undefined))) ??
        mirror.records().filter(({ once }) => !once);
      const records = [...stored, ...mirror.unstored()];
      // A write that was given up as hanging may have succeeded all the same: one record must not go twice.
      const unique = [...new Map(records.map((record) => [record.id, record])).values()];
      const now = nowMs();
      await drop('too-old', idsOf(unique.filter((record) => isTooOld(record, now))));
      return inOrder(unique.filter((record) => !isTooOld(record, now))).slice(0, maxCount);
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
      tracked += records.filter(({ id }) => !mirror.has(id)).length;
      for (const record of records) mirror.add({ ...record, adopted: true });
      await persist(records, true);
      return waitMs;
    },

    setLeaving(value, isBack) {
      if (isLeaving === value) return;
      isLeaving = value;
      if (value) {
        // WebKit forgets a write that still waits its turn.
        if (store) stage(mirror.unstored());
        return;
      }
      yieldLost(isBack);
      void remove([]);
      void persist(mirror.unstored(), false);
    },

    // As in peek().
    count: async () =>
      (store ? await countRows(store).catch(() => mirror.storedIds().length) : 0) +
      mirror.unstored().length,

    counts: () => ({ tracked, stored: mirror.storedCount(), delivered, pending: mirror.size() }),
  };
}
