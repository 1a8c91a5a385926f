/**
 * Trouble that the emulator is told to make, for requests to the service's paths. Preflights are spared: the service
 * answers them before anything else.
 *
 * With `status`, `retryAfter`, `body` or `location` nothing is stored and this is the answer. With only `delayMs` the
 * request is served and stored at once, and answered late. `cut` goes before all of them: there is no answer then.
 */
export interface Fault {
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
