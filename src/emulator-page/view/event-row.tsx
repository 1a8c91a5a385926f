import { clockTime, eventTimeMs } from '../model/format.js';
import { arrivalTimeMs, failureCode, rowTitle, type Row, type WarningIndex } from '../model/row.js';
import { IdLabel } from './glyph.js';

/** How long a new line stays marked as new. */
const NEW_MS = 1_500;

/** What stands out about an event, as words: duplicate, refused, dropped and why, or what was warned of. */
function Marks({ row, warnings }: { row: Row; warnings: WarningIndex }) {
  if (row.dropReason !== undefined) {
    return (
      <span class="mark">
        <span class="mark-detail">{row.dropReason}</span> <em>dropped</em>
      </span>
    );
  }
  if (failureCode(row) !== undefined) {
    return (
      <span class="mark">
        <em>merge refused</em>
      </span>
    );
  }
  if (row.duplicateOf !== null) return <span class="mark">duplicate</span>;
  const code = warnings.get(row.seq)?.[0]?.code;
  return code === undefined ? (
    <span />
  ) : (
    <span class="mark">
      <span class="mark-detail">{code}</span> <em>warning</em>
    </span>
  );
}

/** Who sent the event, and whom it counts for now where that is another id. */
function Person({ row }: { row: Row }) {
  if (row.ingestDistinctId === '') return <span class="person quiet">nobody</span>;
  const isMoved = row.dropReason === undefined && row.distinctId !== row.ingestDistinctId;
  return (
    <span class="person">
      <IdLabel id={row.ingestDistinctId} />
      {isMoved && (
        <>
          <span class="arrow">
            <span class="visually-hidden">counts for</span>
            <span aria-hidden="true">→</span>
          </span>
          <IdLabel id={row.distinctId} />
        </>
      )}
    </span>
  );
}

/** One line of the stream, with the time of arrival. */
export function EventRow({ row, warnings }: { row: Row; warnings: WarningIndex }) {
  const nowMs = Date.now();
  const isNew = row.heardAtMs !== undefined && nowMs - row.heardAtMs < NEW_MS;
  const isSecondary = row.duplicateOf !== null || row.dropReason !== undefined;
  const timeMs = arrivalTimeMs(row) ?? row.heardAtMs ?? eventTimeMs(row.properties['time']);
  return (
    <div class={`event-row${isSecondary ? ' is-secondary' : ''}${isNew ? ' is-new' : ''}`}>
      <time class="time">{clockTime(timeMs, nowMs)}</time>
      <span class="event-name" title={row.event}>
        {rowTitle(row)}
      </span>
      <Person row={row} />
      <Marks row={row} warnings={warnings} />
    </div>
  );
}
