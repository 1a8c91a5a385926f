import { isUtf8 } from 'node:buffer';
import type { SentParameters } from './sent-parameters.js';
import { MAX_BATCH_COUNT } from '../../wire.js';
import { countLines } from './count-lines.js';
import { isFormUtf8, readForm } from './form-fields.js';
import { parseJson, parseRecords, unreadRecords } from './parse-records.js';

/** A form in which records travel; `form` stands for the legacy shapes, `data=…` in a body or a query. */
export type RecordForm = 'json' | 'ndjson' | 'form';

/** The records of a body, and the form they came in. */
export type RecordBody =
  | {
      readonly ok: true;
      readonly records: readonly unknown[];
      readonly form: RecordForm;
      /** Parameters that travelled in the form body (section 1.2). */
      readonly parameters: SentParameters;
      /** NDJSON lines that could not be read, by index. */
      readonly brokenLines: ReadonlyMap<number, string>;
      /** Whether the text was UTF-8. What was not stands in the records as U+FFFD. */
      readonly isUtf8: boolean;
    }
  | {
      readonly ok: false;
      readonly error: string;
      readonly parameters: SentParameters;
    };

/** What a body is made from. */
export interface BodySource {
  readonly method: string;
  readonly contentType: string;
  readonly query: SentParameters;
  /** Whether the query was UTF-8, its escapes undone. @default true */
  readonly isQueryUtf8?: boolean;
  /** Unpacked. */
  readonly body: Buffer;
}

const NO_LINES: ReadonlyMap<number, string> = new Map();

/**
 * Reads every form in which records travel (T-1 to T-7, I-2): a JSON array, object or `{data: …}`, NDJSON, and `data=`
 * as JSON or base64 in a form, a beacon's text or a query.
 */
export function readRecordBody(source: BodySource): RecordBody {
  if (source.method === 'GET') {
    return fromData(source.query['data'], {}, source.isQueryUtf8);
  }
  switch (formOf(source.contentType, source.body)) {
    case 'json':
      return fromJson(source.body);
    case 'ndjson':
      return fromNdjson(source.body);
    case 'form':
      return fromForm(source.body);
    default:
      return {
        ok: false,
        error: `content type, "${mediaType(source.contentType)}" is not one of application/json, application/x-ndjson, application/x-www-form-urlencoded, text/plain`,
        parameters: {},
      };
  }
}

/** The form that a body has by its content type, and where that says nothing by its beginning. */
export function formOf(contentType: string, body: Buffer): RecordForm | undefined {
  switch (mediaType(contentType)) {
    case 'application/json':
      return 'json';
    case 'application/x-ndjson':
      return 'ndjson';
    case 'application/x-www-form-urlencoded':
    case 'text/plain':
      return 'form';
    case '':
    case 'application/octet-stream':
      return /^\s*[[{]/.test(body.subarray(0, 64).toString('latin1')) ? 'json' : 'form';
    default:
      return undefined;
  }
}

function mediaType(contentType: string): string {
  return (contentType.split(';')[0] ?? '').trim().toLowerCase();
}

function fromForm(body: Buffer): RecordBody {
  const { data, ...parameters } = readForm(body.toString('utf8'));
  // Unescaping a second time is for the few bodies in which something was replaced, or had been already.
  const isText = isUtf8(body) && (!data?.includes('\uFFFD') || isFormUtf8(body));
  return fromData(data, parameters, isText);
}

function fromData(
  data: string | undefined,
  parameters: SentParameters,
  isTextUtf8 = true,
): RecordBody {
  if (data === undefined || data.trim() === '') {
    return { ok: false, error: 'data, missing or empty', parameters };
  }
  const isJson = /^\s*[[{]/.test(data);
  const decoded = isJson ? undefined : decodeBase64(data);
  if (!isJson && decoded === undefined) {
    return { ok: false, error: 'data, neither JSON nor base64', parameters };
  }
  const parsed = parseRecords(decoded?.toString('utf8') ?? data, asRecords);
  return parsed.ok
    ? {
        ok: true,
        records: parsed.records,
        form: 'form',
        parameters,
        brokenLines: NO_LINES,
        isUtf8: isTextUtf8 && (decoded === undefined || isUtf8(decoded)),
      }
    : { ok: false, error: parsed.error, parameters };
}

function fromJson(body: Buffer): RecordBody {
  const parsed = parseRecords(body.toString('utf8'), unwrap);
  return parsed.ok
    ? {
        ok: true,
        records: parsed.records,
        form: 'json',
        parameters: {},
        brokenLines: NO_LINES,
        isUtf8: isUtf8(body),
      }
    : { ok: false, error: parsed.error, parameters: {} };
}

function fromNdjson(body: Buffer): RecordBody {
  const records: unknown[] = [];
  const brokenLines = new Map<number, string>();
  const count = countLines(body);
  if (count > MAX_BATCH_COUNT) {
    const unread = unreadRecords(count);
    return { ok: true, records: unread, form: 'ndjson', parameters: {}, brokenLines, isUtf8: true };
  }
  for (const line of body.toString('utf8').split('\n')) {
    if (line.trim() === '') {
      continue;
    }
    const parsed = parseJson(line);
    if (!parsed.ok) {
      brokenLines.set(records.length, parsed.error);
    }
    // oxlint-disable-next-line unicorn/no-null -- JSON
    records.push(parsed.ok ? parsed.value : null);
  }
  return { ok: true, records, form: 'ndjson', parameters: {}, brokenLines, isUtf8: isUtf8(body) };
}

/** `{data: …}` stands in one third-party description only: taken as leniency (T-6). */
function unwrap(value: unknown): readonly unknown[] {
  const isWrapper =
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    'data' in value &&
    !('event' in value) &&
    !('$token' in value);
  if (!isWrapper) {
    return asRecords(value);
  }
  const inner = value.data;
  if (typeof inner !== 'string') {
    return asRecords(inner);
  }
  const unpacked = fromData(inner, {});
  // oxlint-disable-next-line unicorn/no-null -- JSON
  return unpacked.ok ? unpacked.records : [null];
}

function asRecords(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

/** Both alphabets, with or without padding; a `+` that a form turned into a space is taken back (T-4). */
function decodeBase64(text: string): Buffer | undefined {
  const compact = text
    .trim()
    .replaceAll(' ', '+')
    .replace(/[\r\n]/g, '');
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(compact)) {
    return undefined;
  }
  return Buffer.from(compact, 'base64');
}

/** Records in a body that is not going to be taken in; 0 when it cannot be read. */
export function countRecords(source: BodySource): number {
  const body = readRecordBody(source);
  return body.ok ? body.records.length : 0;
}
