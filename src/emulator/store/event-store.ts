import type { Clock } from '../clock.js';
import type { DropReason, Properties } from '../emulator-state.js';
import type { IdentitySystem } from '../identity/identity-system.js';
import type { StreamHub } from '../stream/stream-hub.js';
import type { WarningList } from './warning-list.js';
import { createDeduplicator } from './deduplicator.js';
import type { DroppedRow, EventRow } from './event-row.js';
import { createRecordIndex } from './record-index.js';
import type { RecordIndex } from './record-index.js';
import { showDropped, showEvent } from './shown-event.js';

/** An event that passed every check, ready to be kept. */
export interface KeptEvent {
  readonly seq: number;
  readonly endpoint: string;
  readonly event: string;
  readonly sent: Properties;
  readonly added: Properties | undefined;
  readonly ingestDistinctId: string;
  readonly timeMs: number;
  /** As sent; `undefined` when the service had to make one up, and the event takes no part in deduplication (T-16). */
  readonly insertId: string | undefined;
}

/** A record that is not kept. */
export interface RefusedRecord {
  readonly endpoint: string;
  readonly event: string;
  readonly sent: Properties;
  readonly distinctId: string;
  readonly reason: DropReason;
}

/** Events and refused records in order of arrival. */
export interface EventStore {
  readonly events: RecordIndex<EventRow>;
  readonly dropped: RecordIndex<DroppedRow>;
  /** Events that no newer one replaced. */
  uniqueCount(): number;
  /** The number for the next record. */
  nextSeq(): number;
  keep(event: KeptEvent): void;
  /** Answers the record's `seq`. */
  refuse(record: RefusedRecord, seq?: number): number;
}

/** What an event store works with. */
export interface EventStoreParts {
  readonly clock: Clock;
  readonly identity: IdentitySystem;
  readonly warnings: WarningList;
  readonly hub: StreamHub;
}

/** An empty store. */
export function createEventStore({ clock, identity, warnings, hub }: EventStoreParts): EventStore {
  const events = createRecordIndex<EventRow>();
  const dropped = createRecordIndex<DroppedRow>();
  const deduplicator = createDeduplicator();
  let lastSeq = 0;
  let replacedCount = 0;

  const supersede = (older: EventRow, by: number): void => {
    replacedCount++;
    older.duplicateOf = by;
    hub.publish({ type: 'superseded', seq: older.seq, by });
  };

  const currentId = ({ ingestDistinctId, sent }: EventRow): string =>
    identity.resolve(ingestDistinctId, sent)?.distinctId ?? ingestDistinctId;

  const warnNearMiss = (row: EventRow, other: EventRow): void => {
    const isOnePerson =
      row.ingestDistinctId !== other.ingestDistinctId && currentId(row) === currentId(other);
    warnings.add(
      isOnePerson ? 'insert-id-under-two-ids' : 'insert-id-reused',
      `Event ${row.seq} has the $insert_id of event ${other.seq}, but ${difference(row, other)} differs, so both count. A retry must repeat event, time, distinct_id and $insert_id exactly.`,
      row.seq,
    );
  };

  return {
    events,
    dropped,
    uniqueCount: () => events.all().length - replacedCount,
    nextSeq: () => ++lastSeq,
    keep({ insertId, ...event }) {
      const row: EventRow = { ...event, receivedMs: clock.nowMs(), duplicateOf: undefined };
      events.append(row);
      if (insertId !== undefined) {
        const { replaced, nearMiss } = deduplicator.admit(row, insertId);
        if (replaced) {
          supersede(replaced, row.seq);
        }
        if (nearMiss) {
          warnNearMiss(row, nearMiss);
        }
      }
      if (hub.isHeard('event')) {
        const resolution = identity.resolve(row.ingestDistinctId, row.sent);
        hub.publish({ type: 'event', event: showEvent(row, resolution, row.duplicateOf) });
      }
    },
    refuse(record, seq = ++lastSeq) {
      const nowMs = clock.nowMs();
      const row: DroppedRow = {
        seq,
        endpoint: record.endpoint,
        event: record.event,
        sent: record.sent,
        added: undefined,
        ingestDistinctId: record.distinctId,
        timeMs: nowMs,
        receivedMs: nowMs,
        duplicateOf: undefined,
        reason: record.reason,
      };
      dropped.append(row);
      hub.publish({ type: 'dropped', dropped: showDropped(row) });
      return seq;
    },
  };
}

function difference(a: EventRow, b: EventRow): string {
  const differing = [
    a.event !== b.event && 'the event name',
    a.timeMs !== b.timeMs && 'time',
    a.ingestDistinctId !== b.ingestDistinctId && 'distinct_id',
  ];
  return differing.filter((part) => part !== false).join(' and ');
}
