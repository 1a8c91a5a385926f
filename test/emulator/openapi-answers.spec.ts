import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Emulator, Fault } from '../../src/emulator/index.js';
import type { OpenApi } from '../../src/emulator/routes/describe-routes.js';
import { checkApi } from './support/answer-check.js';
import type { ApiCheck } from './support/answer-check.js';
import { expect, test } from './support/emulator-fixture.js';
import { eventOf, send, TOKEN_AUTH } from './support/send.js';

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly query?: Record<string, string>;
  readonly headers?: Record<string, string>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

const zip = promisify(gzip);

/** Statuses that in some operations only a fault makes. */
const BY_FAULT = / (?:401|429) /;
const TABLE_BYTES = 100 * 1024 * 1024;
const ACCOUNT_AUTH = `Basic ${btoa('account:secret')}`;
const NOW = 1_760_000_000;
const JSON_TYPE = { 'content-type': 'application/json' };
const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' };

const GOOD = {
  '/track': eventOf('A', { distinct_id: 'U' }),
  '/import': eventOf('A', { distinct_id: 'U', time: NOW - 5, $insert_id: 'i-1' }),
  '/engage': { $token: 'T', $distinct_id: 'U', $set: { a: 1 } },
  '/groups': { $token: 'T', $group_key: 'k', $group_id: 'g', $set: { a: 1 } },
};
const BAD = { event: '', $token: '', properties: {} };
/** Ways to ask for an answer, and what the answer then comes as. */
const FORMS: readonly Record<string, string>[] = [
  {},
  { verbose: '1' },
  { verbose: '2' },
  { img: '1' },
  { callback: 'a.b' },
  { callback: 'a.b', verbose: '1' },
  { callback: 'no-name' },
  { redirect: '/there' },
  { redirect: 'https://elsewhere.example' },
  { strict: '0' },
  { strict: '1' },
];

/** Every operation with good and bad records in every form. */
function* recordRequests(): Generator<Sent> {
  for (const [path, good] of Object.entries(GOOD)) {
    const headers = path === '/import' ? { authorization: TOKEN_AUTH } : {};
    for (const records of [good, [good, good], [good, BAD], [BAD], [], 7, null, ['x']]) {
      const data = JSON.stringify(records);
      for (const query of FORMS) {
        yield { method: 'GET', path, query: { ...query, data }, headers };
        const post = { method: 'POST', path, query };
        yield { ...post, headers: { ...headers, ...JSON_TYPE }, body: data };
        const body = new URLSearchParams({ data }).toString();
        yield { ...post, headers: { ...headers, ...FORM_TYPE }, body };
      }
    }
    const post = { method: 'POST', path };
    yield { method: 'GET', path, headers };
    yield { ...post, headers: { ...headers, ...JSON_TYPE }, body: '{' };
    yield {
      ...post,
      headers: { ...headers, 'content-type': 'application/x-ndjson' },
      body: '{\n{}',
    };
    const many = JSON.stringify(Array.from({ length: 2_001 }, () => good));
    yield { ...post, headers: { ...headers, ...JSON_TYPE }, body: many };
  }
  yield { method: 'GET', path: '/import', query: { data: '[]' } };
  yield { method: 'POST', path: '/import', headers: JSON_TYPE, body: '[]' };
}

