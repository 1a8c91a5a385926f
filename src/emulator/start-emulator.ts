import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createControl } from './control.js';
import type { Control, Health } from './control.js';
import type { EmulatorState, StateFilter, StoredEvent } from './emulator-state.js';
import { readFaults } from './faults/read-faults.js';
import type { Fault } from './faults/fault.js';
import type { ProjectConfig } from './project-config.js';
import { createEmulatorServer } from './http/server.js';
import type { StreamListener } from './stream/stream-message.js';
import { startWithJournal } from './start-with-journal.js';
import { createWaiter } from './waiter.js';
import type { WaitOptions } from './waiter.js';

/** How an emulator is started. */
export interface EmulatorOptions {
  /** @default 0, any free port */
  readonly port?: number;
  /** Address to listen on. Anything but loopback is open to the network: there is no access control. @default '127.0.0.1' */
  readonly host?: string;
  /** @default that of `dataFile`, else a Simplified project that takes the first token it sees */
  readonly project?: ProjectConfig;
  /** File that keeps what is received, replayed at the next start. @default none */
  readonly dataFile?: string;
  /** Folders to serve under a prefix, for example `{ '/site/': './examples' }`. @default none */
  readonly staticRoots?: Readonly<Record<string, string>>;
}

/** A running emulator. */
export interface Emulator {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  health(): Promise<Health>;
  /** Empties everything, faults included, and sets the project. Rejects with `ConfigProblem`. */
  reset(project?: ProjectConfig): Promise<void>;
  /** Lets the clock stand at `now` seconds; `{}` returns to the machine's. */
  clock(setting: { readonly now?: number }): Promise<void>;
  /** Replaces the list of faults; `[]` clears it. Rejects with `ConfigProblem`. */
  faults(faults: readonly Fault[]): Promise<void>;
  state(filter?: StateFilter): Promise<EmulatorState>;
  /**
   * The stored events that no newer one replaced, as soon as there are at least `count`. Rejects when time is up, saying
   * which ones came.
   */
  waitForEvents(count: number, options?: WaitOptions): Promise<readonly StoredEvent[]>;
  /** The state, as soon as it is as wanted. Rejects when time is up. */
  waitFor(
    isWanted: (state: EmulatorState) => boolean,
    options?: WaitOptions,
  ): Promise<EmulatorState>;
  /** Hears everything as it happens. Answers its own undo. */
  subscribe(listener: StreamListener): () => void;
  /** Ends all connections and frees the port. More than once does no harm. */
  close(): Promise<void>;
}

/** A running emulator together with its inside, for what the package itself starts. */
export interface LaunchedEmulator {
  readonly emulator: Emulator;
  readonly control: Control;
}

/**
 * Starts an emulator of the receiving side.
 *
 * @throws ConfigProblem when a setting is not valid or the data file cannot be used, and Node's error when the port is
 * taken. The data file is as it was then.
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  return (await launchEmulator(options)).emulator;
}

/** The same as `startEmulator`, with the emulator's inside. */
export async function launchEmulator(options: EmulatorOptions): Promise<LaunchedEmulator> {
  const { port = 0, host = '127.0.0.1', project, dataFile, staticRoots = {} } = options;
  const {
    control,
    keep: keepJournal,
    close: closeJournal,
  } = dataFile === undefined
    ? { control: createControl(project ?? {}), keep: () => undefined, close: () => undefined }
    : await startWithJournal(dataFile, project);
  const server = createEmulatorServer(control, { host, staticRoots });
  try {
    server.listen(port, host);
    await once(server, 'listening');
    // Not before the port is ours, and before the first request can be read.
    keepJournal();
  } catch (cause) {
    server.close();
    closeJournal();
    throw cause;
  }
  const address = server.address() as AddressInfo;
  const waiter = createWaiter(control);
  const end = async (): Promise<void> => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
    closeJournal();
  };
  let closing: Promise<void> | undefined;

  const emulator: Emulator = {
    url: `http://${urlHost(host)}:${address.port}`,
    port: address.port,
    health: async () => control.health(),
    reset: async (given = {}) => control.reset(given),
    clock: async (setting) => control.clock(setting),
    faults: async (faults) => control.faults(readFaults(faults)),
    state: async (filter) => control.state(filter),
    waitForEvents: (count, waitOptions) => waiter.waitForEvents(count, waitOptions),
    waitFor: (isWanted, waitOptions) => waiter.waitFor(isWanted, waitOptions),
    subscribe: (listener) => control.hub.subscribe(listener),
    close: () => (closing ??= end()),
  };
  return { emulator, control };
}

function urlHost(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
