import type { Engine } from '../../scripts/browsers.mjs';

/** Name of the attachment that a test hands its result to the report by. */
export const RESULT_ATTACHMENT = 'fault-row';

/** What became of one row in one engine. */
export interface RowResult {
  readonly engine: Engine;
  readonly name: string;
  readonly tracked: number;
  readonly delivered: number;
  /** Given up with a reason that the row allows. */
  readonly dropped: number;
  /** Neither delivered nor dropped, though promised. */
  readonly lost: number;
  /** Copies that deduplication took out. */
  readonly duplicatesBefore: number;
  /** Steps that count twice after it. */
  readonly doubled: number;
  readonly outOfOrder: number;
}
