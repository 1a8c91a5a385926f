import { failed } from '../support/rule-case.js';
import type { RuleCase } from '../support/rule-case.js';
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
} from '../support/steps.js';

const DAY = 86_400;
const UUID_V1 = 'c232ab00-9414-11ec-b3c8-9f6bdeced846';
const V = 'dddddddd-0000-4000-8000-000000000000';
const W = 'eeeeeeee-0000-4000-8000-000000000000';
const NO_GUID = failed(
  'errAnonDistinctIdNonGUIDForm',
  "$anon_distinct_id didn't match expected GUID pattern: <value>",
);
const ASSIGNED = failed(
  'errAnonDistinctIdAssignedAlready',
  '$anon_distinct_id already identified: <value>',
);
const ALIAS_TAKEN = failed('errAliasAlreadyExists', 'alias already exists with the id');
const ok = { http: 200, body: { error: null, status: 1 } };

/** What the rules of Original ID Merge promise of events, guards and profiles (section 6), where no published case says it. */
export const ORIGINAL_PEOPLE_CASES: readonly RuleCase[] = [
  {
    title: 'ID-40: $device_id and $user_id link nothing',
    input: [
      track({ distinct_id: A, $device_id: A }),
      track({ distinct_id: 'U', $device_id: A, $user_id: 'U' }),
      track({ distinct_id: A, $device_id: A, $user_id: 'U' }),
    ],
    expect: { same_user: [[0, 2], [1]], clusters: [[A], ['U']], links: {}, failure: {} },
  },
  {
    title: 'ID-40: only a verb joins, and only the ids that it names',
    input: [track({ distinct_id: A }, { distinct_id: B }, { distinct_id: 'U' }), identify('U', A)],
    expect: { same_user: [[0, 2], [1]], clusters: [['U', A], [B]] },
  },
  {
    title: 'ID-42: events of either id, sent before or after and days old, end in the cluster',
    input: [
      track({ distinct_id: A, time: NOW - 4 * DAY }),
      track({ distinct_id: 'U' }),
      identify('U', A),
      importStrict(eventOf('Old', { distinct_id: A, time: NOW - 90 * DAY, $insert_id: 'i' })),
      track({ distinct_id: A }),
    ],
    expect: { same_user: [[0, 1, 3, 4]], clusters: [['U', A]], failure: {} },
  },
  {
    title: 'ID-42: a verb that arrives before any event of its ids works',
    input: [identify('U', A), track({ distinct_id: A }), track({ distinct_id: 'U' })],
    expect: { same_user: [[1, 2]], clusters: [['U', A]], canonical: 'any_member', failure: {} },
  },
  {
    title: 'ID-47: an anonymous id that only an alias joined is still free',
    input: [
      alias('mail', A),
      identify('U', A),
      track({ distinct_id: 'mail' }, { distinct_id: 'U' }, { distinct_id: A }),
    ],
    expect: { same_user: [[2, 3, 4]], clusters: [['U', A, 'mail']], failure: {} },
  },
  {
    title: 'ID-47: an anonymous id that an alias joined to an identified user is not free',
    input: [
      identify('U', A),
      alias(B, 'U'),
      identify('V', B),
      track({ distinct_id: 'V' }, { distinct_id: B }),
    ],
    expect: { same_user: [[3], [4]], clusters: [['U', A, B], ['V']], failure: { 2: ASSIGNED } },
  },
  {
    title: 'ID-50: $merge overrides the guard of a refused identify',
    input: [
      identify('U', A),
      identify('V', A),
      merge('V', A),
      track({ distinct_id: 'U' }, { distinct_id: 'V' }),
    ],
    expect: { same_user: [[3, 4]], clusters: [['U', A, 'V']], failure: { 1: ASSIGNED } },
  },
  {
    title: 'ID-50: an alias overrides the guard of a refused identify',
    input: [
      identify('U', A),
      identify('V', A),
      alias('V', 'U'),
      track({ distinct_id: A }, { distinct_id: 'V' }),
    ],
    expect: { same_user: [[3, 4]], clusters: [['U', A, 'V']], failure: { 1: ASSIGNED } },
  },
  {
    title: 'ID-50: an alias has no rule of form',
    input: [alias('not a guid', 'U'), track({ distinct_id: 'not a guid' }, { distinct_id: 'U' })],
    expect: { same_user: [[1, 2]], clusters: [['U', 'not a guid']], failure: {} },
  },
  {
    title: 'ID-50: an alias of another id is refused, and answered with success',
    input: [
      alias('mail', 'U'),
      alias('mail', 'V'),
      track({ distinct_id: 'mail' }, { distinct_id: 'U' }, { distinct_id: 'V' }),
    ],
    expect: {
      same_user: [[2, 3], [4]],
      clusters: [['U', 'mail'], ['V']],
      failure: { 1: ALIAS_TAKEN },
      responses: { 1: ok },
      stored: { 1: true },
    },
  },
  {
    title: 'ID-52: an alias as destinations send it, previous id and new id',
    input: [
      track({ distinct_id: A }),
      importStrict(
        eventOf('$create_alias', { distinct_id: A, alias: 'U', time: NOW - 1, $insert_id: 'i' }),
      ),
      track({ distinct_id: 'U' }),
    ],
    expect: { same_user: [[0, 2]], clusters: [[A, 'U']], failure: {} },
  },
  {
    title: 'I-8: strict /import refuses a missing distinct_id, whatever else is there',
    input: [
      importStrict(
        eventOf('A', { time: NOW, $insert_id: 'i1' }),
        eventOf('A', { $device_id: A, $user_id: 'U', time: NOW, $insert_id: 'i2' }),
        eventOf('A', { distinct_id: 'U', time: NOW, $insert_id: 'i3' }),
      ),
    ],
    expect: {
      stored: { 0: false, 1: false, 2: true },
      responses: {
        0: {
          http: 400,
          code: 400,
          status: 'Bad Request',
          num_records_imported: 1,
          failed_count: 2,
          failed_records: [0, 1].map((index) => ({
            index,
            insert_id: `i${index + 1}`,
            field: 'properties.distinct_id',
            message: "'properties.distinct_id' is invalid: must not be missing",
          })),
        },
      },
    },
  },
  {
    title: 'T-23: a verb without an id is the one refusal that the sender sees',
    input: [
      { op: 'track', body: eventOf('$identify', { $anon_id: A }) },
      { op: 'track', body: eventOf('$identify', {}) },
      { op: 'track', body: eventOf('$create_alias', { alias: 'mail' }) },
      { op: 'track', body: eventOf('$create_alias', { alias: 'mail', distinct_id: '' }) },
    ],
    expect: {
      stored: { 0: false, 1: false, 2: false, 3: false },
      clusters: [],
      responses: Object.fromEntries(
        [0, 1, 2, 3].map((step) => [
          step,
          { http: 200, body: { error: 'distinct_id, missing or empty', status: 0 } },
        ]),
      ),
    },
  },
  {
    title: 'ID-43: the identified id may have any form and any number of devices',
    input: [
      identify('user 42 @ home', A),
      identify('user 42 @ home', B),
      identify('42', V),
      identify(W, UUID_V1),
    ],
    expect: {
      clusters: [
        ['user 42 @ home', A, B],
        ['42', V],
        [W, UUID_V1],
      ],
      failure: {},
    },
  },
  {
    title: 'ID-47: a user id that is a UUID is taken once it was identified',
    input: [
      track({ distinct_id: A }),
      identify(V, A),
      track({ distinct_id: V }),
      identify(W, V),
      track({ distinct_id: W }),
    ],
    expect: { same_user: [[0, 2], [4]], clusters: [[A, V], [W]], failure: { 3: ASSIGNED } },
  },
  {
    title: 'ID-60: a refused merge answers success under strict, too',
    input: [
      importStrict(
        eventOf('$identify', { $identified_id: 'U', $anon_id: 'no-guid' }),
        eventOf('$identify', { $identified_id: A, $anon_id: A }),
      ),
    ],
    expect: {
      stored: { 0: true, 1: true },
      failure: {
        0: NO_GUID,
        1: failed('errSameIDs', 'Identified and anon ID are same in the identify request <value>'),
      },
      responses: { 0: { http: 200, code: 200, status: 'OK', num_records_imported: 2 } },
    },
  },
  {
    title: 'ID-61: an id that nothing but a refused verb has named is nobody',
    input: [identify('U', 'no-guid'), track({ distinct_id: 'V' })],
    expect: { clusters: [['V']], distinct_users: 1 },
  },
  {
    title: 'ID-62: an event that changed hands says so',
    input: [track({ distinct_id: A }), track({ distinct_id: 'U' }), identify('U', A)],
    expect: { props: { 1: { $distinct_id_before_identity: 'U', $is_reshuffled: true } } },
  },
  {
    title: 'ID-65: where both ids had a profile one shows, and they are not mixed',
    input: [
      engage(A, { $set: { plan: 'trial', seen: 1 } }),
      engage('U', { $set: { plan: 'pro', name: 'Ann' } }),
      identify('U', A),
    ],
    expect: {
      cluster_profile: {
        members: ['U', A],
        one_of: [
          { plan: 'trial', seen: 1 },
          { plan: 'pro', name: 'Ann' },
        ],
      },
    },
  },
  {
    title: 'ID-65: any id of the cluster reads and writes the one profile',
    input: [
      identify('U', A),
      alias('mail', 'U'),
      engage('U', { $set: { a: 1 } }),
      engage(A, { $set: { b: 2 } }),
      engage('mail', { $set_once: { a: 9, c: 3 } }),
    ],
    expect: { cluster_profile: { members: ['U', A, 'mail'], props: { a: 1, b: 2, c: 3 } } },
  },
  {
    title: 'ID-65: a deletion through any id deletes the profile of the person',
    input: [identify('U', A), engage('U', { $set: { a: 1 } }), engage(A, { $delete: '' })],
    expect: { cluster_profile: { members: ['U', A], props: null } },
  },
  ...(['U', A, 'mail'] as const).map((id): RuleCase => ({
    title: `ID-66: deleting ${id} without following aliases spares the profile of the person`,
    input: [
      track({ distinct_id: A }),
      identify('U', A),
      alias('mail', 'U'),
      engage('U', { $set: { plan: 'pro' } }),
      engage(id, { $ignore_alias: true, $delete: '' }),
    ],
    expect: { cluster_profile: { members: ['U', A, 'mail'], props: { plan: 'pro' } } },
  })),
  {
    title: 'ID-66: of two profiles the literal one is deleted, and the other shows',
    input: [
      engage('U', { $set: { plan: 'pro' } }),
      engage(A, { $set: { plan: 'double' } }),
      identify('U', A),
      engage(A, { $ignore_alias: true, $delete: '' }),
    ],
    expect: { cluster_profile: { members: ['U', A], props: { plan: 'pro' } } },
  },
  {
    title: 'ID-30: past the threshold of an id and day events lose their name and their person',
    project: { hotShard: 2 },
    input: [track(...[1, 2, 3].map((n) => ({ distinct_id: 'U', n })))],
    expect: {
      userless: [2],
      last_event: { event: '$hotshard_events', distinct_id: '', mp_original_distinct_id: 'U' },
    },
  },
];
