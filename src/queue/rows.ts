import type { QueuedRecord } from '../ports.js';
import { ENGAGE_PATH, GROUPS_PATH, MAX_EVENT_AGE_MS, TRACK_PATH } from '../wire.js';

const PATHS: readonly unknown[] = [TRACK_PATH, ENGAGE_PATH, GROUPS_PATH];

/** When a UUID v7 was made, in milliseconds. */
export const madeMs = (id: string): number => parseInt(id.slice(0, 8) + id.slice(9, 13), 16);

/** Whether a stored value is a record that belongs under that key. */
export function isRecordOf(key: string, row: unknown): row is QueuedRecord {
  const { id, path, payload } = (row ?? {}) as Partial<QueuedRecord>;
  return id === key && PATHS.includes(path) && typeof payload === 'string';
}

/** Whether the service would discard it in silence (T-14). */
export const isTooOld = (id: string, nowMs: number): boolean =>
  nowMs - madeMs(id) > MAX_EVENT_AGE_MS;
