/** The two ID Merge systems and the one before them (section 7). */
export type IdentitySystemName = 'simplified' | 'original' | 'legacy';

/** Properties of an event or a profile: JSON values by name. */
export type Properties = Readonly<Record<string, unknown>>;

/** An event that was kept, as an export would show it at this moment. */
export interface StoredEvent {
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
export interface DroppedRecord extends StoredEvent {
  /** Kebab-case code, see `DropReason`. */
  readonly reason: DropReason;
}

/** Why a record was not kept. */
export type DropReason =
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
export interface Cluster {
  /** Device ids are written `$device:…` in Simplified. */
  readonly ids: readonly string[];
  readonly canonical: string;
}

/** Something that the real service would have swallowed in silence. */
export interface Warning {
  /** Kebab-case, such as `unknown-token`. */
  readonly code: string;
  /** What happened and what to change. */
  readonly message: string;
  /** The record it is about; `null` when it is about a request, a profile or the emulator itself. */
  readonly seq: number | null;
}

/** A request to one of the service's paths. Requests to control paths and to pages are not listed. */
export interface ReceivedRequest {
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
export interface LookupTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

/** Everything that the emulator knows, as `GET /_emulator/state` answers it. */
export interface EmulatorState {
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
export interface StateFilter {
  /**
   * Any id of one person: `events`, `dropped`, `warnings`, `links`, `clusters` and `profiles` are cut down to that
   * person, `groups` and `lookupTables` are empty, and `requests` are the last 100.
   */
  readonly distinctId?: string;
  /** Only records and warnings with a `seq` above this one, and the last 100 requests. */
  readonly since?: number;
}
