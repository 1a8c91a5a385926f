import { MAX_BATCH_COUNT } from '../../wire.js';
import { readRecordBody } from '../body/record-body.js';
import type { DropReason } from '../emulator-state.js';
import { idText } from '../rules/id-text.js';
import type { Ledger } from '../store/ledger.js';
import type { SentParameters } from '../body/sent-parameters.js';
import { isRecord } from '../is-record.js';
import type { ServiceAnswer, ServiceRequest } from '../body/service-request.js';
import { BODY_ADVICE, warnBrokenText } from './broken-text.js';
import { legacyAnswer } from './legacy-answer.js';
import { createSizeCheck } from './record-size.js';
import { refuseTooMany } from './too-many-records.js';

/** What /engage and /groups differ in. */
export interface UpdateKind {
  readonly endpoint: string;
  /** What is wrong with an update; `undefined` when it is valid. */
  findProblem(record: Readonly<Record<string, unknown>>): string | undefined;
  /** Applies a valid update of this project. Answers what is wrong with it after all. */
  apply(record: Readonly<Record<string, unknown>>, parameters: SentParameters): string | undefined;
}

/** Takes in a batch of updates (P-1): the answer is that of /track. */
export function answerUpdates(
  ledger: Ledger,
  request: ServiceRequest,
  kind: UpdateKind,
): ServiceAnswer {
  const body = readRecordBody(request);
  const parameters = { ...body.parameters, ...request.query };
  if (!body.ok) {
    ledger.warnings.add(
      'unreadable-body',
      `A body on ${kind.endpoint} could not be read: ${body.error}. ${BODY_ADVICE}`,
    );
    const result = { count: 0, validCount: 0, firstError: body.error };
    return legacyAnswer(ledger.project, request, parameters, result);
  }
  const { records } = body;
  if (records.length > MAX_BATCH_COUNT) {
    return refuseTooMany(ledger, kind.endpoint, records);
  }
  warnBrokenText(ledger, kind.endpoint, body);
  const findSizeProblem = createSizeCheck(request);
  const problems = records
    .map((record) => {
      const sizeProblem = findSizeProblem(record);
      return sizeProblem === undefined
        ? takeUpdate(ledger, kind, record, parameters)
        : refuseInvalid(ledger, kind, isRecord(record) ? record : {}, `record, ${sizeProblem}`);
    })
    .filter((problem) => problem !== undefined);
  return legacyAnswer(ledger.project, request, parameters, {
    count: records.length,
    validCount: records.length - problems.length,
    firstError: problems[0],
  });
}

function takeUpdate(
  ledger: Ledger,
  kind: UpdateKind,
  record: unknown,
  parameters: SentParameters,
): string | undefined {
  if (!isRecord(record)) {
    return refuseInvalid(ledger, kind, {}, 'record, must be an object');
  }
  const problem = kind.findProblem(record);
  if (problem !== undefined) {
    return refuseInvalid(ledger, kind, record, problem);
  }
  const token = idText(record['$token']) ?? '';
  const verdict = ledger.tokens.judge(token);
  if (verdict !== 'ours') {
    const reason = verdict === 'unknown' ? 'unknown-token' : 'wrong-region';
    const seq = refuse(ledger, kind, record, reason);
    ledger.warnings.add(reason, ledger.tokens.explain(token), seq);
    return undefined;
  }
  const late = kind.apply(record, parameters);
  return late === undefined ? undefined : refuseInvalid(ledger, kind, record, late);
}

function refuseInvalid(
  ledger: Ledger,
  kind: UpdateKind,
  record: Readonly<Record<string, unknown>>,
  problem: string,
): string {
  const seq = refuse(ledger, kind, record, 'invalid-record');
  ledger.warnings.add(
    'invalid-record',
    `An update on ${kind.endpoint} was refused: ${problem}. Correct the update and send it again.`,
    seq,
  );
  return problem;
}

function refuse(
  ledger: Ledger,
  { endpoint }: UpdateKind,
  record: Readonly<Record<string, unknown>>,
  reason: DropReason,
): number {
  const distinctId = idText(record['$distinct_id']) ?? '';
  return ledger.store.refuse({ endpoint, event: '', sent: record, distinctId, reason });
}
