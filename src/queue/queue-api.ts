import type { QueuedRecord } from '../ports.js';

/** What this page's part of the queue has come to. */
export interface QueueCounts {
  /** Records that this page added, or took over from one that is gone. */
  readonly tracked: number;
  /** Records of this page that are safe in the database, delivered ones included. */
  readonly stored: number;
  /** Records of this page that the service, or another tab on our behalf, has seen to. */
  readonly delivered: number;
  /** Records of this page that are not settled. */
  readonly pending: number;
}

/** Everything tracked and not yet acknowledged: in the database for all tabs, and in memory what this page added. */
export interface Queue {
  /** Takes a record in, if there is one, and says so; it is safe when the present task has ended. */
  add(record: QueuedRecord | undefined): boolean;
  /** This page's unsettled records, at once, for a page that cannot wait. */
  pendingHere(): QueuedRecord[];
  /** The oldest records of all tabs, in order. */
  peek(maxCount: number): Promise<QueuedRecord[]>;
  /** Forgets records that were delivered, or given up. */
  settle(records: readonly QueuedRecord[], isDelivered: boolean): Promise<void>;
  /** Takes over what pages that are gone left staged; resolves to the time to wait for the rest, 0 if none. */
  adopt(): Promise<number>;
  /**
   * While the page is leaving nothing is written to the database; what is tracked then is staged.
   *
   * @param isBack It was away meanwhile, and what others took over is theirs.
   */
  setLeaving(isLeaving: boolean, isBack: boolean): void;
  /** Records queued by all tabs. */
  count(): Promise<number>;
  counts(): QueueCounts;
}
