import { isClockTime } from '../clock.js';
import type { ServiceRequest } from '../body/service-request.js';
import { isRecord } from '../is-record.js';
import { resolveProject } from '../project-config.js';
import type { ProjectConfig } from '../project-config.js';
import { redactProject, redactRequest } from './redact.js';

/** One line of a journal. */
export type JournalLine =
  | { readonly kind: 'project'; readonly project: ProjectConfig }
  /** The clock was set to stand, in seconds, or returned to the machine's. */
  | { readonly kind: 'clock'; readonly now: number | null }
  | {
      readonly kind: 'request';
      /** When it was received, by the emulator's clock. */
      readonly atMs: number;
      /** Size of the body as it travelled. */
      readonly bytes: number;
      /** The connection was cut instead of answering. @default false */
      readonly isCut?: boolean;
      readonly request: ServiceRequest;
    };

/** A line as text, without the line end, and without secrets. */
export function writeLine(line: JournalLine): string {
  switch (line.kind) {
    case 'project':
      return oneLine({ ...line, project: redactProject(line.project) });
    case 'clock':
      return oneLine(line);
    case 'request': {
      const { body, ...rest } = redactRequest(line.request);
      const text = body.toString('utf8');
      const isText = Buffer.from(text, 'utf8').equals(body);
      const content = isText ? { text } : { base64: body.toString('base64') };
      return oneLine({ ...line, request: { ...rest, ...content } });
    }
  }
}

/** JSON without the two characters that are line ends to some readers, though not to this one. */
function oneLine(value: unknown): string {
  return JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}

/** Reads a line back; `undefined` when it is not one, or holds what none that was written could hold. */
export function readLine(text: string): JournalLine | undefined {
  const value = parse(text);
  if (!isRecord(value)) {
    return undefined;
  }
  switch (value['kind']) {
    case 'project':
      return isProject(value['project'])
        ? { kind: 'project', project: value['project'] }
        : undefined;
    case 'clock':
      return readClock(value['now']);
    case 'request':
      return readReceived(value);
    default:
      return undefined;
  }
}

/** An older or a newer version may have had other settings. */
function isProject(value: unknown): value is ProjectConfig {
  try {
    return isRecord(value) && resolveProject(value) !== undefined;
  } catch {
    // It says what is wrong by throwing; the caller says which line it is.
    return false;
  }
}

function readClock(now: unknown): JournalLine | undefined {
  return now === null || isClockTime(now) ? { kind: 'clock', now } : undefined;
}

function readReceived({
  atMs,
  bytes,
  isCut,
  request,
}: Readonly<Record<string, unknown>>): JournalLine | undefined {
  const read = readRequest(request);
  const isMoment = typeof atMs === 'number' && isClockTime(atMs / 1_000);
  return read && isMoment && Number.isSafeInteger(bytes)
    ? { kind: 'request', atMs, bytes: Number(bytes), isCut: isCut === true, request: read }
    : undefined;
}

function readRequest(value: unknown): ServiceRequest | undefined {
  if (!isRecord(value)) {
    return undefined;
  }
  const { text, base64, query, isQueryUtf8 = true, ...rest } = value;
  const names = ['method', 'path', 'contentType', 'authorization', 'address', 'host'] as const;
  const isWhole =
    isRecord(query) &&
    [...Object.values(query), ...names.map((name) => rest[name])].every(isText) &&
    typeof isQueryUtf8 === 'boolean' &&
    (isText(text) || isText(base64));
  return isWhole
    ? ({
        ...Object.fromEntries(names.map((name) => [name, rest[name]])),
        query,
        isQueryUtf8,
        body: isText(text) ? Buffer.from(text) : Buffer.from(String(base64), 'base64'),
      } as unknown as ServiceRequest)
    : undefined;
}

const isText = (value: unknown): value is string => typeof value === 'string';

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A torn line: the caller is told by the missing value.
    return undefined;
  }
}
