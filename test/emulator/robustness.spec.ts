import { startEmulator } from '../../src/emulator/index.js';
import { isTooDeep, MAX_NESTING_COUNT } from '../../src/emulator/body/nesting.js';
import { createClock } from '../../src/emulator/clock.js';
import { createLedger } from '../../src/emulator/store/ledger.js';
import { resolveProject } from '../../src/emulator/project-config.js';
import { noteRequest } from '../../src/emulator/store/request-note.js';
import { createStreamHub } from '../../src/emulator/stream/stream-hub.js';
import { readState } from '../../src/emulator/store/read-state.js';
import { expect, test } from './support/emulator-fixture.js';
import { eventOf, postJson, send, TOKEN_AUTH, track } from './support/send.js';

const LEVELS = 20_000;
const deepList = '['.repeat(LEVELS) + ']'.repeat(LEVELS);
const deepObject = '{"a":'.repeat(LEVELS) + '1' + '}'.repeat(LEVELS);

test('64 levels of lists and objects are taken, 65 are not', () => {
  const nest = (count: number): unknown => (count === 0 ? 1 : [nest(count - 1)]);
  expect(isTooDeep(nest(MAX_NESTING_COUNT))).toBe(false);
  expect(isTooDeep(nest(MAX_NESTING_COUNT + 1))).toBe(true);
  expect([isTooDeep(null), isTooDeep('x'), isTooDeep([[], {}])]).toEqual([false, false, false]);
});

for (const [kind, deep] of [
  ['lists', deepList],
  ['objects', deepObject],
] as const) {
  test(`${LEVELS} levels of ${kind} are refused on every path, and the state can be read`, async ({
    emulator,
  }) => {
    const bodies = {
      '/track': `[{"event":"E","properties":{"token":"T","distinct_id":"U","x":${deep}}}]`,
      '/import': `[{"event":"E","properties":{"time":1,"$insert_id":"i","distinct_id":"U","x":${deep}}}]`,
      '/engage': `[{"$token":"T","$distinct_id":"U","$set":{"x":${deep}}}]`,
      '/groups': `[{"$token":"T","$group_key":"k","$group_id":"g","$set":{"x":${deep}}}]`,
    };
    for (const [path, body] of Object.entries(bodies)) {
      const headers = { 'content-type': 'application/json', authorization: TOKEN_AUTH };
      const answer = await send(emulator, `${path}?verbose=1`, { method: 'POST', headers, body });
      expect(answer.status).toBe(path === '/import' ? 400 : 200);
      expect(answer.json).toMatchObject({ error: 'data, nested too deeply' });
    }
    const headers = { 'content-type': 'application/x-ndjson', authorization: TOKEN_AUTH };
    const lines = await send(emulator, '/import', {
      method: 'POST',
      headers,
      body: `{"event":"A","properties":{"time":1760000000,"$insert_id":"i","distinct_id":"U"}}\n${deep}`,
    });
    expect(lines.json).toMatchObject({ num_records_imported: 1 });
    const faults = await send(emulator, '/_emulator/faults', {
      method: 'POST',
      body: `[{"body":${deep}}]`,
    });
    expect(faults.status).toBe(400);
    const state = await send(emulator, '/_emulator/state');
    expect(state.json).toMatchObject({ events: [{ event: 'A' }], profiles: {}, groups: {} });
  });
}

test('the state that is sent is the state, in whatever pieces', async () => {
  const emulator = await startEmulator({ project: { token: 'T' } });
  const text = 'ü'.repeat(250);
  for (let n = 0; n < 3; n++) {
    const events = Array.from({ length: 500 }, (_, i) =>
      eventOf('E', { distinct_id: `U${i}`, $insert_id: `${n}-${i}`, text }),
    );
    await track(emulator, events);
  }
  await postJson(emulator, '/engage', { $token: 'T', $distinct_id: 'U', $set: { __proto: 1 } });
  await postJson(emulator, '/groups', {
    $token: 'T',
    $group_key: 'k',
    $group_id: 'g',
    $set: { a: [1] },
  });
  await send(emulator, '/lookup-tables/t?project_id=1', {
    method: 'PUT',
    headers: { 'content-type': 'text/csv', authorization: TOKEN_AUTH },
    body: 'id,name\n1,a\n2,b\n',
  });
  const answer = await send(emulator, '/_emulator/state');
  const state = await emulator.state();
  expect(answer.json).toEqual({ ...state, now: expect.any(Number) });
  expect(Object.keys(state.lookupTables)).toEqual(['t']);
  await emulator.close();
});

test('a $time beyond every calendar is left aside, and the update is kept', async ({
  emulator,
}) => {
  for (const time of [1e20, 8.7e15, '99999999999999999999', -1, 1e300]) {
    const update = { $token: 'T', $distinct_id: 'U', $time: time, $set: { a: 1 } };
    expect((await postJson(emulator, '/engage', update)).text).toBe('1');
  }
  await track(emulator, eventOf('E', { distinct_id: 'U', time: 1e20 }));
  const { profiles, events } = await emulator.state();
  expect(profiles['U']).toMatchObject({ a: 1, $last_seen: expect.stringMatching(/^\d{4}-/) });
  expect(events).toHaveLength(1);
});

for (const verb of ['clock', 'reset']) {
  test(`${verb} refuses a "now" beyond every calendar`, async ({ emulator }) => {
    const answer = await postJson(emulator, `/_emulator/${verb}`, { now: 1e15 });
    expect([answer.status, answer.json]).toEqual([
      400,
      { error: '"now" must be a number of seconds from 0 to 100000000000, not of milliseconds.' },
    ]);
  });
}

