import { readRecordBody } from '../body/record-body.js';
import type { Ledger } from '../ledger.js';
import { isRecord } from '../project-config.js';
import { receiveEvent } from '../receive-event.js';
import type { ServiceAnswer, ServiceRequest } from '../service-request.js';
import { CREATE_ALIAS_EVENT, IDENTIFY_EVENT } from '../../wire.js';
import { legacyAnswer } from './legacy-answer.js';
import type { BatchResult } from './legacy-answer.js';
import { idText } from '../identity/identity-system.js';

/** Takes in events as they happen (section 1). */
export function answerTrack(ledger: Ledger, request: ServiceRequest): ServiceAnswer {
  const body = readRecordBody(request);
  const parameters = { ...body.parameters, ...request.query };
  if (!body.ok) {
    return legacyAnswer(ledger.project, request, parameters, {
      count: 0,
      firstError: body.error,
      validCount: 0,
    });
  }
  let firstError: string | null = null;
  let validCount = 0;
  for (const record of body.records) {
    const problem = takeRecord(ledger, record, request.address);
    firstError ??= problem;
    validCount += problem === null ? 1 : 0;
  }
  const result: BatchResult = { count: body.records.length, validCount, firstError };
  return legacyAnswer(ledger.project, request, parameters, result);
}

/** What is wrong with a record; `null` when it is valid, kept or not. */
function takeRecord(ledger: Ledger, record: unknown, address: string): string | null {
  const problem = findProblem(record);
  const { event, properties } = readEvent(record);
  const refuse = (reason: 'invalid-record' | 'unknown-token' | 'wrong-region'): number =>
    ledger.store.refuse({
      endpoint: '/track',
      event,
      sent: properties,
      distinctId: idText(properties['distinct_id']) ?? '',
      reason,
    });
  if (problem !== null) {
    ledger.warnings.add(
      'invalid-record',
      `A record on /track was refused: ${problem}.`,
      refuse('invalid-record'),
    );
    return problem;
  }
  const token = idText(properties['token']) ?? '';
  const verdict = ledger.tokens.judge(token);
  if (verdict !== 'ours') {
    const seq = refuse(verdict === 'unknown' ? 'unknown-token' : verdict);
    ledger.warnings.add(
      verdict === 'unknown' ? 'unknown-token' : verdict,
      `Event "${event}" was sent with the token "${token}", which is not this project's ("${ledger.tokens.token()}"). The service answers success and the event is gone. Use the project's token.`,
      seq,
    );
    return null;
  }
  receiveEvent(ledger, { endpoint: '/track', event, properties, address, hasAgeLimit: true });
  return null;
}

function readEvent(record: unknown): { event: string; properties: Record<string, unknown> } {
  const { event, properties } = isRecord(record) ? record : {};
  return {
    event: typeof event === 'string' ? event : (idText(event) ?? ''),
    properties: isRecord(properties) ? properties : {},
  };
}

function findProblem(record: unknown): string | null {
  if (!isRecord(record)) {
    return 'record, must be an object';
  }
  const { event, properties } = readEvent(record);
  if (event.trim() === '') {
    return 'event, missing';
  }
  if (!idText(properties['token'])) {
    return 'token, missing or empty';
  }
  return findVerbProblem(event, properties);
}

/** An identity verb must name whom it is about (T-23). */
function findVerbProblem(event: string, properties: Record<string, unknown>): string | null {
  if (
    event === IDENTIFY_EVENT &&
    !idText(properties['$identified_id'] ?? properties['distinct_id'])
  ) {
    return 'distinct_id, missing or empty';
  }
  if (event === CREATE_ALIAS_EVENT && !idText(properties['distinct_id'])) {
    return 'distinct_id, missing or empty';
  }
  return event === CREATE_ALIAS_EVENT && !idText(properties['alias'])
    ? 'alias, missing or empty'
    : null;
}
