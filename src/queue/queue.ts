import type { DropReason, Report } from '../errors.js';
import type { QueuedRecord } from '../ports.js';
import { ENGAGE_PATH, GROUPS_PATH, MAX_EVENT_AGE_MS, TRACK_PATH } from '../wire.js';
import type { IdbStore } from './idb-store.js';
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
  /** Records of this page that are safe in the database, delivered ones included. */
  readonly stored: number;
  /** Records of this page that the service, or another tab on our behalf, has seen to. */
  readonly delivered: number;
  /** Records of this page that are not settled. */
  readonly pending: number;
}

/** Everything tracked and not yet acknowledged: in the database for all tabs, and in memory what this page added. */
export interface Queue {
  /** Takes a record in; it is safe when the present task has ended. */
  add(record: QueuedRecord): void;
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

interface Entry {
  readonly record: QueuedRecord;
  isStored: boolean;
}

const PATHS: readonly unknown[] = [TRACK_PATH, ENGAGE_PATH, GROUPS_PATH];

function isRecord(row: unknown): row is QueuedRecord {
  const { path, payload } = (row ?? {}) as Partial<QueuedRecord>;
  return PATHS.includes(path) && typeof payload === 'string';
}

/** When a UUID v7 was made, in milliseconds. */
const madeMs = (id: string): number => parseInt(id.slice(0, 8) + id.slice(9, 13), 16);

/** The queue of one token. */
export function createQueue(ports: QueuePorts): Queue {
  const { openStore, staging, maxQueueCount, nowMs, afterTask, onAdded, report } = ports;
  const entries = new Map<string, Entry>();
  let added: QueuedRecord[] = [];
  let deferred: string[] = [];
  let isLeaving = false;
  let isDegraded = false;
  let stored = 0;
  let delivered = 0;
  /** Upper estimate of the records in the database, so that it need not be counted for every event. */
  let estimate = Infinity;

  const unstored = (): QueuedRecord[] =>
    [...entries.values()].filter(({ isStored }) => !isStored).map(({ record }) => record);

  const forget = (ids: readonly string[]): number => {
    staging.remove(ids);
    return ids.filter((id) => entries.delete(id)).length;
  };

  const drop = (reason: DropReason, ids: readonly string[]): void => {
    if (!ids.length) return;
    forget(ids);
    report(reason, ids.length, ids.length);
  };

  const setStored = (entry: Entry, isStored: boolean): void => {
    if (entry.isStored === isStored) return;
    entry.isStored = isStored;
    stored += isStored ? 1 : -1;
  };

  const trim = async (): Promise<void> => {
    if (!store) return;
    const { count, removed } = await store.trim(maxQueueCount);
    estimate = count;
    drop('queue-full', removed);
  };

  const persist = async (records: readonly QueuedRecord[], isStaged: boolean): Promise<void> => {
    if (!store || !records.length) return;
    try {
      await store.append(records);
      isDegraded = false;
      staging.remove(records.map(({ id }) => id));
      for (const { id } of records) {
        const entry = entries.get(id);
        if (entry) setStored(entry, true);
      }
      estimate += records.length;
      // A little over the bound is let be, so that a full queue is not counted for every event.
      if (estimate < Infinity && estimate > maxQueueCount * 1.02) await trim();
    } catch (error) {
      if (!isStaged) staging.put(records);
      if (!isDegraded) report('storage-unavailable', error);
      isDegraded = true;
    }
  };

  const remove = async (ids: readonly string[]): Promise<void> => {
    if (isLeaving) deferred.push(...ids);
    else if (store && ids.length) {
      try {
        await store.remove(ids);
        estimate -= ids.length;
      } catch {
        // They will be sent again, under the same insert ids, and the service will know them.
      }
    }
  };

  /** Memory is bounded as the database is; what is safe there need not be dropped to be forgotten here. */
  const trimMemory = (): void => {
    for (const [id, { isStored }] of entries) {
      if (entries.size <= maxQueueCount) return;
      if (isStored) entries.delete(id);
      else drop('queue-full', [id]);
    }
  };

  const commit = (): void => {
    const records = added;
    added = [];
    const isStaged = !!store && (isLeaving || !store.isOpen());
    if (isStaged) staging.put(records);
    if (!isLeaving) void persist(records, isStaged);
    trimMemory();
    onAdded();
  };

  const onWiped = (isDeleted: boolean): void => {
    for (const entry of entries.values()) {
      // Whether a cut connection cost the rows is not known; what may not be sent twice is not stored twice.
      if (isDeleted || !entry.record.once) setStored(entry, false);
    }
    void persist(unstored(), false);
  };

  const store = openStore?.(onWiped);

  /** Sorts the rows of the database into usable ones and those that end here. */
  const sift = async (rows: readonly (readonly [string, unknown])[]): Promise<QueuedRecord[]> => {
    const corrupt: string[] = [];
    const old: string[] = [];
    const usable: QueuedRecord[] = [];
    for (const [id, row] of rows) {
      if (!isRecord(row)) corrupt.push(id);
      else if (nowMs() - madeMs(id) > MAX_EVENT_AGE_MS) old.push(id);
      else usable.push(row);
    }
    drop('corrupt-record', corrupt);
    drop('too-old', old);
    await remove([...corrupt, ...old]);
    return usable;
  };

  return {
    add(record) {
      entries.set(record.id, { record, isStored: false });
      if (added.push(record) === 1) afterTask(commit);
    },

    pendingHere: () => [...entries.values()].map(({ record }) => record),

    async peek(maxCount) {
      const before = [...entries].filter(([, { isStored }]) => isStored).map(([id]) => id);
      let records: QueuedRecord[] = [];
      try {
        if (store) {
          if (estimate === Infinity) estimate = await store.count();
          if (estimate > maxQueueCount) await trim();
          const rows = await store.read(maxCount);
          const ids = new Set(rows.map(([id]) => id));
          const lastId = rows.length < maxCount ? '~' : (rows.at(-1)?.[0] ?? '');
          // What was stored and is there no more, another tab has delivered.
          delivered += forget(before.filter((id) => !ids.has(id) && id <= lastId));
          records = await sift(rows);
        }
      } catch {
        // The database is out of reach: what this page holds in memory can still be sent.
        records = [...entries.values()]
          .filter(({ isStored }) => isStored)
          .map(({ record }) => record);
      }
      return [...records, ...unstored()].sort((a, b) => (a.id < b.id ? -1 : 1)).slice(0, maxCount);
    },

    async settle(records, isDelivered) {
      const ids = records.map(({ id }) => id);
      const own = forget(ids);
      if (isDelivered) delivered += own;
      await remove(ids);
    },

    async adopt() {
      const { records, waitMs } = staging.adopt(nowMs());
      for (const record of records) entries.set(record.id, { record, isStored: false });
      await persist(records, true);
      return waitMs;
    },

    setLeaving(value) {
      if (isLeaving === value) return;
      isLeaving = value;
      if (value) return;
      void remove(deferred.splice(0));
      void persist(unstored(), false);
    },

    async count() {
      const waiting = unstored().length;
      try {
        return store ? (await store.count()) + waiting : waiting;
      } catch {
        // As in peek().
        return entries.size;
      }
    },

    counts: () => ({ stored, delivered, pending: entries.size }),
  };
}
