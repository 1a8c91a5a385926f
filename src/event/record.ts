import { byteLength } from '../byte-length.js';
import type { Report } from '../errors.js';
import type { QueuedRecord } from '../ports.js';
import { MAX_EVENT_BYTES, type WirePath } from '../wire.js';

/** The queue record of an event or update; `undefined`, and reported, where it is larger than the service takes (T-10). */
export function makeRecord(
  report: Report,
  path: WirePath,
  name: string,
  id: string,
  content: object,
  isOnce?: boolean,
): QueuedRecord | undefined {
  const payload = JSON.stringify(content);
  // A character is at most three bytes, so most payloads need not be measured.
  if (payload.length * 3 < MAX_EVENT_BYTES || byteLength(payload) < MAX_EVENT_BYTES)
    return { id, path, payload, ...(isOnce && { once: true }) };
  report('event-too-large', name, 1);
  return undefined;
}
