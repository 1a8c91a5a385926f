/** The emulator's time: the machine's, or standing still where a test set it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  nowMs(): number;
  /** Lets the clock stand at this many seconds; `null` returns to the machine's. */
  set(nowSeconds: number | null): void;
}

/** A clock that starts at the machine's time. */
export function createClock(): Clock {
  let fixedMs: number | null = null;
  return {
    nowMs: () => fixedMs ?? Date.now(),
    set: (nowSeconds) => {
      fixedMs = nowSeconds === null ? null : Math.round(nowSeconds * 1_000);
    },
  };
}
