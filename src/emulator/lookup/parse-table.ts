import { parse } from 'csv-parse/sync';

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

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/i;
const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/i;

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
    const earlier = seenAt.get(key);
    if (row.length !== width) {
      failed.push({ index, message: 'invalid row: wrong number of fields' });
    } else if (key.trim() === '') {
      failed.push({ index, message: 'primary key is required and cannot be blank' });
    } else if (earlier !== undefined) {
      const message = `invalid row: row indexes ${earlier} and ${index} have the same primary key`;
      failed.push({ index, message });
    } else {
      seenAt.set(key, index);
    }
  }
  return failed;
}

/** A cell by what it looks like (L-3); an empty one is nothing, `null` in JSON. */
function readCell(text: string): unknown {
  if (text === '') {
    // oxlint-disable-next-line unicorn/no-null -- JSON
    return null;
  }
  if (NUMBER.test(text)) {
    return Number(text);
  }
  if (/^(?:true|false)$/i.test(text)) {
    return text.toLowerCase() === 'true';
  }
  if (RFC_3339.test(text) && !Number.isNaN(Date.parse(text))) {
    return new Date(text).toISOString();
  }
  return readList(text) ?? text;
}

function readList(text: string): readonly string[] | undefined {
  if (!text.startsWith('[')) {
    return undefined;
  }
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((entry) => typeof entry === 'string')
      ? value
      : undefined;
  } catch {
    // Not a list after all: a text may begin with a bracket.
    return undefined;
  }
}

function refused(error: string): ParsedTable {
  return { ok: false, error, failed: [] };
}
