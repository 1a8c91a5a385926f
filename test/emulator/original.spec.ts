import { test } from './support/emulator-fixture.js';
import { expectCase } from './support/expect-case.js';
import type { CaseExpectation, CaseStep } from './support/case-file.js';
import { runCase } from './support/run-case.js';
import {
  A,
  alias,
  B,
  engage,
  eventOf,
  identify,
  importStrict,
  merge,
  NOW,
  track,
} from './support/steps.js';

interface Row {
  readonly title: string;
  readonly input: readonly CaseStep[];
  readonly expect: CaseExpectation;
  readonly project?: Record<string, unknown>;
}

const failed = (value: string): { property: string; value: string } => ({
  property: '$failure_reason',
  value,
});
const ASSIGNED = failed('errAnonDistinctIdAssignedAlready');
const MANY = failed('errManyIDs');
const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const cluster = (user: string, from: number, to: number): readonly CaseStep[] =>
  Array.from({ length: to - from + 1 }, (_, index) => identify(user, uuid(from + index)));

const rows: readonly Row[] = [
  {
    title: 'ID-40: $device_id and $user_id are properties like any other',
    input: [track({ distinct_id: 'x', $device_id: A, $user_id: 'U' }), track({ distinct_id: 'U' })],
    expect: { same_user: [[0], [1]], clusters: [['x'], ['U']], links: {} },
  },
  {
    title: 'ID-42: a verb that arrives first joins events of any age that follow',
    input: [
      identify('U', A),
      track({ distinct_id: A, time: NOW - 86_400 }),
      track({ distinct_id: 'U' }),
    ],
    expect: { same_user: [[1, 2]], clusters: [['U', A]], failure: {} },
  },
  {
    title: 'ID-44: the anonymous id must look like a GUID, with or without a prefix',
    input: [
      identify('U', '17c1-ab-9-4f-x'),
      identify('V', `$device:${B}`),
      identify('W', 'no-guid'),
      identify('X', ''),
    ],
    expect: {
      clusters: [
        ['U', '17c1-ab-9-4f-x'],
        ['V', `$device:${B}`],
      ],
      failure: {
        2: failed('errAnonDistinctIdNonGUIDForm'),
        3: failed('errAnonDistinctIdNonGUIDForm'),
      },
    },
  },
  {
    title: 'ID-44: strict GUIDs are UUID v4 and nothing else',
    project: { guid: 'v4-strict' },
    input: [identify('U', '17c1-ab-9-4f-x'), identify('V', A)],
    expect: { clusters: [['V', A]], failure: { 0: failed('errAnonDistinctIdNonGUIDForm') } },
  },
  {
    title: 'ID-45: an id with the prefix and one without are two',
    input: [track({ distinct_id: `$device:${A}` }), identify('U', A), track({ distinct_id: 'U' })],
    expect: { same_user: [[0], [2]] },
  },
  {
    title: 'ID-46: the same $identify again is no failure',
    input: [identify('U', A), identify('U', A), track({ distinct_id: A })],
    expect: { clusters: [['U', A]], failure: {} },
  },
  {
    title: 'ID-47: a user id that is a UUID cannot be taken for anonymous once identified',
    input: [identify(B, A), identify(uuid(1), B), track({ distinct_id: uuid(1) })],
    expect: { clusters: [[A, B], [uuid(1)]], failure: { 1: ASSIGNED } },
  },
  {
    title: 'ID-47: an anonymous id that was only aliased is free to be identified',
    input: [alias(A, 'x'), identify('U', A), track({ distinct_id: 'x' }, { distinct_id: 'U' })],
    expect: { clusters: [[A, 'x', 'U']], same_user: [[2, 3]], failure: {} },
  },
  {
    title: 'ID-48: a union over the cap is refused, and both clusters stay',
    project: { clusterCap: 6 },
    input: [...cluster('U', 1, 3), ...cluster('V', 11, 13), merge('U', 'V'), alias('mail', 'U')],
    expect: { cluster_sizes: [5, 4], failure: { 6: MANY } },
  },
  {
    title: 'ID-48: $create_alias obeys the cap, and the refused alias stays free',
    project: { clusterCap: 3 },
    input: [...cluster('U', 1, 2), alias('mail', 'U'), alias('mail', 'V')],
    expect: {
      clusters: [
        ['U', uuid(1), uuid(2)],
        ['V', 'mail'],
      ],
      failure: { 2: MANY },
    },
  },
  {
    title: 'ID-50: an alias overrides both guards of $identify',
    input: [
      identify('U', A),
      identify('V', B),
      alias('U', 'V'),
      track({ distinct_id: A }, { distinct_id: B }),
    ],
    expect: { clusters: [['U', A, 'V', B]], same_user: [[3, 4]], failure: {} },
  },
  {
    title: 'ID-51: aliases chain, an id has many, and the same pair again is no failure',
    input: [
      alias('b', 'a'),
      alias('c', 'b'),
      alias('d', 'a'),
      alias('d', 'a'),
      track({ distinct_id: 'a' }, { distinct_id: 'c' }, { distinct_id: 'd' }),
    ],
    expect: { clusters: [['a', 'b', 'c', 'd']], same_user: [[4, 5, 6]], failure: {} },
  },
  {
    title: 'ID-51: an alias takes along what its value has already sent',
    input: [track({ distinct_id: 'mail' }), alias('mail', 'U'), track({ distinct_id: 'U' })],
    expect: { same_user: [[0, 2]] },
  },
  {
    title: 'ID-53: $merge on /track does nothing',
    input: [
      track({ distinct_id: 'U' }, { distinct_id: 'V' }),
      { op: 'track', body: eventOf('$merge', { $distinct_ids: ['U', 'V'] }) },
    ],
    expect: {
      clusters: [['U'], ['V']],
      same_user: [[0], [1]],
      responses: { 1: { http: 200, body: { status: 1 } } },
    },
  },
  {
    title: 'ID-53: $merge joins any two ids and takes the flag of the identified along',
    input: [identify('U', A), merge('x', 'U'), identify('V', B), merge(B, 'x'), identify('W', A)],
    expect: { clusters: [['U', A, 'x', 'V', B]], failure: { 4: ASSIGNED } },
  },
  {
    title: 'ID-53: $merge needs exactly two ids',
    input: [
      importStrict(
        eventOf('$merge', { $distinct_ids: ['U'] }),
        eventOf('$merge', { $distinct_ids: ['U', 'V', 'W'] }),
        eventOf('$merge', { $distinct_ids: ['U', 'V'] }),
      ),
    ],
    expect: {
      clusters: [['U', 'V']],
      stored: { 0: false, 1: false, 2: true },
      responses: { 0: { http: 400, num_records_imported: 1 } },
    },
  },
  {
    title: 'T-23: a verb without an id is the only refusal that the sender sees',
    input: [
      { op: 'track', body: eventOf('$identify', { $anon_id: A }) },
      { op: 'track', body: eventOf('$create_alias', { alias: 'mail' }) },
      importStrict(eventOf('$identify', { $identified_id: 'U', $anon_id: 'no-guid' })),
    ],
    expect: {
      stored: { 0: false, 1: false, 2: true },
      failure: { 2: failed('errAnonDistinctIdNonGUIDForm') },
      responses: {
        0: { http: 200, body: { status: 0, error: 'distinct_id, missing or empty' } },
        1: { http: 200, body: { status: 0, error: 'distinct_id, missing or empty' } },
        2: { http: 200, code: 200, num_records_imported: 1 },
      },
    },
  },
  {
    title: 'I-8: strict /import refuses an event without a distinct_id',
    input: [importStrict(eventOf('A', { $user_id: 'U', time: NOW, $insert_id: 'i' }))],
    expect: {
      stored: { 0: false },
      responses: {
        0: {
          http: 400,
          failed_records: [
            {
              field: 'properties.distinct_id',
              message: "'properties.distinct_id' is invalid: must not be missing",
            },
          ],
        },
      },
    },
  },
  {
    title: 'T-17: an event without a distinct_id belongs to the address it came from',
    input: [track({ $user_id: 'U' }, {})],
    expect: { same_user: [[0, 1]] },
  },
  {
    title: 'ID-65: an update through any id of the cluster reaches the one profile',
    input: [
      identify('U', A),
      engage('U', { $set: { plan: 'free' } }),
      engage(A, { $set: { plan: 'pro' } }),
    ],
    expect: { cluster_profile: { members: ['U', A], props: { plan: 'pro' } } },
  },
  {
    title: 'ID-65: of two profiles that a merge brings together one shows',
    input: [
      engage(A, { $set: { plan: 'trial' } }),
      engage('U', { $set: { plan: 'pro' } }),
      identify('U', A),
    ],
    expect: { cluster_profile: { members: ['U', A], props: {} } },
  },
  {
    title: 'ID-66: a deletion that ignores aliases spares the profile of the person',
    input: [
      alias('mail', 'U'),
      engage('U', { $set: { plan: 'pro' } }),
      engage('mail', { $ignore_alias: true, $delete: '' }),
    ],
    expect: { cluster_profile: { members: ['U', 'mail'], props: { plan: 'pro' } } },
  },
];

for (const { title, input, expect, project } of rows) {
  test(title, async ({ emulator }) => {
    const run = await runCase(emulator.url, { system: 'original', clock: NOW, input }, project);
    expectCase(run, expect);
  });
}
