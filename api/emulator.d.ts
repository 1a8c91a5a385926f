// What `waymark/emulator` offers. Renewed by `npm run api`.

/** The two ID Merge systems and the one before them (section 7). */
type IdentitySystemName = 'simplified' | 'original' | 'legacy';
/** Properties of an event or a profile: JSON values by name. */
type Properties = Readonly<Record<string, unknown>>;
/** An event that was kept, as an export would show it at this moment. */
interface StoredEvent {
  /** Place in the order of arrival, from 1, shared by kept and dropped records. */
  readonly seq: number;
  /** Path that it came in by, without a trailing slash: `/track`, `/import`, `/identity/create`. */
  readonly endpoint: string;
  readonly event: string;
  /**
   * What was sent, cut to the limits (T-11), with what the service adds: `$user_id`, `$distinct_id_before_identity`,
   * `$identity_failure_reason`, `$failure_reason`, …. `time` keeps the unit it was sent in, and is in seconds where the
   * service had to set it.
   */
  readonly properties: Properties;
  /** Distinct id at the moment of arrival. Empty: the event belongs to nobody. */
  readonly ingestDistinctId: string;
  /** Distinct id now, after everything that was linked or merged since. */
  readonly distinctId: string;
  /**
   * `seq` of the event that replaced this one, because a later arrival had the same event, time, distinct id and
   * `$insert_id` (I-40, newest wins). `null` for the one that reports count.
   */
  readonly duplicateOf: number | null;
}
/** A record that was not kept, and why. Profile and group updates appear with `event` empty. */
interface DroppedRecord extends StoredEvent {
  /** Kebab-case code, see `DropReason`. */
  readonly reason: DropReason;
}
/** Why a record was not kept. */
type DropReason =
  | 'invalid-record'
  | 'unauthorized'
  | 'too-many-records'
  | 'unknown-token'
  | 'wrong-region'
  | 'too-old'
  | 'ignored-by-property'
  | 'identity-event-ignored'
  | 'merge-not-on-track';
/** Ids that are one person, and the id that reports show for them. */
interface Cluster {
  /** Device ids are written `$device:…` in Simplified. */
  readonly ids: readonly string[];
  readonly canonical: string;
}
/** Something that the real service would have swallowed in silence. */
interface Warning {
  /** Kebab-case, such as `unknown-token`. */
  readonly code: string;
  /** What happened and what to change. */
  readonly message: string;
  /** The record it is about; `null` when it is about a request, a profile or the emulator itself. */
  readonly seq: number | null;
}
/** A request to one of the service's paths. Requests to control paths and to pages are not listed. */
interface ReceivedRequest {
  readonly method: string;
  /** Cut to 200 characters, as the query and the content type are. */
  readonly path: string;
  /** The first 50 query parameters; of a repeated one the last value. */
  readonly query: Readonly<Record<string, string>>;
  /** The `Content-Type` header; empty when there was none. */
  readonly contentType: string;
  /** Status of the answer; 0 while there is none, and for ever when the connection was cut. */
  readonly status: number;
  /** Size of the body as it travelled. */
  readonly bytes: number;
  /** Records in the body, valid or not. */
  readonly records: number;
}
/** A lookup table with its rows, each cell with the type that it was read as (L-3). */
interface LookupTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}
/** Everything that the emulator knows, as `GET /_emulator/state` answers it. */
interface EmulatorState {
  readonly system: IdentitySystemName;
  /** The emulator's clock, in seconds. */
  readonly now: number;
  readonly events: readonly StoredEvent[];
  readonly dropped: readonly DroppedRecord[];
  /** Device id to user id (Simplified only). */
  readonly links: Readonly<Record<string, string>>;
  readonly clusters: readonly Cluster[];
  /** Distinct id to its properties. In Original the canonical id stands for the cluster. */
  readonly profiles: Readonly<Record<string, Properties>>;
  /** Group key to group id to properties. */
  readonly groups: Readonly<Record<string, Readonly<Record<string, Properties>>>>;
  /** Lookup table id to table. */
  readonly lookupTables: Readonly<Record<string, LookupTable>>;
  readonly warnings: readonly Warning[];
  /** The last 10,000. */
  readonly requests: readonly ReceivedRequest[];
}
/** What part of the state is asked for. */
interface StateFilter {
  /**
   * Any id of one person: `events`, `dropped`, `warnings`, `links`, `clusters` and `profiles` are cut down to that
   * person, `groups` and `lookupTables` are empty, and `requests` are the last 100.
   */
  readonly distinctId?: string;
  /** Only records and warnings with a `seq` above this one, and the last 100 requests. */
  readonly since?: number;
}

