import { expect, test } from './support/emulator-fixture.js';
import type { CaseStep } from './support/case-file.js';
import { runCase } from './support/run-case.js';
import { postJson, send } from './support/send.js';
import { A, alias, engage, eventOf, identify, importStrict, NOW, track } from './support/steps.js';

interface Swallowed {
  readonly system: 'simplified' | 'original';
  readonly input: readonly CaseStep[];
  readonly code: string;
}

const verb = (event: string, properties: Record<string, unknown>): CaseStep => ({
  op: 'track',
  body: eventOf(event, properties),
});

/** Everything of which section 12 says that the service swallows it. */
const swallowed: Record<string, Swallowed> = {
  'an unknown token': {
    system: 'simplified',
    input: [track({ token: 'X', distinct_id: 'U' })],
    code: 'unknown-token',
  },
  'an unknown token of a profile': {
    system: 'simplified',
    input: [engage('U', { $token: 'X', $set: { a: 1 } })],
    code: 'unknown-token',
  },
  'an age of more than five days': {
    system: 'original',
    input: [track({ distinct_id: 'U', time: NOW - 6 * 86_400 })],
    code: 'too-old',
  },
  'an $ignore': {
    system: 'simplified',
    input: [track({ distinct_id: 'U', $ignore: true })],
    code: 'ignored-by-property',
  },
  '$identify in Simplified': {
    system: 'simplified',
    input: [identify('U', A)],
    code: 'identity-event-ignored',
  },
  '$create_alias in Simplified': {
    system: 'simplified',
    input: [alias('mail', 'U')],
    code: 'identity-event-ignored',
  },
  '$merge in Simplified, which is told as well': {
    system: 'simplified',
    input: [importStrict(eventOf('$merge', { $distinct_ids: ['U', 'V'] }))],
    code: 'invalid-record',
  },
  '$merge on /track in Original': {
    system: 'original',
    input: [verb('$merge', { $distinct_ids: ['U', 'V'] })],
    code: 'merge-not-on-track',
  },
  'a bare UUID as distinct_id in Simplified': {
    system: 'simplified',
    input: [track({ distinct_id: A })],
    code: 'bare-uuid-distinct-id',
  },
  'an anonymous id that is no GUID in Original': {
    system: 'original',
    input: [track({ distinct_id: '$device:7' })],
    code: 'anonymous-id-not-guid',
  },
  'an anonymous id that is no GUID, in the usual form of Original': {
    system: 'original',
    input: [track({ distinct_id: 'abc_123', $device_id: 'abc_123' })],
    code: 'anonymous-id-not-guid',
  },
  'an identify of an id that is no GUID in Original': {
    system: 'original',
    input: [identify('U', 'session-7')],
    code: 'merge-refused',
  },
  'a placeholder': {
    system: 'original',
    input: [track({ distinct_id: 'Undefined' })],
    code: 'placeholder-id',
  },
  'a placeholder as user': {
    system: 'simplified',
    input: [track({ $user_id: 'null', $device_id: 'D' })],
    code: 'placeholder-id',
  },
  'a profile update to a placeholder': {
    system: 'original',
    input: [engage('unknown', { $set: { a: 1 } })],
    code: 'placeholder-id',
  },
  'a profile update to a device': {
    system: 'simplified',
    input: [engage('$device:D', { $set: { a: 1 } })],
    code: 'device-profile-update',
  },
  'a profile update to a device that is linked': {
    system: 'simplified',
    input: [track({ $device_id: 'D', $user_id: 'U' }), engage('$device:D', { $set: { a: 1 } })],
    code: 'device-profile-update',
  },
  'a missing $insert_id': {
    system: 'original',
    input: [track({ distinct_id: 'U' })],
    code: 'insert-id-missing',
  },
  'an identify without an event after it': {
    system: 'simplified',
    input: [verb('$identify', { distinct_id: 'U', $anon_distinct_id: `$device:${A}` })],
    code: 'identify-without-event',
  },
};

for (const [title, { system, input, code }] of Object.entries(swallowed)) {
  test(`section 12: ${title} is warned of`, async ({ emulator }) => {
    const { state } = await runCase(emulator.url, { system, clock: NOW, input });
    expect(state.warnings.map((warning) => warning.code)).toContain(code);
  });
}

