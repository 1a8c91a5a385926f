import { expect, test } from './support/emulator-fixture.js';
import { eventOf, postJson, track } from './support/send.js';

const engage = (more: Record<string, unknown>): Record<string, unknown> => ({
  $token: 'T',
  $distinct_id: 'U',
  ...more,
});
const group = (more: Record<string, unknown>): Record<string, unknown> => ({
  $token: 'T',
  $group_key: 'company',
  $group_id: 'Acme',
  ...more,
});

const refused: Record<string, readonly [path: string, record: unknown, error: string]> = {
  'no object': ['/engage', 7, 'record, must be an object'],
  'no operation': ['/engage', engage({}), 'operation, missing'],
  'a $set that is no object': ['/engage', engage({ $set: [1] }), '$set, must be an object'],
  'an $unset that is no list': [
    '/engage',
    engage({ $unset: 'a' }),
    '$unset, must be a list of names',
  ],
  'no group key': [
    '/groups',
    { $token: 'T', $group_id: 'A', $set: {} },
    '$group_key, missing or empty',
  ],
  'an operation that groups lack': ['/groups', group({ $add: { n: 1 } }), 'operation, missing'],
  'a person on a group': [
    '/groups',
    group({ $distinct_id: 'U', $set: {} }),
    '$distinct_id, must not',
  ],
};

for (const [title, [path, record, error]] of Object.entries(refused)) {
  test(`an update with ${title} is refused with its reason`, async ({ emulator }) => {
    const answer = await postJson(emulator, `${path}?verbose=1`, record);
    expect([answer.status, answer.json]).toEqual([
      200,
      { status: 0, error: expect.stringContaining(error) },
    ]);
    expect((await emulator.state()).dropped).toMatchObject([{ endpoint: path, event: '' }]);
  });
}

test('T-20: an update with an unknown token answers 1 and vanishes', async ({ emulator }) => {
  const answer = await postJson(emulator, '/engage', {
    ...engage({ $set: { a: 1 } }),
    $token: 'X',
  });
  expect(answer.text).toBe('1');
  const { profiles, dropped, warnings } = await emulator.state();
  expect([profiles, dropped.length, warnings.length]).toEqual([{}, 1, 1]);
});

test('P-2: several operations in one update are applied in order', async ({ emulator }) => {
  await postJson(
    emulator,
    '/engage',
    engage({
      $unset: ['gone'],
      $append: { list: 'b' },
      $union: { list: ['b', 'c'] },
      $set: { n: 1, gone: 1, list: ['a'] },
      $add: { n: 2, text: 'x' },
      $remove: { list: 'a' },
    }),
  );
  const { profiles, warnings } = await emulator.state();
  expect(profiles['U']).toMatchObject({ n: 3, list: ['b', 'c'] });
  expect(profiles['U']).not.toHaveProperty('gone');
  expect(warnings).toMatchObject([{ code: 'operation-ignored' }]);
});

test('P-20: an operation that groups lack does nothing beside one that they have, and is warned of', async ({
  emulator,
}) => {
  const answer = await postJson(
    emulator,
    '/groups',
    group({ $set: { plan: 'pro' }, $add: { n: 1 }, $append: { list: 'a' }, $device_id: 'D' }),
  );
  expect(answer.text).toBe('1');
  const { groups, warnings } = await emulator.state();
  expect(groups).toEqual({ company: { Acme: { plan: 'pro' } } });
  expect(warnings.map(({ code, message }) => [code, message])).toEqual([
    [
      'operation-ignored',
      'Group "company" "Acme": $add was ignored: it is an operation for people only.',
    ],
    [
      'operation-ignored',
      'Group "company" "Acme": $append was ignored: it is an operation for people only.',
    ],
  ]);
});

test('P-3: a field that looks like an operation and is none is warned of, a modifier is not', async ({
  emulator,
}) => {
  const modifiers = {
    $ip: '0',
    $time: 1_700_000_000,
    $ignore_time: true,
    $ignore_alias: true,
    $latitude: 1,
    $longitude: 2,
    $device_id: 'D',
    $user_id: 'U',
    $had_persisted_distinct_id: false,
  };
  await postJson(
    emulator,
    '/engage',
    engage({ ...modifiers, $set: { a: 1 }, $sett: { b: 2 }, $increment: { c: 3 }, more: 4 }),
  );
  const { profiles, warnings } = await emulator.state();
  expect(profiles['U']).toEqual({ a: 1 });
  expect(warnings).toMatchObject([
    {
      code: 'operation-ignored',
      message: 'Profile "U": $sett was ignored: there is no such operation; the nearest is $set.',
    },
    {
      code: 'operation-ignored',
      message: 'Profile "U": $increment was ignored: there is no such operation.',
    },
  ]);
});

