import { readRecordBody } from '../body/record-body.js';
import type { RecordBody } from '../body/record-body.js';
import { judgeCredentials } from '../access/credentials.js';
import type { DropReason } from '../emulator-state.js';
import { idText } from '../rules/id-text.js';
import type { Ledger } from '../store/ledger.js';
import type { SentParameters } from '../body/sent-parameters.js';
import { receiveEvent } from './receive-event.js';
import { jsonAnswer } from '../body/service-request.js';
import type { ServiceAnswer, ServiceRequest } from '../body/service-request.js';
import { MAX_BATCH_COUNT } from '../../wire.js';
import { findBrokenText, warnBrokenText } from './broken-text.js';
import { readEvent } from './event-record.js';
import { findFatalProblem, findImportProblem } from './import-record.js';
import type { RecordProblem } from './import-record.js';
import { legacyAnswer } from './legacy-answer.js';
import { createSizeCheck } from './record-size.js';
import { refuseTooMany } from './too-many-records.js';

type ReadRecords = Extract<RecordBody, { ok: true }>;

interface FailedRecord extends RecordProblem {
  readonly index: number;
  readonly insert_id: string;
}

/** Takes in events of any age (section 2). */
export function answerImport(ledger: Ledger, request: ServiceRequest): ServiceAnswer {
  const body = readRecordBody(request);
  const parameters = { ...body.parameters, ...request.query };
  if (body.ok && body.records.length > MAX_BATCH_COUNT) {
    return refuseTooMany(ledger, '/import', body.records);
  }
  const verdict = judgeCredentials(
    {
      authorization: request.authorization,
      projectId: parameters['project_id'],
      apiKey: parameters['api_key'],
    },
    ledger.project,
    ledger.tokens,
  );
  if (!verdict.isValid) {
    const records = body.ok ? body.records : [];
    for (const record of records) {
      refuse(ledger, record, 'unauthorized');
    }
    const { error, warning } = verdict;
    if (warning !== undefined) {
      ledger.warnings.add('credentials-refused', warning);
    }
    return jsonAnswer(401, { code: 401, error, status: 'Unauthorized' }, records.length);
  }
  if (verdict.warning !== undefined) {
    ledger.warnings.add('legacy-credentials', verdict.warning);
  }
  if (!body.ok) {
    return jsonAnswer(400, { code: 400, error: body.error, status: 'Bad Request' });
  }
  warnBrokenText(ledger, '/import', body);
  const isStrict = readStrict(parameters['strict'], body);
  const failed = takeRecords(ledger, request, body, isStrict, parameters['ip'] !== '0');
  return answer(ledger, request, parameters, body, failed);
}

/** On by default (I-3); the legacy forms know no strictness unless they ask for it. */
function readStrict(parameter: string | undefined, body: ReadRecords): boolean {
  return parameter === undefined ? body.form !== 'form' : parameter !== '0';
}

function takeRecords(
  ledger: Ledger,
  request: ServiceRequest,
  body: ReadRecords,
  isStrict: boolean,
  usesAddress: boolean,
): readonly FailedRecord[] {
  const check = { system: ledger.project.system, nowMs: ledger.clock.nowMs() };
  const findSizeProblem = createSizeCheck(request);
  const findProblem = (index: number, record: unknown): RecordProblem | undefined => {
    const brokenLine = body.brokenLines.get(index);
    const sizeProblem = findSizeProblem(record);
    if (brokenLine !== undefined || sizeProblem !== undefined) {
      return { field: '', message: brokenLine ?? `record ${sizeProblem}` };
    }
    if (!isStrict) {
      return findFatalProblem(record, check.system);
    }
    return (
      findImportProblem(record, check) ??
      (body.isUtf8 ? undefined : findBrokenText(readEvent(record)))
    );
  };
  const failed: FailedRecord[] = [];
  for (const [index, record] of body.records.entries()) {
    const problem = findProblem(index, record);
    const read = readEvent(record);
    if (problem === undefined) {
      receiveEvent(ledger, { ...read, endpoint: '/import', address: request.address, usesAddress });
      continue;
    }
    const seq = refuse(ledger, record, 'invalid-record');
    ledger.warnings.add(
      'invalid-record',
      `A record on /import was refused: ${problem.message}. Correct the record and send it again.`,
      seq,
    );
    failed.push({ index, insert_id: idText(read.properties['$insert_id']) ?? '', ...problem });
  }
  return failed;
}

function answer(
  ledger: Ledger,
  request: ServiceRequest,
  parameters: SentParameters,
  body: ReadRecords,
  failed: readonly FailedRecord[],
): ServiceAnswer {
  const count = body.records.length;
  const imported = count - failed.length;
  const isLegacy = body.form === 'form' && parameters['strict'] === undefined;
  if (isLegacy) {
    return legacyAnswer(ledger.project, request, parameters, {
      count,
      validCount: imported,
      firstError: failed[0]?.message,
    });
  }
  const isRefused = failed.length > 0 && readStrict(parameters['strict'], body);
  return isRefused
    ? jsonAnswer(
        400,
        {
          code: 400,
          error: 'some data points in the request failed validation',
          status: 'Bad Request',
          num_records_imported: imported,
          failed_records: failed,
        },
        count,
      )
    : jsonAnswer(200, { code: 200, num_records_imported: imported, status: 'OK' }, count);
}

function refuse(ledger: Ledger, record: unknown, reason: DropReason): number {
  const { event, properties } = readEvent(record);
  return ledger.store.refuse({
    endpoint: '/import',
    event,
    sent: properties,
    distinctId: idText(properties['distinct_id']) ?? '',
    reason,
  });
}
