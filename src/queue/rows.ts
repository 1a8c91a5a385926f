import type { QueuedRecord } from '../ports.js';
import { MAX_EVENT_AGE_MS, TRACK_PATH, WIRE_PATHS } from '../wire.js';

/** A key of the database and what is stored under it. */
export type Row = readonly [key: string, value: unknown];

const PATHS: readonly unknown[] = WIRE_PATHS;

/** The ids of records, in their order. */
export const idsOf = (records: readonly QueuedRecord[]): string[] => records.map(({ id }) => id);

/** The keys of rows, in their order. */
export const keysOf = (rows: readonly Row[]): string[] => rows.map(([key]) => key);

/** By id, which is by time; the list given is put in order. */
export const inOrder = (records: QueuedRecord[]): QueuedRecord[] =>
  records.sort((a, b) => (a.id < b.id ? -1 : 1));

/** When a UUID v7 was made, in milliseconds. */
export const madeMs = (id: string): number => parseInt(id.slice(0, 8) + id.slice(9, 13), 16);

/** Whether a stored value is a record that belongs under that key. */
export function isRecordOf(key: unknown, row: unknown): row is QueuedRecord {
  const { id, path, payload } = (row ?? {}) as Partial<QueuedRecord>;
  return (
    typeof id === 'string' && id === key && PATHS.includes(path) && typeof payload === 'string'
  );
}

/** Whether an event is so old that the service would discard it in silence (T-14). */
export const isTooOld = ({ id, path }: QueuedRecord, nowMs: number): boolean =>
  path === TRACK_PATH && nowMs - madeMs(id) > MAX_EVENT_AGE_MS;
