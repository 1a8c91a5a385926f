import { Buffer } from 'node:buffer';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { answerService } from '../../src/emulator/routes/answer-service.js';
import { createClock } from '../../src/emulator/clock.js';
import { createLedger } from '../../src/emulator/store/ledger.js';
import { describeRoutes } from '../../src/emulator/routes/describe-routes.js';
import { resolveProject } from '../../src/emulator/project-config.js';
import type { ServiceAnswer, ServiceRequest } from '../../src/emulator/body/service-request.js';
import { createStreamHub } from '../../src/emulator/stream/stream-hub.js';
import { readState } from '../../src/emulator/store/read-state.js';
import { checkApi } from './support/answer-check.js';
import type { ApiCheck } from './support/answer-check.js';
import { expect, test } from './support/emulator-fixture.js';
import { send, TOKEN_AUTH } from './support/send.js';

const SEED = 20_261_123;
const STATUSES = new Set([200, 302, 400, 401, 404, 405, 413, 414]);

const NAMES = [
  'distinct_id',
  '$device_id',
  '$user_id',
  '$insert_id',
  'time',
  'token',
  '$token',
  '$ignore',
  '$distinct_id',
  '$set',
  '$set_once',
  '$add',
  '$append',
  '$union',
  '$remove',
  '$unset',
  '$delete',
  '$group_key',
  '$group_id',
  '$distinct_ids',
  '$identified_id',
  '$anon_id',
  'alias',
  'event',
  'properties',
  '__proto__',
  'constructor',
  'toString',
  'ip',
  '',
  'data',
];
const name = fc.constantFrom(...NAMES);
const scalar = fc.oneof(
  fc.constantFrom<unknown>('T', 'U', '$device:D', '$device:', '', null, true, -1, 1e300, '\ud800'),
  fc.constantFrom<unknown>(1_760_000_000, 1_760_000_000_000, '1760000000', 'undefined', '$merge'),
  fc.constantFrom<unknown>(1e20, 8.64e15, 8.7e15, '99999999999999999999'),
  fc.string(),
  fc.double(),
  fc.string({ minLength: 250, maxLength: 300 }),
);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2 },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(name, fc.string()), tie('value'), { maxKeys: 6 }),
  ),
}));
const withToken = (properties: Record<string, unknown>): Record<string, unknown> => ({
  ...properties,
  token: 'T',
});
const deep = fc
  .tuple(fc.integer({ min: 1, max: 20_000 }), fc.boolean())
  .map(([levels, isList]) =>
    isList
      ? '['.repeat(levels) + ']'.repeat(levels)
      : '{"a":'.repeat(levels) + '1' + '}'.repeat(levels),
  );
const record = fc.record(
  {
    event: fc.constantFrom<unknown>('A', 'B', '$identify', '$create_alias', '$merge', ' ', 7, null),
    properties: fc.oneof(
      { weight: 6, arbitrary: fc.dictionary(name, scalar, { maxKeys: 8 }).map(withToken) },
      { weight: 1, arbitrary: value },
    ),
    $token: fc.constantFrom('T', 'X'),
    $distinct_id: scalar,
    $time: scalar,
    $set: value,
    $union: value,
    $unset: value,
    $add: value,
  },
  { requiredKeys: [] },
);
const plainJson = fc
  .oneof(fc.array(record, { maxLength: 4 }), record, value)
  .map((v) => JSON.stringify(v));
/** A record of each kind with a value that may be too deep. */
const deepJson = deep.map(
  (text) =>
    `[{"event":"Deep","$token":"T","$distinct_id":"U","$group_key":"k","$group_id":"g","$set":{"x":${text}},"properties":{"token":"T","distinct_id":"U","x":${text}}}]`,
);
const json = fc.oneof({ weight: 40, arbitrary: plainJson }, { weight: 1, arbitrary: deepJson });
const csv = fc
  .array(
    fc.array(fc.constantFrom('a', '', '"', '"x"', '1', '["a"]', '\r\n', ',', 'é'), {
      maxLength: 5,
    }),
  )
  .map((rows) => rows.map((row) => row.join(',')).join('\n'));
const body = fc.oneof(
  json.map((text) => Buffer.from(text)),
  json.map((text) => Buffer.from(`data=${encodeURIComponent(text)}&verbose=1&strict=1`)),
  json.map((text) => Buffer.from(`data=${Buffer.from(text).toString('base64')}`)),
  json.map((text) => Buffer.from(`data=${Buffer.from(text).toString('base64url').slice(0, -1)}`)),
  fc.array(json, { maxLength: 3 }).map((lines) => Buffer.from(lines.join('\n'))),
  csv.map((text) => Buffer.from(text)),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc.string().map((text) => Buffer.from(text)),
);
const query = fc.dictionary(
  fc.constantFrom('verbose', 'ip', 'strict', 'img', 'callback', 'redirect', 'project_id', 'data'),
  fc.oneof(
    fc.constantFrom('0', '1', '2', 'cb', 'a.b[0]', '//evil.example', '/ok', 'https://x.example'),
    fc.string(),
    json,
  ),
  { maxKeys: 4 },
);
const arbitraryRequest: fc.Arbitrary<ServiceRequest> = fc.record({
  method: fc.constantFrom('GET', 'POST', 'POST', 'PUT', 'DELETE', 'PATCH'),
  path: fc.oneof(
    fc.constantFrom('/track', '/import', '/engage', '/groups', '/lookup-tables/t'),
    fc.constantFrom('/lookup-tables', '/identity/create', '/identity/create-alias'),
    fc.constantFrom('/identity/merge', '/lookup-tables/%', '/x', '/constructor'),
  ),
  query,
  contentType: fc.oneof(
    fc.constantFrom('application/json', 'application/x-ndjson', 'text/plain;charset=UTF-8', ''),
    fc.constantFrom('application/x-www-form-urlencoded', 'text/csv', 'multipart/form-data'),
    fc.string(),
  ),
  authorization: fc.oneof(
    fc.constantFrom(TOKEN_AUTH, TOKEN_AUTH, '', 'Basic', 'Basic !', 'Bearer x', 'Basic Og=='),
    fc.string(),
  ),
  body,
  address: fc.constant('127.0.0.1'),
  host: fc.constantFrom('127.0.0.1:8077', '', ':'),
});

