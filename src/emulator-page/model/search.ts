import { isOfKind, type Row, type RowKind, type WarningIndex } from './row.js';

/** What the stream is narrowed to. */
export interface RowFilter {
  /** Words that must all occur in the event's name, ids or properties, in any letter case. */
  readonly query: string;
  readonly kind: RowKind;
  /** Ids of one person; `undefined` for everybody. */
  readonly personIds: ReadonlySet<string> | undefined;
}

/** Everything, unfiltered. */
export const NO_FILTER: RowFilter = { query: '', kind: 'all', personIds: undefined };

// A row's text is made once; when the row is replaced by a re-keyed one the old entry goes with it.
const haystacks = new WeakMap<Row, string>();

/** The text in which a row is searched, lower case. */
function haystack(row: Row): string {
  const known = haystacks.get(row);
  if (known !== undefined) return known;
  const text = [
    row.event,
    row.ingestDistinctId,
    row.distinctId,
    row.dropReason ?? '',
    JSON.stringify(row.properties),
  ]
    .join('\n')
    .toLowerCase();
  haystacks.set(row, text);
  return text;
}

/** The words of a query, lower case. */
export function queryWords(query: string): readonly string[] {
  return query.toLowerCase().split(/\s+/u).filter(Boolean);
}

function isOfPerson(row: Row, personIds: ReadonlySet<string> | undefined): boolean {
  return !personIds || personIds.has(row.ingestDistinctId) || personIds.has(row.distinctId);
}

/** A predicate for one filter, to be applied to many rows. */
export function rowMatcher(filter: RowFilter, warnings: WarningIndex): (row: Row) => boolean {
  const words = queryWords(filter.query);
  return (row) =>
    isOfKind(row, filter.kind, warnings) &&
    isOfPerson(row, filter.personIds) &&
    words.every((word) => haystack(row).includes(word));
}

/** Whether the filter narrows anything at all. */
export function isFiltering(filter: RowFilter): boolean {
  return filter.kind !== 'all' || filter.personIds !== undefined || filter.query.trim() !== '';
}
