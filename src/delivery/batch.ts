import { byteLength } from '../byte-length.js';
import type { QueuedRecord } from '../ports.js';

/** Records that go in one request, and its body. */
export interface Batch {
  readonly records: readonly QueuedRecord[];
  readonly body: string;
  readonly bytes: number;
}

const HEAD = 'data=[';

/** Encodes only what a form parser would take for something else: the body is hardly longer than its JSON (T-3). */
const encode = (payload: string): string => payload.replace(/[%&+]/g, encodeURIComponent);

/**
 * The first records, in order, that fit one request. Bytes are counted as they travel, in UTF-8. A record too large for
 * `maxBytes` by itself is left out where `isStrict`, and else goes alone.
 */
export function cutBatch(
  records: readonly QueuedRecord[],
  maxCount: number,
  maxBytes: number,
  isStrict = false,
): Batch {
  const parts: string[] = [];
  const taken: QueuedRecord[] = [];
  let bytes = HEAD.length + 1;
  for (const record of records) {
    if (taken.length >= maxCount) break;
    const part = encode(record.payload);
    const partBytes = byteLength(part) + (taken.length && 1);
    if (bytes + partBytes > maxBytes) {
      if (taken.length) break;
      if (isStrict) continue;
    }
    bytes += partBytes;
    parts.push(part);
    taken.push(record);
  }
  return { records: taken, body: `${HEAD}${parts.join()}]`, bytes };
}
