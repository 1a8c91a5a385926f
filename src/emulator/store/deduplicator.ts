import type { EventRow } from './event-row.js';

/** What one arrival means for earlier ones. */
export interface DuplicateVerdict {
  /** Earlier events that the arrival replaces. */
  readonly replaced: readonly EventRow[];
  /** Earlier event with the same `$insert_id` that it does not replace, because another part of the key differs. */
  readonly nearMiss: EventRow | null;
}

const NOTHING: DuplicateVerdict = { replaced: [], nearMiss: null };

/**
 * Finds events with the same event name, time, distinct id and `$insert_id` (I-40). The distinct id is the one the event
 * came in under (I-43), the time the stored one.
 */
export interface Deduplicator {
  /** Takes in an event that was sent with an `$insert_id`. */
  admit(row: EventRow, insertId: string): DuplicateVerdict;
}

/** A deduplicator that has seen nothing. */
export function createDeduplicator(): Deduplicator {
  // Nearly every insert id is seen once, so that a list for each would double what it costs.
  const seen = new Map<string, EventRow | EventRow[]>();
  return {
    admit(row, insertId) {
      const earlier = seen.get(insertId);
      if (earlier === undefined) {
        seen.set(insertId, row);
        return NOTHING;
      }
      const rows = Array.isArray(earlier) ? earlier : [earlier];
      seen.set(insertId, [...rows, row]);
      const replaced = rows.filter((other) => isSame(other, row));
      const nearMiss = replaced.length === 0 ? (rows.at(-1) ?? null) : null;
      return { replaced, nearMiss };
    },
  };
}

function isSame(a: EventRow, b: EventRow): boolean {
  return a.event === b.event && a.timeMs === b.timeMs && a.ingestDistinctId === b.ingestDistinctId;
}