/**
 * Trouble that the emulator is told to make, for requests to the service's paths. Preflights are spared: the service
 * answers them before anything else.
 *
 * With `status`, `retryAfter`, `body` or `location` nothing is stored and this is the answer. With only `delayMs` the
 * request is served and stored at once, and answered late. `cut` goes before all of them: there is no answer then.
 */
interface Fault {
  /** Path, a trailing slash does not matter. @default every path but those of the control API and the page */
  readonly path?: string;
  /** @default 302 where `location` is given, 200 where `body` is, 429 where only `retryAfter` is */
  readonly status?: number;
  /** `Retry-After`: seconds, or a date as text. */
  readonly retryAfter?: number | string;
  /** Delay of the answer, up to 2147483647; `null` never answers, stores nothing, and keeps the connection open. @default 0 */
  readonly delayMs?: number | null;
  /** Drops the connection instead of answering: `before` anything is stored, or `after`. */
  readonly cut?: 'before' | 'after';
  /** Body of the answer: text as it is (HTML when it begins with `<`), anything else as JSON. */
  readonly body?: unknown;
  /** `Location` of a redirect. */
  readonly location?: string;
  /** More headers of the answer, for example `access-control-expose-headers`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** `false` leaves the CORS headers out, so that a page of another origin cannot read the answer. @default true */
  readonly cors?: boolean;
  /** Requests that it befalls, after which it is used up. @default until it is replaced */
  readonly times?: number;
}

/** Where the service keeps a project's data (G-6). */
type Region = 'us' | 'eu' | 'in';
/** The project that the emulator plays, as `reset` sets it. */
interface ProjectConfig {
  /**
   * The project's token. Anything sent under another one answers success and vanishes, as on the service (T-20).
   * @default on reset the token that the project has; else the first token that a record carries becomes its own
   */
  readonly token?: string;
  /** @default 'simplified' */
  readonly system?: IdentitySystemName;
  /** Clock in seconds, standing still. @default the machine's clock */
  readonly now?: number;
  /** Original: largest number of ids in one cluster (ID-48). @default 500 */
  readonly clusterCap?: number;
  /** Original: `loose` takes five hyphenated alphanumeric groups, `v4-strict` only UUID v4 (ID-44). @default 'loose' */
  readonly guid?: 'loose' | 'v4-strict';
  /** What `1` means for a batch: `any` record or `all` records are valid (T-21). @default 'any' */
  readonly plainOne?: 'any' | 'all';
  /** Largest request body, unpacked (T-10). @default 10485760 */
  readonly maxBodyBytes?: number;
  /**
   * Events for one distinct id and day before a hot shard is cut off (ID-30); 0, `false` and `'off'` are never.
   * @default 0
   */
  readonly hotShard?: number | false | 'off';
  /** Region that the project is in: a token of another region is told to stay away from its host (G-6). @default 'us' */
  readonly region?: Region;
  /**
   * Seconds for which events that came in under ids that were joined since are still shown as they came in (ID-13).
   * @default 0
   */
  readonly reportsLag?: number;
  /** Whether a preflight refuses `Content-Type` and custom headers, as the service's does (T-43). @default true */
  readonly corsStrict?: boolean;
  /** Whether `/identity/*` and `DELETE /lookup-tables/*`, known from third parties only, exist (E-2, L-5). @default false */
  readonly seedIdentityEndpoints?: boolean;
  /** The project's secret for `/import`, as the user name of basic authentication (I-1). @default none */
  readonly secret?: string;
  /** Tokens of projects in another region: what they send vanishes, with a warning that says so (G-6). @default none */
  readonly otherRegionTokens?: readonly string[];
  /** Location given to everyone whose location would be looked up (G-3). @default none */
  readonly geo?: Geo;
  /** Lookup tables of the project, id to name; others answer 404 (L-2). @default any id, created when it is first sent */
  readonly lookupTables?: Readonly<Record<string, string>>;
}
/** A location as the service would look it up from an address. */
interface Geo {
  readonly country?: string;
  readonly region?: string;
  readonly city?: string;
}
/** A setting that cannot be what was given: says which and what it may be. */
declare class ConfigProblem extends Error {
  readonly name = 'ConfigProblem';
}

