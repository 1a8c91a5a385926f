import { CREATE_ALIAS_EVENT, IDENTIFY_EVENT, MERGE_EVENT } from '../../wire.js';
import type { IdentitySystemName } from '../emulator-state.js';
import { findShapeProblems } from '../rules/event-shape.js';
import { idText } from '../rules/id-text.js';
import { isPlaceholderId } from '../rules/placeholder-ids.js';
import { isRecord } from '../is-record.js';
import { findVerbProblem, readEvent } from './event-record.js';
import type { EventRecord } from './event-record.js';

/** Why a record of /import was refused, as the answer says it (I-5). */
export interface RecordProblem {
  /** The property that is wrong; empty for the record as a whole. */
  readonly field: string;
  readonly message: string;
}

/** What the check of a record has to know. */
export interface ImportCheck {
  readonly system: IdentitySystemName;
  readonly nowMs: number;
}

const VERBS = new Set([IDENTIFY_EVENT, CREATE_ALIAS_EVENT, MERGE_EVENT]);
const INSERT_ID = /^[A-Za-z0-9-]+$/;
const MAX_INSERT_ID_BYTES = 36;
const MAX_FUTURE_MS = 3_600_000;
const EARLIEST_MS = Date.UTC(1971, 0, 1);

/**
 * The first thing that strict /import has against a record (I-6, I-8 to I-10, I-12); `undefined` when it is valid. Messages
 * that nobody published are made up in the pattern of those that were.
 */
export function findImportProblem(record: unknown, check: ImportCheck): RecordProblem | undefined {
  if (!isRecord(record)) {
    return { field: '', message: 'record must be an object' };
  }
  const read = readEvent(record);
  if (read.event.trim() === '') {
    return { field: 'event', message: "'event' must not be missing or blank" };
  }
  if (VERBS.has(read.event)) {
    return findVerbRecordProblem(read, check.system);
  }
  return (
    findTimeProblem(read.properties['time'], check.nowMs) ??
    findInsertIdProblem(read.properties['$insert_id']) ??
    findDistinctIdProblem(read.properties, check.system) ??
    findLimitProblem(read)
  );
}

/** What is wrong with a record whatever `strict` says: it cannot be stored at all. */
export function findFatalProblem(
  record: unknown,
  system: IdentitySystemName,
): RecordProblem | undefined {
  const { event, properties } = readEvent(record);
  if (!isRecord(record) || event.trim() === '') {
    return { field: 'event', message: "'event' must not be missing or blank" };
  }
  return VERBS.has(event) && system !== 'simplified'
    ? findVerbRecordProblem({ event, properties }, system)
    : undefined;
}

function findVerbRecordProblem(
  read: EventRecord,
  system: IdentitySystemName,
): RecordProblem | undefined {
  if (system === 'simplified') {
    return {
      field: '',
      message:
        'identity events are not allowed when project is using simplified identity management',
    };
  }
  if (read.event === MERGE_EVENT) {
    const ids = read.properties['$distinct_ids'];
    const isPair = Array.isArray(ids) && ids.length === 2 && ids.every((id) => idText(id));
    return isPair ? undefined : invalid('properties.$distinct_ids', 'must hold exactly two ids');
  }
  const problem = findVerbProblem(read, system);
  const name = problem?.split(',')[0];
  return name === undefined ? undefined : invalid(`properties.${name}`, 'must not be missing');
}

function findTimeProblem(time: unknown, nowMs: number): RecordProblem | undefined {
  const field = 'properties.time';
  if (time === undefined || time === null) {
    return invalid(field, 'must not be missing');
  }
  if (typeof time !== 'number' || !Number.isFinite(time)) {
    return invalid(field, 'must be specified as seconds since epoch');
  }
  const timeMs = time > 1e11 ? time : time * 1_000;
  if (timeMs < EARLIEST_MS) {
    return invalid(field, 'must not be before 1971-01-01');
  }
  return timeMs > nowMs + MAX_FUTURE_MS ? invalid(field, 'must not be in the future') : undefined;
}

function findInsertIdProblem(value: unknown): RecordProblem | undefined {
  const field = '$insert_id';
  const insertId = idText(value) ?? '';
  if (insertId === '') {
    return invalid(field, 'must not be missing');
  }
  if (!INSERT_ID.test(insertId)) {
    return invalid(field, "must only contain alphanumeric or hyphen '-' characters");
  }
  if (Buffer.byteLength(insertId) > MAX_INSERT_ID_BYTES) {
    return invalid(field, 'must not be longer than 36 bytes');
  }
  return isPlaceholderId(insertId) ? invalid(field, `must not be "${insertId}"`) : undefined;
}

function findDistinctIdProblem(
  properties: EventRecord['properties'],
  system: IdentitySystemName,
): RecordProblem | undefined {
  const field = 'properties.distinct_id';
  const distinctId = idText(properties['distinct_id']);
  const hasOther = Boolean(idText(properties['$device_id']) || idText(properties['$user_id']));
  if (distinctId === undefined) {
    return system === 'simplified' && hasOther ? undefined : invalid(field, 'must not be missing');
  }
  return isPlaceholderId(distinctId) ? invalid(field, `must not be "${distinctId}"`) : undefined;
}

function findLimitProblem({ properties }: EventRecord): RecordProblem | undefined {
  const [first] = findShapeProblems(properties);
  if (!first) {
    return undefined;
  }
  // The one text of these that was published has no quotes around the name (I-6).
  return first.name === ''
    ? invalid('properties', first.problem)
    : {
        field: `properties.${first.name}`,
        message: `properties.${first.name} is invalid: ${first.problem}`,
      };
}

function invalid(field: string, problem: string): RecordProblem {
  return { field, message: `'${field}' is invalid: ${problem}` };
}
