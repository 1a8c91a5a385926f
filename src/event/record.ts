import { byteLength } from '../byte-length.js';
import type { Report } from '../errors.js';
import type { QueuedRecord } from '../ports.js';
import { MAX_EVENT_BYTES, type WirePath } from '../wire.js';

/** Makes queue records, under a new insert id where none is given; nothing comes of a payload larger than the service takes. */
export type MakeRecord = (
  path: WirePath,
  name: string,
  payloadOf: (insertId: string) => string,
  isOnce?: boolean,
  insertId?: string,
) => QueuedRecord | undefined;

/** A maker of queue records that stamps insert ids and refuses what is too large (T-10). */
export function createRecordMaker(newInsertId: () => string, report: Report): MakeRecord {
  return (path, name, payloadOf, isOnce, id = newInsertId()) => {
    const payload = payloadOf(id);
    // A character is at most three bytes, so most payloads need not be measured.
    if (payload.length * 3 < MAX_EVENT_BYTES || byteLength(payload) < MAX_EVENT_BYTES)
      return { id, path, payload, ...(isOnce && { once: true }) };
    report('event-too-large', name, 1);
    return undefined;
  };
}
