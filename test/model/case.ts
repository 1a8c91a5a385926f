import type { EmulatorState, StoredEvent } from '../../src/emulator/index.js';
import type { Stats } from '../../src/index.js';
import type { Ledger } from './ledger.js';
import type { Promised } from './promised.js';
import type { Schedule } from './schedule.js';

/** What the service has in the end, and what is held against it. */
export interface Evidence {
  readonly state: EmulatorState;
  readonly ledger: Ledger;
  readonly schedule: Schedule;
  /** What each page that lived to the end gave up. */
  readonly drops: readonly Stats['dropped'][];
}

/** Evidence with what most judges need of it. */
export interface Case extends Evidence {
  /** The events that no newer one replaced. */
  readonly counting: readonly StoredEvent[];
}

/** What one judge says. */
export interface Findings {
  /** What must not be, whatever happened. */
  readonly wrong: readonly string[];
  /** What is not there; allowed for what was given up with a reason. */
  readonly missing?: readonly string[];
}

/** The service takes no event that is older (T-14), and the client gives it up. */
export const MAX_AGE_MS = 5 * 24 * 3_600_000;

/** Whether it may be missing: lost with a killed browser, or too old by a clock that was wrong. */
export const isExcused = ({ isUnpromised, laterMs, offsetMs }: Promised): boolean =>
  isUnpromised === true || laterMs > MAX_AGE_MS || -offsetMs > MAX_AGE_MS;