/** Every other operation, taken and refused. */
function* otherRequests(): Generator<Sent> {
  const csv = { authorization: ACCOUNT_AUTH, 'content-type': 'text/csv' };
  const query = { project_id: '1' };
  for (const path of ['/lookup-tables/mine', '/lookup-tables/other']) {
    for (const body of ['id,name\n1,a\n', 'id,name\n1,a\n1,b\n,c\n2\n', '"', '']) {
      yield { method: 'PUT', path, query, headers: csv, body };
      yield { method: 'PUT', path, query, headers: { ...csv, ...JSON_TYPE }, body };
    }
    yield { method: 'PUT', path, body: 'id\n1' };
    yield { method: 'GET', path: '/lookup-tables', query, headers: csv };
    yield { method: 'GET', path: '/lookup-tables', headers: csv };
    yield { method: 'DELETE', path };
    yield { method: 'DELETE', path, query, headers: csv };
  }
  const ids = { $identified_id: 'U', $anon_id: 'A', alias: 'B', distinct_id: 'U' };
  for (const path of ['/identity/create', '/identity/create-alias', '/identity/merge']) {
    const headers = { authorization: TOKEN_AUTH, ...JSON_TYPE };
    const good = { ...ids, $distinct_ids: ['U', 'V'], $token: 'T' };
    for (const value of [good, { ...good, $token: 'X' }, [good], [good, good], {}, [], 7]) {
      const body = JSON.stringify(value);
      yield { method: 'POST', path, headers, body };
      yield { method: 'POST', path, headers: JSON_TYPE, body };
    }
  }
}

/** Every operation whose records are too many for it, or whose body cannot be unpacked or is too large. */
async function* brokenRequests(api: OpenApi): AsyncGenerator<Sent> {
  const zeros = new Uint8Array(await zip(new Uint8Array(TABLE_BYTES + 1), { level: 1 }));
  const headers = { 'content-encoding': 'gzip' };
  for (const [route, methods] of Object.entries(api.paths)) {
    const path = route.replace('{lookupTableId}', 'mine');
    for (const [name, { requestBody, parameters }] of Object.entries(methods)) {
      const method = name.toUpperCase();
      yield { method, path, query: { data: '0'.repeat(20_000) } };
      if (requestBody) {
        yield { method, path, headers, body: 'no gzip' };
        yield { method, path, headers, body: zeros };
      } else if (parameters.some((one) => one.name === 'data')) {
        yield { method, path, query: { data: `[${'0,'.repeat(2_000)}0]` } };
      }
    }
  }
}

/** What no request brings about, as a fault makes it. */
function faultOf(line: string): Sent & Required<Pick<Fault, 'path' | 'status'>> {
  const [method = '', route = '', status = ''] = line.split(' ');
  const path = route.replace('{lookupTableId}', 'mine');
  return { method: method.toUpperCase(), path, status: Number(status) };
}

async function findProblems(
  emulator: Emulator,
  check: ApiCheck,
  sent: Sent,
): Promise<readonly string[]> {
  const { method, path, query, headers, body } = sent;
  const answer = await send(emulator, `${path}?${new URLSearchParams(query)}`, {
    method,
    ...(headers && { headers }),
    ...(body !== undefined && { body }),
  });
  const contentType = answer.headers.get('content-type') ?? '';
  const { status, text } = answer;
  const problem = check.findAnswerProblem({ method, path, status, contentType, text });
  return problem === null ? [] : [`${problem} (${path} ${JSON.stringify(query)})`];
}

for (const system of ['simplified', 'original', 'legacy'] as const) {
  test(`every answer in ${system} is as described, and every described answer comes`, async ({
    emulator,
  }) => {
    test.setTimeout(120_000);
    const lookupTables = { mine: 'Mine' };
    const project = { token: 'T', system, now: NOW, seedIdentityEndpoints: true, lookupTables };
    await emulator.reset(project);
    const api = (await send(emulator, '/_emulator/openapi.json')).json as OpenApi;
    const check = checkApi(api);
    const problems: string[] = [];
    const run = async (requests: Iterable<Sent> | AsyncIterable<Sent>): Promise<void> => {
      for await (const sent of requests) {
        problems.push(...(await findProblems(emulator, check, sent)));
      }
    };
    await run(recordRequests());
    await run(otherRequests());
    await run(brokenRequests(api));
    for (const line of check.described.filter((one) => BY_FAULT.test(one))) {
      const { method, path, status } = faultOf(line);
      await emulator.faults(check.seen.has(line) ? [] : [{ path, status }]);
      await run([{ method, path }]);
    }
    expect(problems).toEqual([]);
    expect(check.described.filter((line) => !check.seen.has(line))).toEqual([]);
  });
}