test('20,000 elements unite and 20,000 events share an $insert_id in linear time', async ({
  emulator,
}) => {
  const elements = Array.from({ length: 20_000 }, (_, n) => ({ n, list: [n] }));
  await emulator.clock({ now: 1_760_000_100 });
  const startMs = performance.now();
  for (let n = 0; n < 2; n++) {
    await postJson(emulator, '/engage', {
      $token: 'T',
      $distinct_id: 'U',
      $union: { all: elements },
    });
  }
  for (let n = 0; n < 10; n++) {
    const events = Array.from({ length: 2_000 }, (_, i) =>
      eventOf('E', { distinct_id: `U${i % 1_000}`, time: 1_760_000_000 + n, $insert_id: 'same' }),
    );
    await track(emulator, events);
  }
  // Each step beyond linear makes this minutes.
  expect(performance.now() - startMs).toBeLessThan(20_000);
  const { profiles, events } = await emulator.state();
  expect(profiles['U']?.['all']).toHaveLength(20_000);
  expect(events.filter(({ duplicateOf }) => duplicateOf !== null)).toHaveLength(10_000);
});

test('$union knows equal objects in any order of their names', async ({ emulator }) => {
  for (const element of [{ a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 }, '1', 1]) {
    const update = { $token: 'T', $distinct_id: 'U', $union: { all: [element] } };
    await postJson(emulator, '/engage', update);
  }
  expect((await emulator.state()).profiles['U']?.['all']).toEqual([
    { a: 1, b: { c: 2, d: 3 } },
    '1',
    1,
  ]);
});

test('too many records are one dropped entry with their count, credentials or none', async ({
  emulator,
}) => {
  const records = Array.from({ length: 2_001 }, () => eventOf('E', { distinct_id: 'U' }));
  for (const path of ['/track', '/import', '/engage', '/groups']) {
    expect((await postJson(emulator, path, records)).status).toBe(413);
  }
  const { dropped } = await emulator.state();
  expect(dropped.map(({ endpoint, properties, reason }) => [endpoint, properties, reason])).toEqual(
    ['/track', '/import', '/engage', '/groups'].map((path) => [
      path,
      { count: 2_001 },
      'too-many-records',
    ]),
  );
});

test('the last 10,000 requests are listed, with the beginning of their query', () => {
  const project = resolveProject({ token: 'T' });
  const ledger = createLedger(project, createClock(), createStreamHub());
  for (let n = 0; n < 10_001; n++) {
    const query = { n: String(n), data: 'x'.repeat(1_000) };
    noteRequest(() => ledger, { method: 'GET', path: '/track', query, contentType: '' }).finish(
      200,
      1,
    );
  }
  const { requests } = readState(ledger);
  expect(requests).toHaveLength(10_000);
  expect(requests[0]?.query).toEqual({ n: '1', data: 'x'.repeat(200) });
  expect(readState(ledger, { since: 1 }).requests).toEqual(requests.slice(-100));
});

test('the state of one person leaves out what belongs to nobody', async ({ emulator }) => {
  const update = { $token: 'T', $group_key: 'k', $group_id: 'g', $set: { a: 1 } };
  await postJson(emulator, '/groups', update);
  expect((await emulator.state()).groups).toEqual({ k: { g: { a: 1 } } });
  const state = await emulator.state({ distinctId: 'U' });
  expect([state.groups, state.lookupTables]).toEqual([{}, {}]);
});

test('a record of 1 MB is refused on every path, its neighbours are not', async ({ emulator }) => {
  const text = 'x'.repeat(1_000_000);
  const id = { distinct_id: 'U', time: 1_760_000_000, token: 'T' };
  const events = [
    { event: 'Big', properties: { ...id, $insert_id: 'big', text } },
    { event: 'Small', properties: { ...id, $insert_id: 'small' } },
  ];
  const auth = { authorization: TOKEN_AUTH };
  const strict = await postJson(emulator, '/import', events, auth);
  expect([strict.status, strict.json]).toMatchObject([
    400,
    {
      num_records_imported: 1,
      failed_records: [{ index: 0, message: expect.stringContaining('1 MB') }],
    },
  ]);
  const lax = await postJson(emulator, '/import?strict=0', events, auth);
  expect([lax.status, lax.json]).toMatchObject([200, { num_records_imported: 1 }]);
  const user = { $token: 'T', $distinct_id: 'U' };
  const profiles = [
    { ...user, $set: { text } },
    { ...user, $set: { small: 1 } },
  ];
  expect((await postJson(emulator, '/engage?verbose=1', [profiles[0]])).json).toEqual({
    error: 'record, must be smaller than 1 MB',
    status: 0,
  });
  await postJson(emulator, '/engage', profiles);
  const group = { $token: 'T', $group_key: 'k', $group_id: 'g' };
  await postJson(emulator, '/groups', [
    { ...group, $set: { text } },
    { ...group, $set: { small: 1 } },
  ]);
  const state = await emulator.state();
  expect(state.events.map(({ event }) => event)).toEqual(['Small', 'Small']);
  expect(state.profiles['U']).not.toHaveProperty('text');
  expect(state.groups).toEqual({ k: { g: { small: 1 } } });
  expect(state.dropped.map(({ endpoint }) => endpoint)).toEqual([
    '/import',
    '/import',
    '/engage',
    '/engage',
    '/groups',
  ]);
});
