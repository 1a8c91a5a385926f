import { startEmulator } from '../../src/emulator/index.js';
import { resolveProject } from '../../src/emulator/project-config.js';
import { expect, test } from './support/emulator-fixture.js';
import { eventOf, postJson, TOKEN_AUTH, track } from './support/send.js';

test('reset takes every setting of a project', async ({ emulator }) => {
  for (const hotShard of [false, 'off', 0, 5]) {
    const project = {
      token: 'T',
      system: 'original',
      region: 'eu',
      clusterCap: 500,
      guid: 'loose',
      plainOne: 'any',
      maxBodyBytes: 1_000_000,
      hotShard,
      corsStrict: true,
      reportsLag: 0.5,
      seedIdentityEndpoints: false,
    };
    expect((await postJson(emulator, '/_emulator/reset', project)).json).toEqual({ ok: true });
    expect(resolveProject(project).hotShard).toBe(Number(hotShard) || 0);
  }
  for (const wrong of [{ region: 'mars' }, { reportsLag: -1 }, { hotShard: true }]) {
    expect((await postJson(emulator, '/_emulator/reset', wrong)).status).toBe(400);
  }
});

test('reset without a token keeps the one that the project has', async ({ emulator }) => {
  expect((await postJson(emulator, '/_emulator/reset', { system: 'original' })).status).toBe(200);
  await track(emulator, eventOf('Lost', { token: 'another', distinct_id: 'U' }));
  await track(emulator, eventOf('Kept', { distinct_id: 'U' }));
  const { system, events, dropped } = await emulator.state();
  expect([system, events.map(({ event }) => event), dropped.map(({ event }) => event)]).toEqual([
    'original',
    ['Kept'],
    ['Lost'],
  ]);
});

test("the first token of a record becomes the project's own, and credentials never do", async () => {
  const emulator = await startEmulator();
  const event = eventOf('E', { distinct_id: 'U', time: 1_700_000_000, $insert_id: 'i' });
  const wrong = { authorization: `Basic ${Buffer.from('wrong:').toString('base64')}` };
  await postJson(emulator, '/import', [event], wrong);
  await track(emulator, eventOf('Mine', { distinct_id: 'U' }));
  expect((await postJson(emulator, '/import', [event], wrong)).status).toBe(401);
  const right = await postJson(emulator, '/import', [event], { authorization: TOKEN_AUTH });
  expect(right.status).toBe(200);
  await emulator.reset({ system: 'original' });
  const after = await postJson(emulator, '/import', [event], wrong);
  expect(after.status).toBe(401);
  await emulator.close();
});

test('G-6: a token of another region is told which region this is', async ({ emulator }) => {
  await emulator.reset({ region: 'eu', otherRegionTokens: ['US'] });
  await track(emulator, eventOf('E', { token: 'US', distinct_id: 'U' }));
  const { warnings, dropped } = await emulator.state();
  expect(dropped).toMatchObject([{ reason: 'wrong-region' }]);
  expect(warnings).toMatchObject([
    { code: 'wrong-region', message: expect.stringContaining('api-eu.mixpanel.com') },
  ]);
});

test('ID-13: with a reports lag a join reaches earlier events late', async ({ emulator }) => {
  await emulator.reset({ reportsLag: 60, now: 1_760_000_000 });
  await track(emulator, [
    eventOf('A', { $device_id: 'D' }),
    eventOf('B', { $device_id: 'D', $user_id: 'U' }),
  ]);
  const idsNow = async (): Promise<readonly string[]> =>
    (await emulator.state()).events.map(({ distinctId }) => distinctId);
  expect(await idsNow()).toEqual(['$device:D', 'U']);
  expect((await emulator.state()).links).toEqual({ D: 'U' });
  await emulator.clock({ now: 1_760_000_060 });
  expect(await idsNow()).toEqual(['U', 'U']);
});

test('of each kind of warning the latest 1,000 are kept', async ({ emulator }) => {
  const events = Array.from({ length: 1_500 }, () => eventOf('E', { distinct_id: 'U' }));
  await track(emulator, events);
  const { warnings } = await emulator.state();
  expect(warnings).toHaveLength(1_000);
  expect([warnings.at(0)?.seq, warnings.at(-1)?.seq]).toEqual([501, 1_500]);
});

test('placeholders are warned of in every id of an identity verb', async ({ emulator }) => {
  await emulator.reset({ system: 'original' });
  await track(emulator, [
    eventOf('$identify', { $identified_id: 'null', $anon_id: 'undefined', distinct_id: 'U' }),
    eventOf('$identify', { $anon_distinct_id: 'none', distinct_id: 'U' }),
    eventOf('$create_alias', { alias: 'anon', distinct_id: 'U' }),
  ]);
  const merge = eventOf('$merge', { $distinct_ids: ['NIL', 'U'] });
  await postJson(emulator, '/import', [merge], { authorization: TOKEN_AUTH });
  const { warnings } = await emulator.state();
  const found = warnings.filter(({ code }) => code === 'placeholder-id');
  expect(found.map(({ message }) => / as (\S+), /.exec(message)?.[1])).toEqual([
    '$identified_id',
    '$anon_id',
    '$anon_distinct_id',
    'alias',
    '$distinct_ids',
  ]);
});

