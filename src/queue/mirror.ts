import type { QueuedRecord } from '../ports.js';

/** What this page added and has not settled: the queue itself where storage is denied, and a copy of its part elsewhere. */
export interface Mirror {
  add(record: QueuedRecord): void;
  has(id: string): boolean;
  /** Every record, in the order they were added. */
  records(): QueuedRecord[];
  /** Those that are not in the database. */
  unstored(): QueuedRecord[];
  /** The ids of those that are. */
  storedIds(): string[];
  isStored(id: string): boolean;
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
  const records = new Map<string, QueuedRecord>();
  const storedIds = new Set<string>();
  let storedCount = 0;

  const all = () => [...records.values()];

  const forget = (ids: readonly string[]): number =>
    ids.filter((id) => (storedIds.delete(id), records.delete(id))).length;

  return {
    add: (record) => void records.set(record.id, record),
    has: (id) => records.has(id),
    records: all,
    unstored: () => all().filter(({ id }) => !storedIds.has(id)),
    storedIds: () => [...storedIds],
    isStored: (id) => storedIds.has(id),
    mark(marked, isStored) {
      for (const { id } of marked) {
        if (storedIds.delete(id)) storedCount--;
        if (!isStored || !records.has(id)) continue;
        storedIds.add(id);
        storedCount++;
      }
    },
    forget,
    excess(maxCount) {
      const unstoredIds: string[] = [];
      let left = records.size - maxCount;
      // It runs for every task: it must not look at what may stay.
      for (const id of records.keys()) {
        if (left-- <= 0) break;
        if (storedIds.has(id)) forget([id]);
        else unstoredIds.push(id);
      }
      return unstoredIds;
    },
    size: () => records.size,
    storedCount: () => storedCount,
  };
}
