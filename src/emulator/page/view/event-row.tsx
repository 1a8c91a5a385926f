import { clockTime, eventTimeMs } from '../model/format.js';
import { failureCode, type Row, type WarningIndex } from '../model/row.js';
import { IdLabel } from './glyph.js';

/** What stands out about an event, as words: duplicate, refused, warning, dropped. */
function Marks({ row, warnings }: { row: Row; warnings: WarningIndex }) {
  const refused = failureCode(row) !== undefined;
  return (
    <span class="marks">
      {row.duplicateOf !== null && <span class="mark">duplicate</span>}
      {refused && <span class="mark mark-alert">refused</span>}
      {row.dropReason !== undefined && <span class="mark mark-alert">dropped</span>}
      {row.dropReason === undefined && !refused && warnings.has(row.seq) && (
        <span class="mark mark-alert">warning</span>
      )}
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
          <span class="arrow" aria-label="counts for">
            →
          </span>
          <IdLabel id={row.distinctId} kind="user" />
        </>
      )}
    </span>
  );
}

/** One line of the stream. */
export function EventRow({ row, warnings }: { row: Row; warnings: WarningIndex }) {
  const isSecondary = row.duplicateOf !== null || row.dropReason !== undefined;
  return (
    <div class={isSecondary ? 'event-row is-secondary' : 'event-row'}>
      <time class="time">{clockTime(eventTimeMs(row.properties['time']))}</time>
      <span class="event-name" title={row.event}>
        {row.event || `${row.endpoint} update`}
      </span>
      <Person row={row} />
      <Marks row={row} warnings={warnings} />
    </div>
  );
}
