import type { EmulatorState, StoredEvent } from '../../../src/emulator/index.js';
import type { CaseEvent, CaseStep, IdentityCase } from './case-file.js';

/** What the emulator answered to one step. */
export interface StepResponse {
  readonly http: number;
  readonly json: Record<string, unknown>;
}

/** A record that arrived, kept or not, in the order in which the case counts its events. */
export interface ArrivedRecord extends StoredEvent {
  readonly reason?: string;
}

/** What a case came to. */
export interface CaseRun {
  readonly state: EmulatorState;
  readonly records: readonly ArrivedRecord[];
  readonly responses: readonly StepResponse[];
}

const BASIC_TOKEN = `Basic ${Buffer.from('T:').toString('base64')}`;
const BASIC_ACCOUNT = `Basic ${Buffer.from('account:secret').toString('base64')}`;

/** Sends everything that a case sends, over HTTP and the control paths alone, and reads the state. */
export async function runCase(
  url: string,
  { system, clock, input }: Pick<IdentityCase, 'system' | 'clock' | 'input'>,
  project: Record<string, unknown> = {},
): Promise<CaseRun> {
  await postJson(`${url}/_emulator/reset`, {
    token: 'T',
    system: system === 'both' ? 'simplified' : system,
    now: clock,
    seedIdentityEndpoints: true,
    ...project,
  });
  const responses: StepResponse[] = [];
  for (const step of input) {
    responses.push(await runStep(url, step));
  }
  const answer = await fetch(`${url}/_emulator/state`);
  const state = (await answer.json()) as EmulatorState;
  const records = [...state.events, ...state.dropped]
    .filter(({ endpoint }) => endpoint === '/track' || endpoint === '/import')
    .toSorted((a, b) => a.seq - b.seq);
  return { state, records, responses };
}

async function runStep(url: string, step: CaseStep): Promise<StepResponse> {
  switch (step.op) {
    case 'track':
      return sendEvents(url, 'track', step.body, {});
    case 'import':
      return sendEvents(url, 'import', step.body, step);
    case 'engage':
    case 'groups':
      return postJson(`${url}/${step.op}?verbose=1`, step.body);
    case 'call':
      return postJson(
        url + step.path,
        step.body,
        step.auth === 'basic' ? { authorization: BASIC_ACCOUNT } : {},
      );
    default:
      return generate(url, step);
  }
}

interface SendOptions {
  readonly strict?: number;
  readonly ip?: number;
  readonly auth?: 'token' | 'none';
}

function sendEvents(
  url: string,
  endpoint: 'track' | 'import',
  body: CaseEvent | readonly CaseEvent[],
  { strict, ip, auth }: SendOptions,
): Promise<StepResponse> {
  if (endpoint === 'track') {
    return postForm(`${url}/track/?verbose=1`, body);
  }
  const query = new URLSearchParams({
    ...(strict !== undefined && { strict: String(strict) }),
    ...(ip !== undefined && { ip: String(ip) }),
  });
  const headers: Record<string, string> = auth === 'none' ? {} : { authorization: BASIC_TOKEN };
  return postJson(`${url}/import?${query}`, body, headers);
}

async function generate(
  url: string,
  step: Extract<CaseStep, { op: 'generate' }>,
): Promise<StepResponse> {
  const rounds = Array.from({ length: step.to - step.from + 1 }, (_, index) =>
    fillTemplate(step.template, step.from + index),
  );
  const batches = step.as_batch ? [rounds.flat()] : rounds;
  let last: StepResponse = { http: 0, json: {} };
  for (const batch of batches) {
    last = await sendEvents(url, step.endpoint, batch, step);
  }
  return last;
}

function fillTemplate(template: readonly CaseEvent[], i: number): readonly CaseEvent[] {
  const uuid = `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`;
  const text = JSON.stringify(template).replaceAll('{uuid}', uuid).replaceAll('{i}', String(i));
  return JSON.parse(text) as readonly CaseEvent[];
}

function postForm(url: string, value: unknown): Promise<StepResponse> {
  return readAnswer(
    fetch(url, { method: 'POST', body: new URLSearchParams({ data: JSON.stringify(value) }) }),
  );
}

function postJson(
  url: string,
  value: unknown,
  headers: Record<string, string> = {},
): Promise<StepResponse> {
  return readAnswer(
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(value),
    }),
  );
}

async function readAnswer(pending: Promise<Response>): Promise<StepResponse> {
  const answer = await pending;
  return { http: answer.status, json: (await answer.json()) as Record<string, unknown> };
}