test('events of nobody and of an address are warned of', async ({ emulator }) => {
  for (const system of ['simplified', 'original', 'legacy'] as const) {
    await emulator.reset({ system });
    await track(emulator, [
      eventOf('Empty', { distinct_id: '', $insert_id: 'a' }),
      eventOf('None', { $insert_id: 'b' }),
    ]);
    expect((await emulator.state()).warnings).toMatchObject([
      { code: 'distinct-id-empty', seq: 1 },
      { code: 'distinct-id-missing', seq: 2 },
    ]);
  }
});

test('an identify without a following event is warned of in each of its forms', async ({
  emulator,
}) => {
  await track(emulator, eventOf('$identify', { $identified_id: 'U', $anon_id: '$device:D' }));
  const codes = async (): Promise<readonly string[]> =>
    (await emulator.state()).warnings.map(({ code }) => code);
  expect(await codes()).toContain('identify-without-event');
  await track(emulator, eventOf('E', { $user_id: 'U', $device_id: 'D' }));
  expect(await codes()).not.toContain('identify-without-event');
});

test('an identify is warned of as it arrives, and the warning is taken back with the link', async ({
  emulator,
}) => {
  const heard: unknown[] = [];
  emulator.subscribe((message) => {
    const isOfPending =
      (message.type === 'warning' || message.type === 'settled') &&
      message.warning.code === 'identify-without-event';
    if (isOfPending) {
      heard.push([message.type, message.warning.seq]);
    }
  });
  const identify = eventOf('$identify', { $identified_id: 'U', $anon_id: '$device:D' });
  const link = eventOf('E', { $user_id: 'U', $device_id: 'D' });
  await track(emulator, identify);
  expect(heard).toEqual([['warning', 1]]);
  await track(emulator, identify);
  expect(heard.splice(0)).toEqual([
    ['warning', 1],
    ['warning', 2],
    ['settled', 1],
  ]);
  await track(emulator, [eventOf('E', { $device_id: 'D' }), link, link]);
  expect(heard.splice(0)).toEqual([['settled', 2]]);
  await emulator.reset();
  await track(emulator, [identify, link]);
  expect(heard).toEqual([]);
});

test('G-4: what only the service sets is left out, with a warning', async ({ emulator }) => {
  await track(
    emulator,
    eventOf('E', {
      $user_id: 'U',
      $insert_id: 'i',
      $identity_failure_reason: 'x',
      $is_reshuffled: true,
    }),
  );
  const { events, warnings } = await emulator.state();
  expect(events[0]?.properties).not.toHaveProperty('$identity_failure_reason');
  expect(events[0]?.properties).not.toHaveProperty('$is_reshuffled');
  expect(warnings.map(({ code }) => code)).toEqual(['reserved-property', 'reserved-property']);
});

test('a user id that looks like a device stays a user when that device is linked', async ({
  emulator,
}) => {
  await track(emulator, [
    eventOf('Odd user', { $user_id: '$device:D1', $insert_id: 'a' }),
    eventOf('Device', { $device_id: 'D1', $insert_id: 'b' }),
    eventOf('Link', { $device_id: 'D1', $user_id: 'U', $insert_id: 'c' }),
  ]);
  const { events } = await emulator.state();
  expect(events.map(({ distinctId }) => distinctId)).toEqual(['$device:D1', 'U', 'U']);
});

test('ID-66: after a merge the first update is kept under the main profile, which $ignore_alias spares', async ({
  emulator,
}) => {
  const anonymous = '1a2b3c4d-0000-4000-8000-000000000001';
  await emulator.reset({ system: 'original' });
  await track(emulator, [
    eventOf('First', { distinct_id: anonymous }),
    eventOf('$identify', { $identified_id: 'U', $anon_id: anonymous, distinct_id: 'U' }),
  ]);
  const update = { $token: 'T', $distinct_id: 'U' };
  await postJson(emulator, '/engage', { ...update, $set: { plan: 'pro' } });
  await postJson(emulator, '/engage', { ...update, $delete: '', $ignore_alias: true });
  const { profiles } = await emulator.state();
  expect(profiles[anonymous]).toMatchObject({ plan: 'pro' });
});

test('an empty id of an identity verb falls back to the other that it carries', async ({
  emulator,
}) => {
  await emulator.reset({ system: 'original', clusterCap: 2 });
  const anonymous = '1a2b3c4d-0000-4000-8000-000000000001';
  await track(emulator, [
    eventOf('$identify', { $identified_id: 'V', $anon_id: 'no guid', distinct_id: 'V' }),
    eventOf('$identify', {
      $identified_id: '',
      $anon_id: '',
      $anon_distinct_id: anonymous,
      distinct_id: 'U',
    }),
    eventOf('$create_alias', { alias: 'third', distinct_id: 'U' }),
  ]);
  const { clusters } = await emulator.state();
  const sets = clusters.map(({ ids }) => ids.toSorted());
  expect(sets).toEqual([[anonymous, 'U']]);
});
