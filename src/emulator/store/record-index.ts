import type { EventRow } from './event-row.js';

/** Rows in order of arrival, found by the distinct id they came in under. */
export interface RecordIndex<Row extends EventRow> {
  append(row: Row): void;
  all(): readonly Row[];
  /** Rows that came in under one of these ids, in order of arrival. */
  under(ids: readonly string[]): readonly Row[];
  bySeq(seq: number): Row | undefined;
}

/** An empty index. */
export function createRecordIndex<Row extends EventRow>(): RecordIndex<Row> {
  const rows: Row[] = [];
  const byId = new Map<string, Row[]>();
  return {
    append(row) {
      rows.push(row);
      const same = byId.get(row.ingestDistinctId);
      if (same) {
        same.push(row);
      } else {
        byId.set(row.ingestDistinctId, [row]);
      }
    },
    all: () => rows,
    under: (ids) => {
      const lists = ids.flatMap((id) => byId.get(id) ?? []);
      return ids.length > 1 ? lists.sort((a, b) => a.seq - b.seq) : lists;
    },
    bySeq(seq) {
      const index = firstAfter(rows, seq - 1);
      return rows[index]?.seq === seq ? rows[index] : undefined;
    },
  };
}

/** Position of the first row with a `seq` above this one. */
export function firstAfter(rows: readonly EventRow[], seq: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle]?.seq ?? Infinity) > seq) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}
