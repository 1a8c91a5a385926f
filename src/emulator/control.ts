import { createClock } from './clock.js';
import type { EmulatorState, StateFilter } from './emulator-state.js';
import { createFaultList } from './faults.js';
import type { Fault, FaultList } from './faults.js';
import { createLedger } from './ledger.js';
import type { Ledger } from './ledger.js';
import { packageVersion } from './package-paths.js';
import { ConfigProblem, resolveProject } from './project-config.js';
import type { ProjectConfig } from './project-config.js';
import { createStreamHub } from './stream-hub.js';
import type { StreamHub } from './stream-hub.js';

/** Who answers, and for how long it has been there. */
export interface Health {
  readonly name: string;
  readonly version: string;
  readonly uptimeMs: number;
}

/** The verbs by which an emulator is steered, over HTTP and in the same process alike. */
export interface Control {
  health(): Health;
  /**
   * Empties everything, faults included, and sets the project and its clock.
   *
   * @throws ConfigProblem when a setting is not valid; nothing is emptied then.
   */
  reset(config: ProjectConfig): void;
  /**
   * Sets the clock to stand at `now` seconds; without `now` returns to the machine's.
   *
   * @throws ConfigProblem when `now` is not a number of seconds.
   */
  clock(setting: { readonly now?: number }): void;
  /** Replaces the faults. */
  faults(faults: readonly Fault[]): void;
  state(filter?: StateFilter): EmulatorState;
  /** The ledger of the present project. */
  ledger(): Ledger;
  readonly faultList: FaultList;
  readonly hub: StreamHub;
}

/** The name that `health` and the stream give. */
export const EMULATOR_NAME = 'waymark emulator';

/**
 * An emulator's inside, with a first project.
 *
 * @throws ConfigProblem when a setting is not valid.
 */
export function createControl(config: ProjectConfig): Control {
  const startMs = performance.now();
  const clock = createClock();
  const hub = createStreamHub();
  const faultList = createFaultList();

  const open = (given: ProjectConfig): Ledger => {
    const project = resolveProject(given);
    clock.set(project.now);
    return createLedger(project, clock, hub);
  };
  let ledger = open(config);

  return {
    health: () => ({
      name: EMULATOR_NAME,
      version: packageVersion,
      uptimeMs: Math.round(performance.now() - startMs),
    }),
    reset(given) {
      ledger = open(given);
      faultList.replace([]);
      hub.publish({ type: 'reset', system: ledger.project.system });
    },
    clock({ now }) {
      if (now !== undefined && !(Number.isFinite(now) && now >= 0)) {
        throw new ConfigProblem('"now" must be a number of seconds.');
      }
      clock.set(now ?? null);
      hub.publish({ type: 'clock', now: clock.nowMs() / 1_000 });
    },
    faults: (faults) => faultList.replace(faults),
    state: (filter) => ledger.state(filter),
    ledger: () => ledger,
    faultList,
    hub,
  };
}