test('section 12: in Original, a GUID, a user and no device are nothing to warn of', async ({
  emulator,
}) => {
  const ids = [
    { distinct_id: A, $device_id: A },
    { distinct_id: 'U', $device_id: 'abc_123', $user_id: 'U' },
    { distinct_id: 'U' },
  ];
  const input = ids.map((given, index) => track({ ...given, $insert_id: `i-${index}` }));
  const { state } = await runCase(emulator.url, { system: 'original', clock: NOW, input });
  expect(state.warnings).toEqual([]);
});

test('section 12: a client for both systems is warned of nothing but its ignored identify', async ({
  emulator,
}) => {
  const device = { $device_id: A, time: NOW - 9 };
  const input = [
    track({ distinct_id: `$device:${A}`, ...device, $insert_id: 'a' }),
    verb('$identify', {
      distinct_id: 'U',
      $anon_distinct_id: `$device:${A}`,
      ...device,
      $user_id: 'U',
      $insert_id: 'b',
    }),
    track({ distinct_id: 'U', $user_id: 'U', ...device, $insert_id: 'c' }),
    engage('U', { $set: { plan: 'pro' } }),
  ];
  for (const [system, codes] of [
    ['simplified', ['identity-event-ignored']],
    ['original', []],
  ] as const) {
    const { state } = await runCase(emulator.url, { system, clock: NOW, input });
    expect(state.warnings.map(({ code }) => code)).toEqual(codes);
  }
});

test('a warning about a profile is found by every id of the person', async ({ emulator }) => {
  const input = [
    track({ $device_id: 'D', $user_id: 'U', $insert_id: 'i' }),
    engage('$device:D', { $set: { plan: 'x'.repeat(300) } }),
    engage('V', { $add: { n: 'one' } }),
  ];
  await runCase(emulator.url, { system: 'simplified', clock: NOW, input });
  const shown = async (distinctId?: string): Promise<readonly unknown[]> =>
    (await emulator.state(distinctId === undefined ? {} : { distinctId })).warnings.map(
      ({ code, seq }) => [code, seq],
    );
  const cut = ['text-cut', null];
  const device = ['device-profile-update', null];
  const ignored = ['operation-ignored', null];
  expect(await shown()).toEqual([cut, device, ignored]);
  expect(await shown('U')).toEqual([cut, device]);
  expect(await shown('$device:D')).toEqual([cut, device]);
  expect(await shown('V')).toEqual([ignored]);
});

test('a warning says what to change', async ({ emulator }) => {
  await emulator.reset({ token: 'T', system: 'original', now: NOW });
  const long = 'x'.repeat(300);
  const list = Array.from({ length: 300 }, () => 1);
  await postJson(emulator, '/track', [
    eventOf('', {}),
    eventOf('E', { distinct_id: 'U', $insert_id: 'i', time: 'noon', long, list }),
    eventOf('$merge', { $distinct_ids: ['U', 'V'] }),
  ]);
  await send(emulator, '/track', { method: 'POST', body: 'data=' });
  await postJson(emulator, '/engage', { $token: 'T', $distinct_id: 'U', $set: { long } });
  await postJson(emulator, '/engage', { $token: 'T', $distinct_id: 'U', $add: { long: 1 } });
  const group = { $token: 'T', $group_key: 'team', $group_id: 'A' };
  await postJson(emulator, '/groups', { ...group, $set: { long: 1 } });
  await postJson(emulator, '/groups', { ...group, $union: { long: [1] } });
  const { warnings } = await emulator.state();
  const advice: Record<string, string> = {
    'invalid-record': 'Correct the record',
    'time-unreadable': 'Send the seconds or milliseconds',
    'over-limit': 'fewer or smaller values',
    'text-cut': 'Shorten its name',
    'merge-not-on-track': 'Send it to /import',
    'unreadable-body': 'Send JSON',
    'operation-ignored': '$unset it first',
  };
  for (const { code, message } of warnings) {
    expect(message).toContain(advice[code]);
  }
  expect(new Set(warnings.map(({ code }) => code))).toEqual(new Set(Object.keys(advice)));
});
