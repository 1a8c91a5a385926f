/**
 * Everything that `createTracker` throws, by code; the message says what was found and what to do.
 *
 * - `missing-token`: the first argument is not a project token.
 * - `invalid-api-host`: not an http(s) URL, and not a path on a page of its own.
 * - `invalid-option`: a value that the option cannot have.
 * - `unknown-option`: there is none of that name.
 */
export type ConfigErrorCode =
  | 'missing-token'
  | 'invalid-api-host'
  | 'invalid-option'
  | 'unknown-option';

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
export type DropReason =
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
export type Degradation =
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
export type ErrorCode = DropReason | Degradation;

/** What `onError` is handed. */
export interface TrackerError {
  readonly code: ErrorCode;
  /** What it was about: a name, a value, a count, the service's reason. */
  readonly detail: string;
}

/** Says that something was refused, dropped or degraded; `dropCount` is how many records end by it. Never throws. */
export type Report = (code: ErrorCode, detail?: unknown, dropCount?: number) => void;

/** Thrown by `createTracker`, and by nothing else, for what its own arguments decide. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code: ConfigErrorCode;

  constructor(code: ConfigErrorCode, whatToDo: string) {
    super(`[waymark] ${whatToDo} (${code})`);
    this.code = code;
  }
}
