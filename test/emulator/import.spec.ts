import { gzipSync } from 'node:zlib';
import { expect, test } from './support/emulator-fixture.js';
import { eventOf, postJson, send, TOKEN_AUTH } from './support/send.js';

const NOW = 1_760_000_000;
const AUTH = { authorization: TOKEN_AUTH };
const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;
const valid = (more: Record<string, unknown> = {}): ReturnType<typeof eventOf> =>
  eventOf('E', { distinct_id: 'U', time: NOW - 10, $insert_id: 'i-1', ...more });

test.beforeEach(async ({ emulator }) => {
  await emulator.clock({ now: NOW });
});

const credentials: Record<
  string,
  readonly [headers: Record<string, string>, query: string, status: number]
> = {
  'the token as user name': [AUTH, '', 200],
  'a service account with a project id': [
    { authorization: basic('account:secret') },
    '&project_id=1',
    200,
  ],
  'a service account without a project id': [{ authorization: basic('account:secret') }, '', 401],
  'an OAuth bearer': [{ authorization: 'Bearer abc' }, '', 200],
  'a legacy API key': [{}, '&api_key=k', 200],
  'another token': [{ authorization: basic('X:') }, '', 401],
  nothing: [{}, '', 401],
  'an unknown scheme': [{ authorization: 'Digest x' }, '', 401],
  'broken base64': [{ authorization: 'Basic !!' }, '', 401],
};

for (const [title, [headers, query, status]] of Object.entries(credentials)) {
  test(`I-1: ${title} is answered with ${status}`, async ({ emulator }) => {
    const answer = await postJson(emulator, `/import?strict=1${query}`, [valid()], headers);
    expect(answer.status).toBe(status);
    const { events, dropped } = await emulator.state();
    expect([events.length, dropped.length]).toEqual(status === 200 ? [1, 0] : [0, 1]);
    if (status === 401) {
      expect(answer.json).toMatchObject({ code: 401, status: 'Unauthorized' });
    }
  });
}

test('I-1: the project secret is taken, with a warning that it ends', async ({ emulator }) => {
  await emulator.reset({ token: 'T', secret: 'S', now: NOW });
  const answer = await postJson(emulator, '/import', [valid()], { authorization: basic('S:') });
  expect(answer.status).toBe(200);
  expect((await emulator.state()).warnings).toMatchObject([{ code: 'legacy-credentials' }]);
});

test('I-7: a service account without its project is refused in the words of the service, and warned of', async ({
  emulator,
}) => {
  const headers = { authorization: basic('account:secret') };
  const answer = await postJson(emulator, '/import?strict=1', [valid()], headers);
  expect(answer.json).toEqual({
    code: 401,
    error: 'Invalid service account credentials',
    status: 'Unauthorized',
  });
  expect((await emulator.state()).warnings).toMatchObject([{ code: 'credentials-refused' }]);
});

const refusals: Record<string, readonly [record: unknown, field: string, message: string]> = {
  'no object': [7, '', 'record must be an object'],
  'a blank name': [{ ...valid(), event: ' ' }, 'event', "'event' must not be missing or blank"],
  'no time': [valid({ time: undefined }), 'properties.time', 'must not be missing'],
  'a time as text': [
    valid({ time: 'x' }),
    'properties.time',
    'must be specified as seconds since epoch',
  ],
  'a time before 1971': [
    valid({ time: 31_535_999 }),
    'properties.time',
    'must not be before 1971-01-01',
  ],
  'a time over an hour ahead': [
    valid({ time: NOW + 3_601 }),
    'properties.time',
    'must not be in the future',
  ],
  'no insert id': [valid({ $insert_id: undefined }), '$insert_id', 'must not be missing'],
  'an insert id of other characters': [
    valid({ $insert_id: 'a_b' }),
    '$insert_id',
    "must only contain alphanumeric or hyphen '-' characters",
  ],
  'an insert id of 37 bytes': [
    valid({ $insert_id: 'a'.repeat(37) }),
    '$insert_id',
    'must not be longer than 36 bytes',
  ],
  'a placeholder insert id': [valid({ $insert_id: 'NULL' }), '$insert_id', 'must not be "NULL"'],
  'a placeholder distinct id': [
    valid({ distinct_id: 'Undefined' }),
    'properties.distinct_id',
    'must not be "Undefined"',
  ],
  'no distinct id': [
    valid({ distinct_id: undefined }),
    'properties.distinct_id',
    'must not be missing',
  ],
  'a lone surrogate': [
    valid({ x: '\ud800' }),
    'properties.x',
    'properties.x is invalid: string should be valid utf8',
  ],
  '256 properties': [
    valid(Object.fromEntries(Array.from({ length: 252 }, (_, n) => [`p${n}`, n]))),
    'properties',
    'must have fewer than 255 properties',
  ],
  'a list of 255': [
    valid({ x: Array(255).fill(1) }),
    'properties.x',
    'must have fewer than 255 elements',
  ],
  'four levels of objects': [
    valid({ x: { a: { b: { c: {} } } } }),
    'properties.x',
    'must not be nested deeper than 3 levels',
  ],
  'a list over 8 KB': [
    valid({ x: Array(100).fill('x'.repeat(100)) }),
    'properties.x',
    'must be smaller than 8 KB',
  ],
};

