import { CREATE_ALIAS_EVENT, IDENTIFY_EVENT, MERGE_EVENT } from '../../wire.js';
import { readRecordBody } from '../body/record-body.js';
import { judgeCredentials } from '../access/credentials.js';
import { idText } from '../rules/id-text.js';
import type { Ledger } from '../store/ledger.js';
import { isRecord } from '../is-record.js';
import { receiveEvent } from './receive-event.js';
import { jsonAnswer } from '../body/service-request.js';
import type { ServiceAnswer, ServiceRequest } from '../body/service-request.js';

interface Wrapper {
  readonly event: string;
  readonly required: readonly string[];
}

/** Paths known from a third party's description only, each a wrapper of one identity verb (E-2). */
const WRAPPERS: Readonly<Record<string, Wrapper>> = {
  '/identity/create': { event: IDENTIFY_EVENT, required: ['$identified_id', '$anon_id'] },
  '/identity/create-alias': { event: CREATE_ALIAS_EVENT, required: ['alias', 'distinct_id'] },
  '/identity/merge': { event: MERGE_EVENT, required: [] },
};

/** Answers one of `/identity/*`. */
export function answerIdentity(ledger: Ledger, request: ServiceRequest): ServiceAnswer {
  const shown = { authorization: request.authorization, projectId: 'any', apiKey: undefined };
  const verdict = judgeCredentials(shown, ledger.project, ledger.tokens);
  if (!verdict.isValid) {
    return jsonAnswer(401, { code: 401, error: verdict.error, status: 'Unauthorized' });
  }
  const body = readRecordBody(request);
  if (!body.ok) {
    return refused(body.error);
  }
  const [record] = body.records;
  const wrapper = WRAPPERS[request.path];
  if (!isRecord(record) || body.records.length !== 1 || !wrapper) {
    return refused('body, must be one object');
  }
  const problem = findProblem(record, wrapper);
  if (problem !== undefined) {
    return refused(problem);
  }
  const { $token, ...properties } = record;
  const token = idText($token) ?? '';
  const verdictOnToken = ledger.tokens.judge(token);
  if (verdictOnToken === 'ours') {
    const { event } = wrapper;
    const { path: endpoint, address } = request;
    const sent = { ...properties, token };
    receiveEvent(ledger, { event, properties: sent, endpoint, address, usesAddress: false });
  } else {
    ledger.warnings.add('unknown-token', ledger.tokens.explain(token));
  }
  // oxlint-disable-next-line unicorn/no-null -- JSON
  return jsonAnswer(200, { status: 1, error: null }, 1);
}

function findProblem(
  record: Readonly<Record<string, unknown>>,
  wrapper: Wrapper,
): string | undefined {
  const missing = ['$token', ...wrapper.required].find((name) => !idText(record[name]));
  if (missing !== undefined) {
    return `${missing}, missing or empty`;
  }
  const ids = record['$distinct_ids'];
  const isPair = Array.isArray(ids) && ids.length === 2 && ids.every((id) => idText(id));
  return wrapper.event === MERGE_EVENT && !isPair
    ? '$distinct_ids, must hold exactly two ids'
    : undefined;
}

function refused(error: string): ServiceAnswer {
  return jsonAnswer(400, { status: 0, error });
}
