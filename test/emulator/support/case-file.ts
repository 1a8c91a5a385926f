/** The system that a case is about; `both` are the two of ID Merge. */
export type CaseSystem = 'simplified' | 'original' | 'legacy' | 'both';

/** One case of `identity-cases.json`: what is sent, and what the receiving side must make of it. */
export interface IdentityCase {
  readonly id: string;
  readonly system: CaseSystem;
  readonly title: string;
  readonly confidence: 'documented' | 'observed' | 'inferred';
  readonly note?: string;
  readonly clock: number;
  readonly input: readonly CaseStep[];
  readonly expect: CaseExpectation;
}

/** An event as it is sent. */
export interface CaseEvent {
  readonly event?: string;
  readonly properties: Record<string, unknown>;
}

/** One request, or with `generate` many. */
export type CaseStep =
  | { readonly op: 'track'; readonly body: CaseEvent | readonly CaseEvent[] }
  | {
      readonly op: 'import';
      readonly strict: number;
      readonly ip?: number;
      readonly auth: 'token' | 'none';
      readonly body: readonly CaseEvent[];
    }
  | { readonly op: 'engage' | 'groups'; readonly body: unknown }
  | {
      readonly op: 'call';
      readonly method: string;
      readonly path: string;
      readonly auth?: 'basic';
      readonly body: unknown;
    }
  | {
      readonly op: 'generate';
      readonly endpoint: 'track' | 'import';
      readonly from: number;
      readonly to: number;
      readonly template: readonly CaseEvent[];
      readonly as_batch?: boolean;
      readonly strict?: number;
      readonly auth?: 'token' | 'none';
    };

/** What a response must be; only the keys that are there are compared. */
export interface ExpectedResponse {
  readonly http?: number;
  readonly http_any_of?: readonly number[];
  readonly code?: number;
  readonly status?: unknown;
  readonly error?: string;
  readonly error_any_of?: readonly string[];
  readonly num_records_imported?: number;
  readonly failed_records?: readonly object[];
  readonly failed_count?: number;
  readonly field?: string;
  readonly message?: string;
  readonly body?: object;
  readonly body_any_of?: readonly object[];
  readonly prefer?: object;
}

/** Failure property of an event. */
export interface ExpectedFailure {
  readonly property: string;
  readonly value?: string;
  readonly any_of?: readonly string[];
  readonly description?: string;
}

type Properties = Record<string, unknown>;
type Range = number | { readonly min: number; readonly max: number };

/** Keys that are not there are not checked. */
export interface CaseExpectation {
  readonly ingest_distinct_id?: Record<string, string>;
  readonly resolved?: Record<string, string>;
  readonly resolved_all?: string;
  readonly same_user?: readonly (readonly number[])[];
  readonly clusters?: readonly (readonly string[])[];
  readonly links?: Record<string, string>;
  readonly canonical?: 'any_member';
  readonly failure?: Record<string, ExpectedFailure>;
  readonly props?: Record<string, Properties>;
  /** Properties that the stored event must not have. */
  readonly props_absent?: Record<string, readonly string[]>;
  readonly stored?: Record<string, boolean>;
  readonly userless?: readonly number[];
  readonly profiles?: Record<string, Properties | null>;
  readonly profile_props_absent?: Record<string, readonly string[]>;
  readonly cluster_profile?: {
    readonly members: readonly string[];
    /** `null`: the cluster shows no profile. */
    readonly props?: Properties | null;
    readonly one_of?: readonly Properties[];
  };
  readonly group_profiles?: Record<string, Properties>;
  readonly responses?: Record<string, ExpectedResponse>;
  readonly unique_events?: number;
  readonly raw_events?: number;
  readonly surviving?: Properties;
  readonly distinct_users?: Range;
  readonly cluster_sizes?: readonly number[];
  readonly largest_cluster?: Range;
  readonly failure_first_index?: { readonly value: string };
  readonly first_refused_i?: Range;
  /** Name and properties of the event that arrived last. */
  readonly last_event?: Properties;
  /** Stored time in milliseconds. */
  readonly event_time_ms?: Record<string, number>;
  /** Distinct id under which an identity verb was stored. */
  readonly verb_distinct_id?: Record<string, string>;
  /** Codes of warnings with the record that each is about, as `1 unknown-token`; `- …` about none. */
  readonly warnings?: readonly string[];
}
