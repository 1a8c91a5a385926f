import type { Resolution } from '../identity/identity-system.js';
import type { DroppedRecord, StoredEvent } from '../emulator-state.js';
import type { DroppedRow, EventRow } from './event-row.js';

/** A row as an export would show it at the moment of its resolution (T-19, ID-7, ID-62). */
export function showEvent(
  row: EventRow,
  resolution: Resolution | undefined,
  duplicateOf: number | undefined,
): StoredEvent {
  const { distinctId = row.ingestDistinctId, added } = resolution ?? {};
  // The address is used to look up a place and never kept (G-1).
  const { ip: _, ...sent } = row.sent;
  return {
    seq: row.seq,
    endpoint: row.endpoint,
    event: row.event,
    properties: {
      ...sent,
      distinct_id: distinctId,
      ...row.added,
      ...added,
      mp_processing_time_ms: row.receivedMs,
      $mp_api_endpoint: 'emulator',
      $mp_api_timestamp_ms: row.receivedMs,
      $mp_event_size: Buffer.byteLength(JSON.stringify(row.sent)),
      ...(row.endpoint === '/import' && { $import: true }),
    },
    ingestDistinctId: row.ingestDistinctId,
    distinctId,
    // oxlint-disable-next-line unicorn/no-null -- JSON
    duplicateOf: duplicateOf ?? null,
  };
}

/** A dropped row: what was sent, with nothing added. */
export function showDropped(row: DroppedRow): DroppedRecord {
  return {
    seq: row.seq,
    endpoint: row.endpoint,
    event: row.event,
    properties: row.sent,
    ingestDistinctId: row.ingestDistinctId,
    distinctId: row.ingestDistinctId,
    // oxlint-disable-next-line unicorn/no-null -- JSON
    duplicateOf: null,
    reason: row.reason,
  };
}
