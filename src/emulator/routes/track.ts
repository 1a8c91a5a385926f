import { MAX_BATCH_COUNT } from '../../wire.js';
import { readRecordBody } from '../body/record-body.js';
import type { DropReason, IdentitySystemName } from '../emulator-state.js';
import { idText } from '../rules/id-text.js';
import type { Ledger } from '../store/ledger.js';
import { isRecord } from '../is-record.js';
import { receiveEvent } from './receive-event.js';
import { jsonAnswer } from '../body/service-request.js';
import type { ServiceAnswer, ServiceRequest } from '../body/service-request.js';
import { BODY_ADVICE, warnBrokenText } from './broken-text.js';
import { findVerbProblem, readEvent } from './event-record.js';
import type { EventRecord } from './event-record.js';
import { legacyAnswer } from './legacy-answer.js';
import { createSizeCheck } from './record-size.js';
import { refuseTooMany } from './too-many-records.js';

interface FailedRecord {
  readonly index: number;
  readonly insert_id: string;
  readonly field: string;
  readonly message: string;
}

/** Takes in events as they happen (section 1). */
export function answerTrack(ledger: Ledger, request: ServiceRequest): ServiceAnswer {
  const body = readRecordBody(request);
  const parameters = { ...body.parameters, ...request.query };
  if (!body.ok) {
    ledger.warnings.add(
      'unreadable-body',
      `A body on /track could not be read: ${body.error}. ${BODY_ADVICE}`,
    );
    const result = { count: 0, validCount: 0, firstError: body.error };
    return legacyAnswer(ledger.project, request, parameters, result);
  }
  const { records } = body;
  if (records.length > MAX_BATCH_COUNT) {
    return refuseTooMany(ledger, '/track', records);
  }
  warnBrokenText(ledger, '/track', body);
  const findSizeProblem = createSizeCheck(request);
  const failed: FailedRecord[] = [];
  for (const [index, record] of records.entries()) {
    const read = readEvent(record);
    const sizeProblem = findSizeProblem(record);
    const problem =
      findProblem(record, read, ledger.project.system) ?? (sizeProblem && `event, ${sizeProblem}`);
    if (problem === undefined) {
      takeEvent(ledger, read, request.address, parameters['ip'] === '1');
    } else {
      refuseInvalid(ledger, read, problem);
      failed.push({
        index,
        insert_id: insertIdOf(read),
        field: fieldOf(problem),
        message: problem,
      });
    }
  }
  return parameters['strict'] === '1'
    ? strictAnswer(records.length, failed)
    : legacyAnswer(ledger.project, request, parameters, {
        count: records.length,
        validCount: records.length - failed.length,
        firstError: failed[0]?.message,
      });
}

/** Keeps the event, unless it belongs to another project: the answer is the same (T-20). */
function takeEvent(ledger: Ledger, read: EventRecord, address: string, usesAddress: boolean): void {
  const token = idText(read.properties['token']) ?? '';
  const verdict = ledger.tokens.judge(token);
  if (verdict === 'ours') {
    receiveEvent(ledger, { ...read, endpoint: '/track', address, usesAddress });
    return;
  }
  const reason = verdict === 'unknown' ? 'unknown-token' : 'wrong-region';
  ledger.warnings.add(reason, ledger.tokens.explain(token), refuse(ledger, read, reason));
}

/** What is wrong with a record (T-23); `undefined` when it is valid. */
function findProblem(
  record: unknown,
  read: EventRecord,
  system: IdentitySystemName,
): string | undefined {
  if (!isRecord(record)) {
    return 'record, must be an object';
  }
  if (read.event.trim() === '') {
    return 'event, missing';
  }
  return idText(read.properties['token'])
    ? findVerbProblem(read, system)
    : 'token, missing or empty';
}

function refuseInvalid(ledger: Ledger, read: EventRecord, problem: string): void {
  const seq = refuse(ledger, read, 'invalid-record');
  ledger.warnings.add(
    'invalid-record',
    `A record on /track was refused: ${problem}. Correct the record and send it again.`,
    seq,
  );
}

function refuse(ledger: Ledger, { event, properties }: EventRecord, reason: DropReason): number {
  const distinctId = idText(properties['distinct_id']) ?? '';
  return ledger.store.refuse({ endpoint: '/track', event, sent: properties, distinctId, reason });
}

/** As /import answers under strict (T-29; the real shape is not documented). */
function strictAnswer(count: number, failed: readonly FailedRecord[]): ServiceAnswer {
  const imported = { num_records_imported: count - failed.length };
  return failed.length === 0
    ? jsonAnswer(200, { code: 200, ...imported, status: 'OK' }, count)
    : jsonAnswer(
        400,
        {
          code: 400,
          error: 'some data points in the request failed validation',
          status: 'Bad Request',
          ...imported,
          failed_records: failed,
        },
        count,
      );
}

function insertIdOf({ properties }: EventRecord): string {
  return idText(properties['$insert_id']) ?? '';
}

function fieldOf(problem: string): string {
  const [name = ''] = problem.split(',');
  return name === 'event' || name === 'record' ? name : `properties.${name}`;
}
