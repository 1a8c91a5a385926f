/** Above this a time counts milliseconds, below it seconds (T-13). */
const MS_THRESHOLD = 1e11;

/**
 * How far ahead of the emulator a time may be and still stand: two clocks of the same machine differ by a little, and
 * overwriting such a time would part a retry from its first attempt.
 */
const CLOCK_NOISE_MS = 1_000;

/** The last moment that a `Date` can hold. */
const MAX_DATE_MS = 8.64e15;

/** A `time` property in milliseconds; `undefined` when it is not one. Digits in a string count as a number. */
export function readTimeMs(time: unknown): number | undefined {
  const value = typeof time === 'string' && /^\d+(\.\d+)?$/.test(time) ? Number(time) : time;
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) {
    return undefined;
  }
  const timeMs = Math.round(value > MS_THRESHOLD ? value : value * 1_000);
  return timeMs > MAX_DATE_MS ? undefined : timeMs;
}

/** Whether a time lies in the future, so that the service puts the present in its place (T-15, I-9). */
export function isFuture(timeMs: number, nowMs: number): boolean {
  return timeMs - nowMs >= CLOCK_NOISE_MS;
}

/** A stored time in the unit that the service sets: seconds. */
export function toSeconds(timeMs: number): number {
  return timeMs / 1_000;
}
