import type { DropReason, Properties } from '../emulator-state.js';

/** A record as it is kept: what was sent, and the little that cannot be worked out again. */
export interface EventRow {
  readonly seq: number;
  readonly endpoint: string;
  readonly event: string;
  /** As sent, cut to the limits. */
  readonly sent: Properties;
  /** Set by the service when the record came in; wins over what was sent. */
  readonly added: Properties | undefined;
  readonly ingestDistinctId: string;
  /** When it happened, after the service's corrections. */
  readonly timeMs: number;
  readonly receivedMs: number;
  /** `seq` of the newer event with the same key. */
  duplicateOf: number | undefined;
}

/** A record that was not kept. */
export interface DroppedRow extends EventRow {
  readonly reason: DropReason;
}
