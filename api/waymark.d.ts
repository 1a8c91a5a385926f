// What `waymark` offers. Renewed by `npm run api`.

/**
 * Everything that `createTracker` throws, by code; the message says what was found and what to do.
 *
 * - `missing-token`: the first argument is not a project token.
 * - `invalid-api-host`: not an http(s) URL, and not a path on a page of its own.
 * - `invalid-option`: a value that the option cannot have.
 * - `unknown-option`: there is none of that name.
 */
type ConfigErrorCode = 'missing-token' | 'invalid-api-host' | 'invalid-option' | 'unknown-option';
/**
 * Codes under which an event or update ends without being delivered.
 *
 * - `invalid-event-name`: not a string, or blank.
 * - `reserved-event-name`: `$identify`, `$create_alias`, `$merge`; use `identify()` and `alias()`.
 * - `event-too-large`: more than the 1 MB that the service takes.
 * - `before-send-dropped`: `beforeSend` returned nothing.
 * - `before-send-failed`: `beforeSend` threw, or returned something that is not an event.
 * - `queue-full`: the oldest, when more are queued than `maxQueueCount`, or more than 1,000 updates held while anonymous.
 * - `too-old`: older than the five days that the service takes (T-14).
 * - `corrupt-record`: stored by something else under our name, or damaged.
 * - `rejected`: the service refused this record by itself; the detail is its reason.
 * - `too-large`: the service refused this record by itself as too large.
 */
type DropReason =
  | 'invalid-event-name'
  | 'reserved-event-name'
  | 'event-too-large'
  | 'before-send-dropped'
  | 'before-send-failed'
  | 'queue-full'
  | 'too-old'
  | 'corrupt-record'
  | 'rejected'
  | 'too-large';
/**
 * Codes of what was refused or degraded, without an event being lost.
 *
 * - `id-not-string`, `id-blank`, `id-too-long` (over 255 bytes), `id-device-prefix` (an anonymous id), `id-placeholder`
 *   (`"null"`, `"undefined"`, …; I-10): the id was refused and the identity is unchanged.
 * - `alias-unsupported`: `alias()` is of Original ID Merge only.
 * - `alias-same-id`: an alias for itself.
 * - `identity-not-stored`: cookies and localStorage are denied; the identity ends with the page.
 * - `reserved-property`: a property that the tracker sets itself was left out.
 * - `unserializable-property`: a property that JSON cannot hold was left out.
 * - `storage-unavailable`: IndexedDB cannot be used; events are kept in localStorage and memory.
 * - `unexpected-answer`: whoever answers is not the service (wrong `apiHost`, captive portal); events are kept.
 * - `unknown-attribute`: the script tag has a `data-` attribute that is no option; it was left out.
 * - `shut-down`: a method that changes something was called after `shutdown()`.
 * - `internal`: a fault of waymark itself.
 */
type Degradation =
  | 'id-not-string'
  | 'id-blank'
  | 'id-too-long'
  | 'id-device-prefix'
  | 'id-placeholder'
  | 'alias-unsupported'
  | 'alias-same-id'
  | 'identity-not-stored'
  | 'reserved-property'
  | 'unserializable-property'
  | 'storage-unavailable'
  | 'unexpected-answer'
  | 'unknown-attribute'
  | 'shut-down'
  | 'internal';
/** The codes that `onError` may be handed. */
type ErrorCode = DropReason | Degradation;
/** What `onError` is handed. */
interface TrackerError {
  readonly code: ErrorCode;
  /** What it was about: a name, a value, a count, the service's reason. */
  readonly detail: string;
}
/** Thrown by `createTracker`, and by nothing else, for what its own arguments decide. */
declare class ConfigError extends Error {
  readonly name = 'ConfigError';
  readonly code: ConfigErrorCode;
  constructor(code: ConfigErrorCode, whatToDo: string);
}

/** What is printed: nothing, or every code once a page. */
type LogLevel = 'silent' | 'warn';
/** How many records ended without being delivered, by reason. */
type DropCounts = Partial<Record<DropReason, number>>;

/** An event as `beforeSend` sees it: name and properties, without identity, token, time and insert id. */
interface DraftEvent {
  event: string;
  properties: Record<string, unknown>;
}
/** Inspects or changes an event before it is queued; `null` or nothing drops it. It is given a copy. */
type BeforeSend = (draft: DraftEvent) => DraftEvent | null | undefined;

/** The options of `createTracker`; all may be left out. */
interface TrackerOptions {
  /**
   * Where events go: the service, a proxy (`https://…`), or a path on the page's own site (`/mp`).
   * @default the host of `region`
   */
  apiHost?: string;
  /**
   * Which of the service's hosts `apiHost` stands for when it is not given.
   * @default 'us'
   */
  region?: 'us' | 'eu' | 'in';
  /**
   * The ID Merge system of the project; see its settings.
   * @default 'simplified'
   */
  idMerge?: 'simplified' | 'original';
  /**
   * `'indexeddb'` keeps queue and identity on the device (identity in localStorage and a cookie); `'memory'` keeps
   * nothing: both end with the page.
   * @default 'indexeddb'
   */
  persistence?: 'indexeddb' | 'memory';
  /**
   * Domain of the identity cookie, to share the identity among subdomains: `'example.com'`. Where the browser refuses
   * it, the cookie is this host's alone.
   * @default this host
   */
  cookieDomain?: string;
  /**
   * While events keep coming, at most one request in this time. 0 to 3,600,000.
   * @default 1000
   */
  flushIntervalMs?: number;
  /**
   * Records in one request. 1 to 2000, the most that the service takes.
   * @default 1000
   */
  maxBatchCount?: number;
  /**
   * Records kept while they cannot be delivered; beyond it the oldest are dropped. 1 to 1,000,000.
   * @default 10000
   */
  maxQueueCount?: number;
  /**
   * Inspects or changes each event before it is queued; `null` drops it. Identity, token, time and insert id are not its
   * to see. An event is dropped where it throws.
   */
  beforeSend?: BeforeSend;
  /** Is told of everything refused, dropped or degraded. */
  onError?: (error: TrackerError) => void;
  /**
   * Whether the service may take the visitor's place from the address of the request.
   * @default true
   */
  ip?: boolean;
  /**
   * `'warn'` prints each code once a page; `'silent'` prints nothing.
   * @default 'warn'
   */
  logLevel?: LogLevel;
}

