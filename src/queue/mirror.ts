import type { QueuedRecord } from '../ports.js';

/** What this page added and has not settled: the queue itself where storage is denied, and a copy of its part elsewhere. */
export interface Mirror {
  add(record: QueuedRecord): void;
  /** Every record, in the order they were added. */
  records(): QueuedRecord[];
  /** Those that are not in the database. */
  unstored(): QueuedRecord[];
  /** The ids of those that are. */
  storedIds(): string[];
  /** Notes which are in the database now, or (`isStored` false) no more. */
  mark(records: readonly QueuedRecord[], isStored: boolean): void;
  /** Returns how many of the ids were here. */
  forget(ids: readonly string[]): number;
  /** The oldest beyond `maxCount` are forgotten where they are stored; the ids of the others are returned. */
  excess(maxCount: number): string[];
  size(): number;
  /** Records that reached the database. */
  storedCount(): number;
}

/** A mirror in memory. */
export function createMirror(): Mirror {
  const entries = new Map<string, { readonly record: QueuedRecord; isStored: boolean }>();
  let storedCount = 0;
  const records = (isStored?: boolean): QueuedRecord[] =>
    [...entries.values()]
      .filter((entry) => isStored === undefined || entry.isStored === isStored)
      .map(({ record }) => record);
  return {
    add: (record) => void entries.set(record.id, { record, isStored: false }),
    records: () => records(),
    unstored: () => records(false),
    storedIds: () => records(true).map(({ id }) => id),
    mark(marked, isStored) {
      for (const { id } of marked) {
        const entry = entries.get(id);
        if (!entry || entry.isStored === isStored) continue;
        entry.isStored = isStored;
        storedCount += isStored ? 1 : -1;
      }
    },
    forget: (ids) => ids.filter((id) => entries.delete(id)).length,
    excess(maxCount) {
      const unstoredIds: string[] = [];
      let left = entries.size - maxCount;
      // It runs for every task: it must not look at what may stay.
      for (const [id, { isStored }] of entries) {
        if (left-- <= 0) break;
        if (isStored) entries.delete(id);
        else unstoredIds.push(id);
      }
      return unstoredIds;
    },
    size: () => entries.size,
    storedCount: () => storedCount,
  };
}
