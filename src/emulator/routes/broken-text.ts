import type { RecordBody } from '../body/record-body.js';
import type { Ledger } from '../store/ledger.js';
import type { EventRecord } from './event-record.js';
import type { RecordProblem } from './import-record.js';

/** What to do about a body that cannot be read at all. */
export const BODY_ADVICE =
  'Send JSON as application/json, or as the field data of a form, in the text itself or in base64.';

/** What a decoder puts in place of bytes that are no text. */
const REPLACEMENT = '\uFFFD';
const PROBLEM = 'string should be valid utf8';

/** The first text of a record that was not UTF-8 (I-6), where the record came in such a body; `undefined` when there is none. */
export function findBrokenText({ event, properties }: EventRecord): RecordProblem | undefined {
  if (event.includes(REPLACEMENT)) {
    return { field: 'event', message: `'event' is invalid: ${PROBLEM}` };
  }
  const broken = Object.entries(properties).find((entry) =>
    JSON.stringify(entry).includes(REPLACEMENT),
  );
  const field = `properties.${broken?.[0] ?? ''}`;
  return broken ? { field, message: `${field} is invalid: ${PROBLEM}` } : undefined;
}

/** Warns of a body that was altered by reading it. Nobody knows what the service makes of one. */
export function warnBrokenText(ledger: Ledger, endpoint: string, body: RecordBody): void {
  if (body.ok && !body.isUtf8) {
    ledger.warnings.add(
      'invalid-utf8',
      `A body on ${endpoint} is not valid UTF-8: what could not be read became U+FFFD, and strict /import refuses it. Encode bodies as UTF-8.`,
    );
  }
}
