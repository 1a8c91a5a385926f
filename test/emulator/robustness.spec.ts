import { startEmulator } from '../../src/emulator/index.js';
import { isTooDeep, MAX_NESTING_COUNT } from '../../src/emulator/body/nesting.js';
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
