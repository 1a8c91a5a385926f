import type { WirePath } from './wire.js';

/** One event or update as it is queued: serialised once, never rewritten, so that a retry repeats it byte for byte (I-40). */
export interface QueuedRecord {
  /** The insert id: key in the queue, order in time, and what the service deduplicates by. */
  readonly id: string;
  readonly path: WirePath;
  /** The JSON of one event or update. */
  readonly payload: string;
  /** Set where sending twice counts twice (`$add`, `$append`): such a record goes by acknowledged fetch only. */
  readonly once?: true;
  /**
   * Set where it joins ids, a device with a user above all. It goes when every event before it is acknowledged, and not
   * together with one: what the service took before a link and is sent again after it may count twice (I-43).
   */
  readonly link?: true;
  /**
   * Set by a page that took it over from another. What that one tracked before may be in the database alone, and must not be
   * overtaken: it waits for its turn, also when the page is left.
   */
  readonly adopted?: true;
}

/** Synchronous storage of text, shared by the tabs of an origin. No call throws. */
export interface KeyValueStore {
  /** The value, or `undefined` where there is none or storage is denied. */
  get(key: string): string | undefined;
  /** Whether the value was stored. */
  set(key: string, value: string): boolean;
  remove(key: string): void;
  /** The keys that begin with `prefix`. */
  keys(prefix: string): string[];
}
