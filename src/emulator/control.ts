import { answerService } from './routes/answer-service.js';
import { createClock } from './clock.js';
import type { EmulatorState, StateFilter } from './emulator-state.js';
import { CLOCK_TIME, isClockTime } from './clock.js';
import { createFaultList } from './faults/fault-list.js';
import type { Fault } from './faults/fault.js';
import type { FaultList } from './faults/fault-list.js';
import type { Journal } from './journal/journal.js';
import type { NumberedLine } from './journal/read-journal.js';
import type { JournalLine } from './journal/journal-line.js';
import { createLedger } from './store/ledger.js';
import type { Ledger } from './store/ledger.js';
import { packageVersion } from './package-paths.js';
import { ConfigProblem, resolveProject } from './project-config.js';
import type { Project, ProjectConfig } from './project-config.js';
import { readState } from './store/read-state.js';
import { takeSnapshot } from './store/state-snapshot.js';
import type { StateSnapshot } from './store/state-snapshot.js';
import { noteRequest } from './store/request-note.js';
import type { ServiceAnswer, ServiceRequest } from './body/service-request.js';
import { createStreamHub } from './stream/stream-hub.js';
import type { StreamHub } from './stream/stream-hub.js';

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
   * Empties everything, faults and journal included, and sets the project and its clock. Without a token the project
   * keeps the one that it has.
   *
   * @throws ConfigProblem when a setting is not valid, and JournalProblem when the journal cannot be written; nothing is
   * emptied then.
   */
  reset(config: ProjectConfig): void;
  /**
   * Sets the clock to stand at `now` seconds; without `now` returns to the machine's.
   *
   * @throws ConfigProblem when `now` is not a number of seconds, and for any other field; JournalProblem when the journal
   * cannot be written. The clock is as it was then.
   */
  clock(setting: { readonly now?: number | null }): void;
  /** Replaces the faults. */
  faults(faults: readonly Fault[]): void;
  state(filter?: StateFilter): EmulatorState;
  /** The same, to be read a piece at a time. */
  snapshot(filter?: StateFilter): StateSnapshot;
  /**
   * Takes in a request to the service, all of it at one time. Where there is a journal, it is written down first.
   *
   * @param isCut Whether the connection is going to be cut instead of answering.
   * @throws JournalProblem when it cannot be written down; nothing of it is taken in then.
   */
  receive(request: ServiceRequest, wireBytes: number, isCut?: boolean): ServiceAnswer;
  /** Takes in what a journal held, at the times at which it came. A line that cannot be taken in costs itself. */
  replay(lines: readonly NumberedLine[]): void;
  /** Writes down from here on what is received. */
  keepJournal(journal: Journal): void;
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
  let journal: Journal | undefined;

  const open = (project: Project): Ledger => {
    clock.set(project.now);
    return createLedger(project, clock, hub);
  };
  let ledger = open(resolveProject(config));

  const replayLine = (line: JournalLine): void => {
    if (line.kind !== 'request') {
      return;
    }
    const { atMs, bytes, isCut, request } = line;
    const { method, path, query, contentType } = request;
    const note = noteRequest(() => ledger, { method, path, query, contentType });
    note.read(bytes);
    const { status, records } = clock.during(atMs, () => answerService(ledger, request));
    note.finish(isCut ? 0 : status, records);
  };

  return {
    health: () => ({
      name: EMULATOR_NAME,
      version: packageVersion,
      uptimeMs: Math.round(performance.now() - startMs),
    }),
    reset(given) {
      const token = given.token ?? ledger.tokens.own();
      const project = { ...given, ...(token !== undefined && { token }) };
      const resolved = resolveProject(project);
      journal?.replace({ kind: 'project', project });
      ledger = open(resolved);
      faultList.replace([]);
      hub.publish({ type: 'reset', system: ledger.project.system });
    },
    // oxlint-disable-next-line unicorn/no-null -- JSON
    clock({ now = null, ...rest }) {
      const [unknown] = Object.keys(rest);
      if (unknown !== undefined) {
        throw new ConfigProblem(`Unknown field "${unknown}". The clock takes only "now".`);
      }
      if (now !== null && !isClockTime(now)) {
        throw new ConfigProblem(`"now" must be ${CLOCK_TIME}.`);
      }
      journal?.append({ kind: 'clock', now });
      clock.set(now ?? undefined);
      hub.publish({ type: 'clock', now: clock.nowMs() / 1_000 });
    },
    faults: (faults) => faultList.replace(faults),
    state: (filter) => readState(ledger, filter),
    snapshot: (filter) => takeSnapshot(ledger, filter),
    receive(request, wireBytes, isCut = false) {
      const atMs = clock.nowMs();
      const line = { kind: 'request', atMs, bytes: wireBytes, request } as const;
      journal?.append(isCut ? { ...line, isCut } : line);
      return clock.during(atMs, () => answerService(ledger, request));
    },
    replay(lines) {
      let now = ledger.project.now;
      for (const { number, line } of lines) {
        now = line.kind === 'clock' ? (line.now ?? undefined) : now;
        try {
          replayLine(line);
        } catch (cause) {
          const message = `Line ${number} of the journal could not be taken in and is left out: ${String(cause)}`;
          ledger.warnings.add('journal-line-lost', message);
        }
      }
      clock.set(now);
    },
    keepJournal(kept) {
      journal = kept;
    },
    ledger: () => ledger,
    faultList,
    hub,
  };
}
