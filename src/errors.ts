/**
 * Everything that can be refused, dropped or degraded, by code. The codes are the contract; the texts may change.
 * Each text says what happened and, where the developer can do something, what.
 */
export const ERROR_TEXTS = {
  'missing-token': 'needs a project token: createTracker("TOKEN")',
  'invalid-api-host': 'apiHost must be an http(s) URL, or a path on a page of its own',
  'invalid-option': 'an option has a value it cannot have',
  'unknown-option': 'there is no such option',

  'invalid-event-name': 'event dropped: its name must be a string that is not blank',
  'reserved-event-name':
    'event dropped: the name has a meaning of its own; use identify() or alias()',
  'reserved-property': 'property left out: the tracker sets it itself',
  'unserializable-property': 'property left out: JSON cannot hold it',
  'event-too-large': 'event dropped: it is larger than the service takes',
  'before-send-dropped': 'event dropped by beforeSend',
  'before-send-failed':
    'event dropped: beforeSend threw or returned something that is not an event',

  'id-not-string': 'id refused: it must be a string',
  'id-blank': 'id refused: it is blank',
  'id-too-long': 'id refused: it is longer than 255 bytes',
  'id-device-prefix': 'id refused: "$device:" marks anonymous ids',
  'id-placeholder': 'id refused: it is a placeholder, not the id of a person',
  'alias-unsupported': 'alias() is of Original ID Merge only',
  'alias-same-id': 'alias refused: it is the id itself',
  'identity-not-stored': 'cookies and localStorage are denied: the identity ends with this page',

  'storage-unavailable': 'IndexedDB cannot be used: events are kept in memory',
  'queue-full': 'the oldest were dropped: more are queued than maxQueueCount',
  'too-old': 'dropped: older than the five days that the service takes',
  'corrupt-record': 'a stored record could not be read and was dropped',

  rejected: 'dropped: the service refused it',
  'too-large': 'dropped: too large for the service',
  'unexpected-answer': 'the answer is not from the service: is apiHost right? Events are kept',

  'shut-down': 'called after shutdown()',
  internal: 'a fault of waymark itself; please report it',
} as const;

/** The code of a refusal, a drop or a degradation. */
export type ErrorCode = keyof typeof ERROR_TEXTS;

/** Codes under which an event or update ends without being delivered. */
export type DropReason = Extract<
  ErrorCode,
  | 'invalid-event-name'
  | 'reserved-event-name'
  | 'event-too-large'
  | 'before-send-dropped'
  | 'before-send-failed'
  | 'queue-full'
  | 'too-old'
  | 'corrupt-record'
  | 'rejected'
  | 'too-large'
>;

/** What `onError` is handed. */
export interface TrackerError {
  readonly code: ErrorCode;
  /** A sentence for the developer. */
  readonly message: string;
  /** What it was about: a name, a value, the service's reason. */
  readonly detail?: string;
}

/** Says that something was refused, dropped or degraded. Never throws. */
export type Report = (code: ErrorCode, detail?: unknown) => void;

/** Thrown by `createTracker`, and by nothing else, for what its own arguments decide. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, detail: string) {
    super(`[waymark] createTracker: ${ERROR_TEXTS[code]} (${detail})`);
    this.code = code;
  }
}
