import type { EventRow } from './event-row.js';

/** What one arrival means for earlier ones. */
export interface DuplicateVerdict {
  /** The earlier event that the arrival replaces. */
  readonly replaced: EventRow | undefined;
  /** Earlier event with the same `$insert_id` that it does not replace, because another part of the key differs. */
  readonly nearMiss: EventRow | undefined;
}

/**
 * Finds events with the same event name, time, distinct id and `$insert_id` (I-40). The distinct id is the one the event
 * came in under (I-43), the time the stored one.
 */
export interface Deduplicator {
  /** Takes in an event that was sent with an `$insert_id`. */
  admit(row: EventRow, insertId: string): DuplicateVerdict;
}

/** Events that share an `$insert_id` and nothing else of the key. */
interface Namesakes {
  last: EventRow;
  /** The one that counts now, by the rest of the key. */
  readonly byKey: Map<string, EventRow>;
}

/** A deduplicator that has seen nothing. Only the survivor of a key is remembered, and replaced by the next. */
export function createDeduplicator(): Deduplicator {
  // Nearly every insert id is seen once, so that a key and a map for each would double what it costs.
  const seen = new Map<string, EventRow | Namesakes>();
  return {
    admit(row, insertId) {
      const earlier = seen.get(insertId);
      if (earlier === undefined || ('seq' in earlier && isSame(earlier, row))) {
        seen.set(insertId, row);
        return { replaced: earlier, nearMiss: undefined };
      }
      const namesakes = 'seq' in earlier ? startNamesakes(earlier) : earlier;
      seen.set(insertId, namesakes);
      const key = keyOf(row);
      const replaced = namesakes.byKey.get(key);
      const nearMiss = replaced === undefined ? namesakes.last : undefined;
      namesakes.byKey.set(key, row);
      namesakes.last = row;
      return { replaced, nearMiss };
    },
  };
}

function startNamesakes(row: EventRow): Namesakes {
  return { last: row, byKey: new Map([[keyOf(row), row]]) };
}

function keyOf({ event, timeMs, ingestDistinctId }: EventRow): string {
  return JSON.stringify([event, timeMs, ingestDistinctId]);
}

function isSame(a: EventRow, b: EventRow): boolean {
  return a.event === b.event && a.timeMs === b.timeMs && a.ingestDistinctId === b.ingestDistinctId;
}
