import type { DropReason } from '../errors.js';
import type { QueuedRecord } from '../ports.js';
import { MAX_EVENT_AGE_MS, TRACK_PATH, WIRE_PATHS } from '../wire.js';

/** A key of the database and what is stored under it. */
export type Row = readonly [key: string, value: unknown];

const PATHS: readonly unknown[] = WIRE_PATHS;

/** The ids of records, in their order. */
export const idsOf = (records: readonly QueuedRecord[]): string[] => records.map(({ id }) => id);

/** When a UUID v7 was made, in milliseconds. */
export const madeMs = (id: string): number => parseInt(id.slice(0, 8) + id.slice(9, 13), 16);

/** Whether a stored value is a record that belongs under that key. */
export function isRecordOf(key: unknown, row: unknown): row is QueuedRecord {
  const { id, path, payload } = (row ?? {}) as Partial<QueuedRecord>;
  return (
    typeof id === 'string' && id === key && PATHS.includes(path) && typeof payload === 'string'
  );
}

/** Why a row ends here: not ours, or an event so old that the service would discard it in silence (T-14). */
export function faultOf([key, value]: Row, nowMs: number): DropReason | undefined {
  if (!isRecordOf(key, value)) return 'corrupt-record';
  const isOld = value.path === TRACK_PATH && nowMs - madeMs(key) > MAX_EVENT_AGE_MS;
  return isOld ? 'too-old' : undefined;
}
