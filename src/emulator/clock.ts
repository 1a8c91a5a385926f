/** The emulator's time: the machine's, or standing still where a test set it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  nowMs(): number;
  /** Lets the clock stand at this many seconds; `undefined` returns to the machine's. */
  set(nowSeconds: number | undefined): void;
  /** Stands at this moment, in milliseconds, while `work` runs: all that it does happens at one time. */
  during<Result>(atMs: number, work: () => Result): Result;
}

/** Larger numbers count milliseconds wherever a time is read (T-13), so that they were hardly meant as seconds. */
const MAX_CLOCK_SECONDS = 1e11;

/** What a clock can be set to, for a sentence about what cannot be. */
export const CLOCK_TIME = `a number of seconds from 0 to ${MAX_CLOCK_SECONDS}, not of milliseconds`;

/** Whether a clock can be set to this many seconds. */
export function isClockTime(seconds: unknown): seconds is number {
  return typeof seconds === 'number' && seconds >= 0 && seconds <= MAX_CLOCK_SECONDS;
}

/** A clock that starts at the machine's time. */
export function createClock(): Clock {
  let fixedMs: number | undefined;
  let heldMs: number | undefined;
  return {
    nowMs: () => heldMs ?? fixedMs ?? Date.now(),
    set: (nowSeconds) => {
      fixedMs = nowSeconds === undefined ? undefined : Math.round(nowSeconds * 1_000);
    },
    during(atMs, work) {
      const outerMs = heldMs;
      heldMs = atMs;
      try {
        return work();
      } finally {
        heldMs = outerMs;
      }
    },
  };
}
