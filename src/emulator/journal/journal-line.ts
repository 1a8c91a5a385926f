import { readBasic } from '../access/credentials.js';
import type { ServiceRequest } from '../body/service-request.js';
import { isRecord } from '../is-record.js';

/** One line of a journal. */
export type JournalLine =
  | { readonly kind: 'project'; readonly project: unknown }
  /** The clock was set to stand, in seconds, or returned to the machine's. */
  | { readonly kind: 'clock'; readonly now: number | null }
  | {
      readonly kind: 'request';
      /** When it was received, by the emulator's clock. */
      readonly atMs: number;
      /** Size of the body as it travelled. */
      readonly bytes: number;
      readonly request: ServiceRequest;
    };

/** A line as text, without the line end. Secrets of service accounts and bearers are not kept. */
export function writeLine(line: JournalLine): string {
  if (line.kind !== 'request') {
    return oneLine(line);
  }
  const { body, authorization, ...rest } = line.request;
  const text = body.toString('utf8');
  const isText = Buffer.from(text, 'utf8').equals(body);
  return oneLine({
    ...line,
    request: {
      ...rest,
      authorization: redact(authorization),
      ...(isText ? { text } : { base64: body.toString('base64') }),
    },
  });
}

/** JSON without the two characters that are line ends to some readers, though not to this one. */
function oneLine(value: unknown): string {
  return JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}

/** Reads a line back; `undefined` when it is not one. */
export function readLine(text: string): JournalLine | undefined {
  const value = parse(text);
  if (!isRecord(value)) {
    return undefined;
  }
  const { kind, now, project, atMs, bytes, request } = value;
  if (kind === 'project') {
    return { kind, project };
  }
  if (kind === 'clock' && (now === null || typeof now === 'number')) {
    return { kind, now };
  }
  const read = kind === 'request' ? readRequest(request) : undefined;
  return read && typeof atMs === 'number' && typeof bytes === 'number'
    ? { kind: 'request', atMs, bytes, request: read }
    : undefined;
}

function readRequest(value: unknown): ServiceRequest | undefined {
  if (!isRecord(value)) {
    return undefined;
  }
  const { text, base64, query, ...rest } = value;
  const names = ['method', 'path', 'contentType', 'authorization', 'address', 'host'] as const;
  const isWhole =
    isRecord(query) &&
    names.every((name) => typeof rest[name] === 'string') &&
    (typeof text === 'string' || typeof base64 === 'string');
  return isWhole
    ? ({
        ...rest,
        query,
        body: typeof text === 'string' ? Buffer.from(text) : Buffer.from(String(base64), 'base64'),
      } as unknown as ServiceRequest)
    : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A torn line: the caller is told by the missing value.
    return undefined;
  }
}

/** Leaves what decides whether credentials are taken, so that a replay judges them alike. */
function redact(authorization: string): string {
  const [scheme = '', value = ''] = authorization.trim().split(/\s+/, 2);
  if (value === '') {
    return scheme;
  }
  if (scheme.toLowerCase() !== 'basic') {
    return `${scheme} redacted`;
  }
  const { user, secret } = readBasic(value);
  const kept = `${user}:${secret === '' ? '' : 'redacted'}`;
  return `${scheme} ${Buffer.from(kept).toString('base64')}`;
}
