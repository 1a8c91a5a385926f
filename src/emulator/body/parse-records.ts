import { MAX_BATCH_COUNT } from '../../wire.js';
import { countElements } from './count-elements.js';
import { isTooDeep } from './nesting.js';

type Parsed =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: string };

/** Shorter texts are read at once, however many records they hold. */
const MAX_UNCOUNTED_COUNT = 100_000;

/** Reads the records of a JSON text. Where there are more than are taken, they are counted and not read. */
export function parseRecords(
  text: string,
  recordsOf: (value: unknown) => readonly unknown[],
):
  | { readonly ok: true; readonly records: readonly unknown[] }
  | { readonly ok: false; readonly error: string } {
  const count = text.length > MAX_UNCOUNTED_COUNT ? countElements(text) : 0;
  if (count > MAX_BATCH_COUNT) {
    return { ok: true, records: unreadRecords(count) };
  }
  const parsed = parseJson(text);
  return parsed.ok ? { ok: true, records: recordsOf(parsed.value) } : parsed;
}

/** So many records are going to be refused for their number, whatever is in them: only that is told. */
export function unreadRecords(count: number): readonly unknown[] {
  const records: unknown[] = [];
  records.length = count;
  return records;
}

/** Reads a JSON text. */
export function parseJson(text: string): Parsed {
  try {
    const value: unknown = JSON.parse(text);
    return isTooDeep(value) ? { ok: false, error: 'data, nested too deeply' } : { ok: true, value };
  } catch (cause) {
    return { ok: false, error: `data, invalid JSON: ${(cause as Error).message}` };
  }
}