test('P-3: only what writes makes a profile, and lists hold values, not references', async ({
  emulator,
}) => {
  await postJson(emulator, '/engage', [engage({ $unset: ['a'] }), engage({ $remove: { a: 1 } })]);
  expect((await emulator.state()).profiles).toEqual({});
  await postJson(emulator, '/engage', [
    engage({ $union: { list: [{ a: 1 }, { a: 1 }, null] } }),
    engage({ $remove: { list: { a: 1 } } }),
  ]);
  expect((await emulator.state()).profiles['U']).toMatchObject({ list: [null] });
});

test('P-6: $last_seen moves with every update, unless told not to', async ({ emulator }) => {
  await emulator.clock({ now: 1_760_000_000 });
  await postJson(emulator, '/engage', engage({ $set: { a: 1 } }));
  await emulator.clock({ now: 1_760_000_100 });
  await postJson(emulator, '/engage', engage({ $ignore_time: true, $set: { a: 2 } }));
  expect((await emulator.state()).profiles['U']).toEqual({
    a: 2,
    $last_seen: '2025-10-09T08:53:20',
  });
});

test('P-7: an update beyond 2,000 properties fails whole', async ({ emulator }) => {
  const many = Object.fromEntries(Array.from({ length: 2_001 }, (_, n) => [`p${n}`, n]));
  expect((await postJson(emulator, '/engage', engage({ $set: many }))).text).toBe('0');
  expect((await emulator.state()).profiles).toEqual({});
});

test('P-5: a profile gets the place of the project, unless its address is not to be used', async ({
  emulator,
}) => {
  await emulator.reset({ token: 'T', geo: { country: 'DE', region: 'BW', city: 'Ulm' } });
  await postJson(emulator, '/engage?ip=0', engage({ $set: { a: 1 } }));
  expect((await emulator.state()).profiles['U']).not.toHaveProperty('$city');
  await postJson(emulator, '/engage', engage({ $set_once: { a: 1 } }));
  expect((await emulator.state()).profiles['U']).toMatchObject({
    $city: 'Ulm',
    $country_code: 'DE',
  });
});

test('G-2: coordinates beside the operation are a place, though no address is to be used', async ({
  emulator,
}) => {
  await emulator.reset({ token: 'T', geo: { country: 'DE', city: 'Ulm' } });
  const place = { $latitude: 48.4, $longitude: 9.98 };
  await postJson(emulator, '/engage', engage({ $ip: '0', ...place, $set: { a: 1 } }));
  expect((await emulator.state()).profiles['U']).toMatchObject({
    a: 1,
    $city: 'Ulm',
    $geo_source: 'reverse_geocoding',
  });
  await track(emulator, eventOf('E', { distinct_id: 'U', ip: 0, ...place }));
  const [stored] = await emulator.waitForEvents(1);
  expect(stored?.properties).toMatchObject({ $city: 'Ulm', mp_country_code: 'DE' });
});

test('T-11: a list over 256 KB is warned of', async ({ emulator }) => {
  const list = Array.from({ length: 3_000 }, () => 'x'.repeat(100));
  await postJson(emulator, '/engage', engage({ $set: { list } }));
  expect((await emulator.state()).warnings).toMatchObject([{ code: 'over-limit' }]);
});

test('names such as __proto__ are names like any other', async ({ emulator }) => {
  const set = JSON.parse('{"__proto__":{"a":1},"constructor":2}') as object;
  await postJson(emulator, '/engage', engage({ $set: set }));
  await postJson(emulator, '/groups', { ...group({ $set: set }), $group_key: '__proto__' });
  const { profiles, groups } = await emulator.state();
  expect(Object.keys(profiles['U'] ?? {})).toEqual(['__proto__', 'constructor', '$last_seen']);
  expect(Object.keys(groups)).toEqual(['__proto__']);
  expect(({} as { a?: number }).a).toBeUndefined();
});

test('section 7: in legacy an alias holds from then on, once, and reaches the profile', async ({
  emulator,
}) => {
  await emulator.reset({ token: 'T', system: 'legacy' });
  await track(emulator, [
    eventOf('Early', { distinct_id: 'U' }),
    eventOf('Anonymous', { distinct_id: 'A' }),
    eventOf('$create_alias', { distinct_id: 'A', alias: 'U' }),
    eventOf('Late', { distinct_id: 'U' }),
    eventOf('$create_alias', { distinct_id: 'B', alias: 'U' }),
    eventOf('$identify', { $identified_id: 'V', $anon_id: 'A' }),
    eventOf('Last', { distinct_id: 'U' }),
  ]);
  await postJson(emulator, '/engage', engage({ $set: { plan: 'pro' } }));
  const { events, dropped, profiles, warnings } = await emulator.state();
  expect(events.map(({ event, distinctId }) => `${event} ${distinctId}`)).toEqual([
    'Early U',
    'Anonymous A',
    '$create_alias A',
    'Late A',
    '$create_alias B',
    'Last A',
  ]);
  expect(dropped.map(({ reason }) => reason)).toEqual(['identity-event-ignored']);
  expect(profiles).toMatchObject({ A: { plan: 'pro' } });
  expect(warnings.map(({ code }) => code)).toContain('alias-refused');
});