/** Throws by itself: the runner's own assertions are too slow for tens of thousands of inputs. */
function checkAnswer(
  check: ApiCheck,
  { method, path }: Pick<ServiceRequest, 'method' | 'path'>,
  { status, headers, body: content }: Omit<ServiceAnswer, 'records'>,
): void {
  if (!STATUSES.has(status)) {
    throw new Error(`Status ${status} is not documented.`);
  }
  if (content.length === 0 && status !== 302) {
    throw new Error(`An answer of status ${status} is empty.`);
  }
  const contentType = headers['content-type'] ?? '';
  const text = String(content);
  if (contentType.startsWith('application/json')) {
    JSON.parse(text);
  }
  const problem = check.findAnswerProblem({ method, path, status, contentType, text });
  if (problem !== null) {
    throw new Error(problem);
  }
}

/** Requests whose form is right, so that what is in them is looked at. */
const formedRequest: fc.Arbitrary<ServiceRequest> = fc.record({
  method: fc.constant('POST'),
  path: fc.constantFrom('/track', '/track', '/import', '/engage', '/groups'),
  query: fc.constantFrom<Record<string, string>>({}, { verbose: '1' }, { strict: '0' }),
  contentType: fc.constant('application/json'),
  authorization: fc.constant(TOKEN_AUTH),
  body: json.map((text) => Buffer.from(text)),
  address: fc.constant('127.0.0.1'),
  host: fc.constant('127.0.0.1:8077'),
});
const tableRequest: fc.Arbitrary<ServiceRequest> = fc.record({
  method: fc.constant('PUT'),
  path: fc.constant('/lookup-tables/t'),
  query: fc.constant({ project_id: '1' }),
  contentType: fc.constant('text/csv'),
  authorization: fc.constant(TOKEN_AUTH),
  body: csv.map((text) => Buffer.from(text)),
  address: fc.constant('127.0.0.1'),
  host: fc.constant('127.0.0.1:8077'),
});
const request = fc.oneof(
  { weight: 3, arbitrary: arbitraryRequest },
  { weight: 3, arbitrary: formedRequest },
  { weight: 1, arbitrary: tableRequest },
);

for (const system of ['simplified', 'original', 'legacy'] as const) {
  test(`7,000 arbitrary requests get a documented answer in ${system}`, () => {
    test.setTimeout(120_000);
    const project = resolveProject({
      token: 'T',
      system,
      now: 1_760_000_000,
      hotShard: 50,
      seedIdentityEndpoints: true,
    });
    const clock = createClock();
    clock.set(project.now);
    const ledger = createLedger(project, clock, createStreamHub());
    const check = checkApi(describeRoutes(project));
    fc.assert(
      fc.property(request, (arbitrary) => {
        checkAnswer(check, arbitrary, answerService(ledger, arbitrary));
      }),
      { numRuns: 7_000, seed: SEED, endOnFailure: true },
    );
    const state = readState(ledger);
    expect(state.events.length).toBeGreaterThan(200);
    expect(new Set(state.clusters.flatMap(({ ids }) => ids)).size).toBe(
      state.clusters.flatMap(({ ids }) => ids).length,
    );
    expect(() => JSON.stringify(state)).not.toThrow();
  });
}

/** A request as it travels: with a content encoding that may be a lie. */
const sentRequest = fc.record({
  request,
  encoding: fc.constantFrom('gzip', 'br', 'gzip, gzip', '', 'identity'),
  isPacked: fc.boolean(),
});
/** Requests under way at the same time. */
const CONNECTION_COUNT = 16;

test('2,048 arbitrary requests over the wire, 16 at a time, are answered, and the emulator lives on', async ({
  emulator,
}) => {
  const check = checkApi(describeRoutes(resolveProject({ token: 'T' })));
  const batch = fc.array(sentRequest, {
    minLength: CONNECTION_COUNT,
    maxLength: CONNECTION_COUNT,
  });
  await fc.assert(
    fc.asyncProperty(batch, async (sent) => {
      await Promise.all(
        sent.map(async ({ request: { method, path, query, contentType, body }, ...packing }) => {
          const content = packing.isPacked ? gzipSync(body) : body;
          const answer = await send(emulator, `${path}?${new URLSearchParams(query)}`, {
            method,
            headers: {
              ...(/^[\x20-\x7e]*$/.test(contentType) && { 'content-type': contentType }),
              authorization: TOKEN_AUTH,
              'content-encoding': packing.encoding,
            },
            ...(method !== 'GET' && { body: new Uint8Array(content) }),
          });
          checkAnswer(
            check,
            { method, path },
            {
              status: answer.status,
              headers: Object.fromEntries(answer.headers),
              body: answer.text,
            },
          );
        }),
      );
    }),
    { numRuns: 2_048 / CONNECTION_COUNT, seed: SEED, endOnFailure: true },
  );
  expect(await emulator.health()).toMatchObject({ name: 'waymark emulator' });
  const state = await send(emulator, '/_emulator/state');
  expect(state.json).toMatchObject({ requests: expect.any(Array), events: expect.any(Array) });
});
