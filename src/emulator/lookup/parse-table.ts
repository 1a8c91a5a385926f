import { parse } from 'csv-parse/sync';
import { readCell } from './read-cell.js';

/** A row that cannot be taken, counted from 0, the header row included. */
export interface FailedRow {
  readonly index: number;
  readonly message: string;
}

/** A table read from CSV, or what is wrong with it. */
export type ParsedTable =
  | {
      readonly ok: true;
      readonly columns: readonly string[];
      readonly rows: readonly (readonly unknown[])[];
    }
  | { readonly ok: false; readonly error: string; readonly failed: readonly FailedRow[] };

/** Failed rows that an answer lists (L-4). */
const MAX_FAILED_COUNT = 10;

/** Reads a lookup table: RFC 4180, a header row of unique names, the first column a unique key that is not blank (L-3). */
export function parseTable(csv: Buffer): ParsedTable {
  let lines: string[][];
  try {
    lines = parse(csv, { bom: true, relax_column_count: true });
  } catch (cause) {
    return refused(`the CSV cannot be read: ${(cause as Error).message}`);
  }
  const headerIndex = lines.findIndex((line) => !isBlank(line));
  const columns = lines[headerIndex];
  if (!columns) {
    return refused('the CSV has no header row');
  }
  if (columns.some((name) => name.trim() === '') || new Set(columns).size < columns.length) {
    return refused('the names in the header row must be unique and not blank');
  }
  // A blank line is no row, but where one column is all there is: there it is a row with a blank key (L-4).
  const entries = [...lines.entries()]
    .slice(headerIndex + 1)
    .filter(([, line]) => columns.length === 1 || !isBlank(line));
  const rows = entries.map(([, line]) => line);
  const failed = findFailedRows(entries, columns.length);
  return failed.length > 0
    ? { ok: false, error: 'some rows are invalid', failed: failed.slice(0, MAX_FAILED_COUNT) }
    : { ok: true, columns, rows: rows.map((row) => row.map(readCell)) };
}

function isBlank(line: readonly string[]): boolean {
  return line.length <= 1 && (line[0] ?? '') === '';
}

function findFailedRows(
  entries: readonly (readonly [index: number, row: readonly string[]])[],
  width: number,
): readonly FailedRow[] {
  const failed: FailedRow[] = [];
  const seenAt = new Map<string, number>();
  for (const [index, row] of entries) {
    const key = row[0] ?? '';
    const value = keyOf(key);
    const earlier = seenAt.get(value);
    if (row.length !== width) {
      failed.push({ index, message: 'invalid row: wrong number of fields' });
    } else if (key.trim() === '') {
      failed.push({ index, message: 'primary key is required and cannot be blank' });
    } else if (earlier !== undefined) {
      const message = `invalid row: row indexes ${earlier} and ${index} have the same primary key`;
      failed.push({ index, message });
    } else {
      seenAt.set(value, index);
    }
  }
  return failed;
}

/** What a key is compared by: two texts of one value, such as `1` and `1.0`, are one key. */
function keyOf(text: string): string {
  const value = readCell(text);
  return typeof value === 'string' ? `text ${value}` : JSON.stringify(value);
}

function refused(error: string): ParsedTable {
  return { ok: false, error, failed: [] };
}
