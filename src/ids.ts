import { v4 } from 'uuid';

/** A new device id: a UUID v4, which carries no time. */
export const newDeviceId = (): string => v4();

/** The ids of one millisecond that twelve bits can number. */
const MAX_COUNT_PER_MS = 0x1000;

/**
 * Makes insert ids: UUIDs v7, so that the order of ids is the order of calls. The twelve bits after the time number the
 * ids of one millisecond (RFC 9562, 6.2, method 1); when they run out, or the clock is set back, the time runs ahead of
 * it. The rest is random, and taken from a UUID v4: a second generator would cost every page 250 bytes.
 */
export function createInsertIds(nowMs: () => number): () => string {
  let lastMs = 0;
  let count = 0;
  return () => {
    const now = nowMs();
    if (now > lastMs || ++count >= MAX_COUNT_PER_MS) {
      lastMs = Math.max(now, lastMs + 1);
      count = 0;
    }
    const time = lastMs.toString(16).padStart(12, '0');
    return `${time.slice(0, 8)}-${time.slice(8)}-7${count.toString(16).padStart(3, '0')}-${v4().slice(19)}`;
  };
}

/** A new insert id of this page. */
export const newInsertId = createInsertIds(() => Date.now());