for (const [title, [record, field, message]] of Object.entries(refusals)) {
  test(`I-6: strict refuses a record with ${title}, and stores the others`, async ({
    emulator,
  }) => {
    const answer = await postJson(emulator, '/import?strict=1', [record, valid()], AUTH);
    expect([answer.status, answer.json]).toEqual([
      400,
      {
        code: 400,
        error: 'some data points in the request failed validation',
        status: 'Bad Request',
        num_records_imported: 1,
        failed_records: [
          expect.objectContaining({ index: 0, field, message: expect.stringContaining(message) }),
        ],
      },
    ]);
    expect((await emulator.state()).events).toHaveLength(1);
  });
}

test('I-3: without strict nothing is said about a record', async ({ emulator }) => {
  const records = [valid(), valid({ $insert_id: 'a_b', time: NOW + 90_000 }), eventOf('')];
  const answer = await postJson(emulator, '/import?strict=0', records, AUTH);
  expect([answer.status, answer.json]).toEqual([
    200,
    { code: 200, num_records_imported: 2, status: 'OK' },
  ]);
  const { events } = await emulator.state();
  expect(events.map(({ properties }) => properties['time'])).toEqual([NOW - 10, NOW]);
});

test('I-2: NDJSON is taken with gzip, and a broken line fails alone', async ({ emulator }) => {
  const lines = [valid(), '{"event":', valid({ $insert_id: 'i-2' })].map((line) =>
    typeof line === 'string' ? line : JSON.stringify(line),
  );
  const answer = await send(emulator, '/import?strict=1', {
    method: 'POST',
    headers: { ...AUTH, 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' },
    body: new Uint8Array(gzipSync(lines.join('\n'))),
  });
  expect([answer.status, answer.json]).toEqual([
    400,
    expect.objectContaining({
      num_records_imported: 2,
      failed_records: [expect.objectContaining({ index: 1 })],
    }),
  ]);
});

test('I-4: the legacy form is answered as /track is', async ({ emulator }) => {
  const body = new URLSearchParams({ data: JSON.stringify(valid()) });
  const plain = await send(emulator, '/import', { method: 'POST', headers: AUTH, body });
  expect(plain.text).toBe('1');
  const verbose = await send(emulator, '/import?verbose=1', {
    method: 'POST',
    headers: AUTH,
    body,
  });
  expect(verbose.json).toEqual({ error: null, status: 1 });
});

test('a body that cannot be read and 2,001 records are refused', async ({ emulator }) => {
  const headers = { ...AUTH, 'content-type': 'application/json' };
  const broken = await send(emulator, '/import', { method: 'POST', headers, body: '[{' });
  expect([broken.status, broken.json]).toEqual([400, expect.objectContaining({ code: 400 })]);
  const many = Array.from({ length: 2_001 }, () => valid());
  expect((await postJson(emulator, '/import', many, AUTH)).status).toBe(413);
});

test('G-1: a location is added where an address may be used, and the address is not kept', async ({
  emulator,
}) => {
  await emulator.reset({ token: 'T', now: NOW, geo: { country: 'DE', city: 'Ulm' } });
  await postJson(emulator, '/import?strict=0', [valid(), valid({ $city: 'Bonn' })], AUTH);
  await postJson(
    emulator,
    '/import?strict=0&ip=0',
    [valid({ n: 1 }), valid({ ip: '1.2.3.4' })],
    AUTH,
  );
  await postJson(emulator, '/track', [valid({ ip: 0 })]);
  const { events } = await emulator.state();
  expect(events.map(({ properties }) => [properties['$city'], 'ip' in properties])).toEqual([
    ['Ulm', false],
    ['Bonn', false],
    [undefined, false],
    ['Ulm', false],
    [undefined, false],
  ]);
});

/** JSON with a byte in it, in place of each `~`, that UTF-8 has no use for. */
const brokenBody = (value: unknown): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(Buffer.from(JSON.stringify(value).replaceAll('~', '\u00FF'), 'latin1'));

test('I-6: under strict, records with text that is not UTF-8 are refused, and no others', async ({
  emulator,
}) => {
  const body = brokenBody([
    valid({ plan: 'a~' }),
    valid({ $insert_id: 'i-2' }),
    { ...valid({ $insert_id: 'i-3' }), event: '~' },
    valid({ $insert_id: 'i-4', list: [{ a: '~' }] }),
  ]);
  const headers = { ...AUTH, 'content-type': 'application/json' };
  const answer = await send(emulator, '/import?strict=1', { method: 'POST', headers, body });
  const problem = 'is invalid: string should be valid utf8';
  expect([answer.status, answer.json]).toMatchObject([
    400,
    {
      num_records_imported: 1,
      failed_records: [
        { index: 0, field: 'properties.plan', message: `properties.plan ${problem}` },
        { index: 2, field: 'event', message: `'event' ${problem}` },
        { index: 3, field: 'properties.list', message: `properties.list ${problem}` },
      ],
    },
  ]);
  const meant = await postJson(emulator, '/import', [valid({ plan: 'a\uFFFD' })], AUTH);
  expect(meant.status).toBe(200);
});

test('a form that says U+FFFD itself, or has signs beside ASCII, is valid', async ({
  emulator,
}) => {
  for (const plan of ['a\uFFFD', '100% größer €']) {
    await emulator.reset({ token: 'T', now: NOW });
    const data = JSON.stringify(valid({ plan }));
    for (const body of [
      `data=${encodeURIComponent(data)}`,
      `data=${data.replaceAll('%', '%25')}`,
    ]) {
      await send(emulator, '/track', {
        method: 'POST',
        headers: { 'content-type': 'text/plain' },
        body,
      });
    }
    const { events, warnings } = await emulator.state();
    expect(events.map(({ properties }) => properties['plan'])).toEqual([plan, plan]);
    expect(warnings).toEqual([]);
  }
});

test('elsewhere, text that is not UTF-8 is kept as U+FFFD, with a warning', async ({
  emulator,
}) => {
  const bodies: readonly (readonly [string, string, BodyInit])[] = [
    ['/import?strict=0', 'application/json', brokenBody([valid({ plan: '~' })])],
    ['/import?strict=0', 'application/x-ndjson', brokenBody(valid({ plan: '~' }))],
    ['/track', 'application/json', brokenBody(valid({ plan: '~' }))],
    [
      '/track',
      'text/plain',
      `data=${Buffer.from(brokenBody(valid({ plan: '~' }))).toString('base64url')}`,
    ],
    [
      '/track',
      'text/plain',
      `data=${encodeURIComponent(JSON.stringify(valid({ plan: '~' }))).replace('~', '%FF')}`,
    ],
    [
      '/engage',
      'application/json',
      brokenBody({ $token: 'T', $distinct_id: 'U', $set: { plan: '~' } }),
    ],
  ];
  for (const [path, contentType, body] of bodies) {
    await emulator.reset({ token: 'T', now: NOW });
    const headers = { ...AUTH, 'content-type': contentType };
    const answer = await send(emulator, path, { method: 'POST', headers, body });
    const { events, profiles, warnings } = await emulator.state();
    expect([answer.status, events[0]?.properties ?? profiles['U'], warnings]).toMatchObject([
      200,
      { plan: '\uFFFD' },
      [{ code: 'invalid-utf8' }],
    ]);
  }
});

test('a query whose escapes are not UTF-8 is warned of as a form is, and one that says U+FFFD is not', async ({
  emulator,
}) => {
  const data = encodeURIComponent(JSON.stringify(valid({ plan: '~' })));
  for (const [escaped, codes] of [
    ['%FF', ['invalid-utf8']],
    ['%EF%BF%BD', []],
  ] as const) {
    await emulator.reset({ token: 'T', now: NOW });
    await send(emulator, `/track?data=${data.replace('~', escaped)}`);
    const { events, warnings } = await emulator.state();
    expect(events[0]?.properties['plan']).toBe('\uFFFD');
    expect(warnings.map(({ code }) => code)).toEqual(codes);
  }
  const query = `?strict=1&data=${data.replace('~', '%FF')}`;
  const { status, json } = await send(emulator, `/import${query}`, { headers: AUTH });
  expect([status, json]).toMatchObject([
    400,
    { failed_records: [{ message: 'properties.plan is invalid: string should be valid utf8' }] },
  ]);
});