/** What a flush came to; counted in records. */
interface FlushResult {
  /** Acknowledged by the service since the call. */
  readonly delivered: number;
  /** Still queued after it, by all tabs. */
  readonly kept: number;
  /** Given up since the call, each with a reason through `onError`. */
  readonly dropped: number;
}

/** Changes one profile property, or several given as an object. */
type Change = (nameOrProperties: string | object, value?: unknown) => void;
/** Changes of one group's profile (P-20). */
interface Group {
  set: Change;
  /** Only properties that the profile has not. */
  setOnce: Change;
  /** Adds values to lists, each once. */
  union: Change;
  /** Removes a value from lists. */
  remove: Change;
  unset(names: string | readonly string[]): void;
  /** Deletes the profile. */
  delete(): void;
}
/**
 * Changes of the user's profile (P-3). What is called while anonymous is kept and sent at `identify()`, under the user
 * id; `reset()` discards it (ID-16).
 */
interface People extends Omit<Group, 'delete'> {
  /** Adds to numbers; 1 where nothing is said. */
  increment(nameOrProperties: string | object, by?: number): void;
  /** Adds a value to lists. */
  append: Change;
  /** Deletes the profile; events stay. */
  deleteUser(): void;
}

/** A group's id. */
type GroupId = string | number;

/** Event names with the type of their properties; `undefined` for events without. */
type EventMap = Record<string, object | undefined>;
/** Any map of event names, declared as a type or as an interface. */
type EventsOf<Events> = {
  [Name in keyof Events]: object | undefined;
};
/** What may follow the name in `track`: nothing, or the properties that the map gives the event. */
type PropertiesOf<
  Events extends EventsOf<Events>,
  Name extends keyof Events,
> = undefined extends Events[Name] ? [properties?: Events[Name]] : [properties: Events[Name]];
/** This page's ledger, in events and updates. */
interface Stats {
  /** Accepted by `track` and the like, sent by the tracker itself, or taken over from a page that could not store it. */
  readonly tracked: number;
  /** Of those, safe in the database at some time. */
  readonly stored: number;
  /** Acknowledged by the service, to this tab or to another on its behalf. */
  readonly delivered: number;
  /** Neither acknowledged nor dropped. */
  readonly pending: number;
  /** Ended without being delivered, by reason; leftovers of earlier pages that this one gave up are counted too. */
  readonly dropped: Readonly<DropCounts>;
}
/** The object that a page talks to. No method throws or rejects. */
interface Tracker<Events extends EventsOf<Events> = EventMap> {
  /** Tracks an event. What it is given is read at once and never changed. */
  track<Name extends keyof Events & string>(
    name: Name,
    ...properties: PropertiesOf<Events, Name>
  ): void;
  /**
   * This device belongs to this user from now on. A second user gets a new device id, as after `reset()`. Refused, with
   * a code, for what cannot be the id of a person; the identity is then unchanged.
   */
  identify(userId: string): void;
  /** Sign-out: a new device id and no user. What is queued keeps who it was. */
  reset(): void;
  /** Gives `original` (the current distinct id where left out) a second name. Original ID Merge only. */
  alias(alias: string, original?: string): void;
  /** Sends what is queued now, whatever the backoff says. Always resolves. */
  flush(): Promise<FlushResult>;
  /** This device, a UUID v4; `''` on a server. */
  readonly deviceId: string;
  /** The user given to `identify`, if any. */
  readonly userId: string | undefined;
  /** What the service counts the next event under. */
  readonly distinctId: string;
  /** Adds properties to every event to come, until `reset()`. */
  register(properties: object): void;
  /** The same for names that are not registered yet. */
  registerOnce(properties: object): void;
  unregister(name: string): void;
  /** The next event of that name carries `$duration`, the seconds since this call. */
  timeEvent(name: keyof Events & string): void;
  /** The profile of the user. */
  readonly people: People;
  /** The user is in these groups, and every event to come is counted for them. */
  setGroup(key: string, ids: GroupId | readonly GroupId[]): void;
  addGroup(key: string, id: GroupId): void;
  removeGroup(key: string, id: GroupId): void;
  /** The profile of a group. */
  group(key: string, id: GroupId): Group;
  /** This page's ledger. */
  stats(): Stats;
  /** Stops timers and listeners; what is queued stays for the next page. Later calls do nothing. */
  shutdown(): void;
}

/**
 * Creates a tracker for a project. Where there is no `document`, on a server or in a worker, it does nothing and keeps no state.
 *
 * @throws ConfigError for what the arguments decide, such as a missing token. After that nothing throws.
 */
declare function createTracker<Events extends EventsOf<Events> = EventMap>(
  token: string,
  options?: TrackerOptions,
): Tracker<Events>;

export { ConfigError, createTracker };
export type {
  BeforeSend,
  Change,
  DraftEvent,
  DropReason,
  ErrorCode,
  EventMap,
  EventsOf,
  FlushResult,
  Group,
  GroupId,
  People,
  PropertiesOf,
  Stats,
  Tracker,
  TrackerError,
  TrackerOptions,
};