/**
 * One message of `GET /_emulator/stream`. It travels as a server-sent event without a name, `data: <this as JSON>`, and
 * reaches the listeners of `subscribe()` as it is.
 *
 * - `hello`: the first message of a connection. Ask for the state after it, and nothing falls between the two.
 * - `event`: an event was kept.
 * - `superseded`: the event `seq` was replaced by the newer `by` (deduplication).
 * - `identity`: two ids were joined, and with them everyone whom each stood for: the `distinctId` of their earlier events
 *   may have changed.
 * - `dropped`: a record was not kept.
 * - `profile`, `group`, `lookupTable`: a profile or table changed, or is gone.
 * - `warning`: something that the service would have swallowed.
 * - `settled`: a warning no longer holds, and is gone from the state: the link that it missed was made.
 * - `request`: a request was answered, cut, or left hanging.
 * - `clock`: the clock was set, in seconds.
 * - `reset`: everything was emptied and the project set anew.
 */
type StreamMessage =
  | {
      readonly type: 'hello';
      readonly name: string;
      readonly version: string;
      readonly system: IdentitySystemName;
    }
  | {
      readonly type: 'event';
      readonly event: StoredEvent;
    }
  | {
      readonly type: 'superseded';
      readonly seq: number;
      readonly by: number;
    }
  | {
      readonly type: 'identity';
      readonly ids: readonly string[];
      readonly canonical: string;
    }
  | {
      readonly type: 'dropped';
      readonly dropped: DroppedRecord;
    }
  | {
      readonly type: 'profile';
      readonly distinctId: string;
    }
  | {
      readonly type: 'group';
      readonly groupKey: string;
      readonly groupId: string;
    }
  | {
      readonly type: 'lookupTable';
      readonly id: string;
    }
  | {
      readonly type: 'warning';
      readonly warning: Warning;
    }
  | {
      readonly type: 'settled';
      readonly warning: Warning;
    }
  | {
      readonly type: 'request';
      readonly request: ReceivedRequest;
    }
  | {
      readonly type: 'clock';
      readonly now: number;
    }
  | {
      readonly type: 'reset';
      readonly system: IdentitySystemName;
    };
/** Hears every message as it happens. */
type StreamListener = (message: StreamMessage) => void;

/** Who answers, and for how long it has been there. */
interface Health {
  readonly name: string;
  readonly version: string;
  readonly uptimeMs: number;
}

/** How long to wait. */
interface WaitOptions {
  /** @default 10000 */
  readonly timeoutMs?: number;
}

/** How an emulator is started. */
interface EmulatorOptions {
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
interface Emulator {
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
/**
 * Starts an emulator of the receiving side.
 *
 * @throws ConfigProblem when a setting is not valid or the data file cannot be used, and Node's error when the port is
 * taken. The data file is as it was then.
 */
declare function startEmulator(options?: EmulatorOptions): Promise<Emulator>;

export { ConfigProblem, startEmulator };
export type {
  Cluster,
  DropReason,
  DroppedRecord,
  Emulator,
  EmulatorOptions,
  EmulatorState,
  Fault,
  Geo,
  Health,
  IdentitySystemName,
  LookupTable,
  ProjectConfig,
  Properties,
  ReceivedRequest,
  StateFilter,
  StoredEvent,
  StreamListener,
  StreamMessage,
  WaitOptions,
  Warning,
};
