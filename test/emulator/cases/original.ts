import { failed } from '../support/rule-case.js';
import type { RuleCase } from '../support/rule-case.js';
import { A, alias, B, engage, eventOf, identify, merge } from '../support/steps.js';
import { importLoose, importStrict, NOW, track } from '../support/steps.js';
import type { CaseEvent, CaseStep } from '../support/case-file.js';

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
const MANY = failed(
  'errManyIDs',
  'too many distinctIDs mapped together, Cluster size: <value> Max limit: 500',
);
const generate = (from: number, to: number, ...template: readonly CaseEvent[]): CaseStep => ({
  op: 'generate',
  endpoint: 'track',
  from,
  to,
  template,
  as_batch: true,
});
const identifyEvent = (user: string): CaseEvent =>
  eventOf('$identify', { $identified_id: user, $anon_id: '{uuid}' });
const ok = { http: 200, body: { error: null, status: 1 } };

/** What the rules of Original ID Merge promise (section 6), where no published case says it. */
export const ORIGINAL_CASES: readonly RuleCase[] = [
  {
    title: 'ID-44: five hyphenated groups pass for a GUID, whatever their version and case',
    input: [
      track({ distinct_id: UUID_V1 }),
      identify('U', UUID_V1),
      identify('U', A.toUpperCase()),
      identify('U', '17c8a2b4d5e6f-0a1b2c3d4e5f-6789ab-1fa400-17c8a2b4d5e70'),
      track({ distinct_id: 'U' }),
    ],
    expect: {
      same_user: [[0, 4]],
      clusters: [
        ['U', UUID_V1, A.toUpperCase(), '17c8a2b4d5e6f-0a1b2c3d4e5f-6789ab-1fa400-17c8a2b4d5e70'],
      ],
      canonical: 'any_member',
      failure: {},
    },
  },
  ...[
    'four-groups-are-few',
    'six-are-1-2-3-4',
    'a-b-c-d-',
    'a b-c-d-e-f',
    '$device:anonymous',
    'x$device:a-b-c-d-e',
    `${A}\n`,
  ].map((id): RuleCase => ({
    title: `ID-44: ${JSON.stringify(id)} does not look like a GUID`,
    input: [track({ distinct_id: id }), identify('U', id), track({ distinct_id: 'U' })],
    expect: {
      same_user: [[0], [2]],
      clusters: [[id], ['U']],
      failure: { 1: NO_GUID },
      responses: { 1: ok },
    },
  })),
  {
    title: 'ID-44: v4-strict wants a UUID v4, with or without the prefix',
    project: { guid: 'v4-strict' },
    input: [
      identify('U', UUID_V1),
      identify('U', `$device:${A}`),
      identify('U', A.toUpperCase()),
      identify('U', 'aaaaaaaa-0000-4000-7000-000000000000'),
    ],
    expect: {
      clusters: [['U', `$device:${A}`, A.toUpperCase()]],
      failure: { 0: NO_GUID, 3: NO_GUID },
    },
  },
  {
    title: 'E-3: the documented form needs no distinct_id, which is the identified id',
    input: [
      track({ distinct_id: A }),
      identify('U', A),
      {
        op: 'track',
        body: eventOf('$identify', { distinct_id: 'U', $identified_id: 'U', $anon_id: B }),
      },
      alias('mail', 'U'),
      track({ distinct_id: 'U' }),
    ],
    expect: {
      verb_distinct_id: { 1: 'U', 2: 'U', 3: 'U' },
      props: { 1: { $identified_id: 'U', $anon_id: A }, 3: { alias: 'mail' } },
      same_user: [[0, 4]],
      clusters: [['U', A, B, 'mail']],
      failure: {},
    },
  },
  {
    title: 'E-3: what the browser sends is the same identify',
    input: [
      track({ distinct_id: A }),
      {
        op: 'track',
        body: eventOf('$identify', {
          distinct_id: 'U',
          $anon_distinct_id: A,
          $device_id: A,
          $user_id: 'U',
        }),
      },
      track({ distinct_id: 'U' }),
    ],
    expect: {
      verb_distinct_id: { 1: 'U' },
      same_user: [[0, 2]],
      clusters: [['U', A]],
      failure: {},
    },
  },
  {
    title: 'ID-46: the same identify again changes nothing and fails nothing',
    input: [
      track({ distinct_id: A }),
      identify('U', A),
      identify('U', A),
      identify('U', A),
      track({ distinct_id: 'U' }),
    ],
    expect: { same_user: [[0, 4]], clusters: [['U', A]], failure: {} },
  },
  {
    title: 'ID-51: an id has many aliases, aliases chain, and each keeps one target',
    input: [
      alias('mail', 'U'),
      alias('phone', 'U'),
      alias('work-phone', 'phone'),
      track({ distinct_id: 'U' }, { distinct_id: 'mail' }),
      track({ distinct_id: 'phone' }, { distinct_id: 'work-phone' }),
    ],
    expect: {
      same_user: [[3, 4, 5, 6]],
      clusters: [['U', 'mail', 'phone', 'work-phone']],
      failure: {},
    },
  },
  {
    title: 'ID-51: the same alias twice joins once, with or without the reason',
    input: [
      alias('mail', 'U'),
      alias('mail', 'U'),
      track({ distinct_id: 'mail' }, { distinct_id: 'U' }),
    ],
    expect: { same_user: [[2, 3]], clusters: [['U', 'mail']], failure: {} },
  },
  {
    title: 'ID-51: an alias takes along, backwards in time, what its value has sent',
    input: [
      track({ distinct_id: 'mail', time: NOW - 4 * DAY }),
      track({ distinct_id: 'U' }),
      alias('mail', 'U'),
      track({ distinct_id: 'mail' }),
    ],
    expect: { same_user: [[0, 1, 3]], clusters: [['U', 'mail']], failure: {} },
  },
  {
    title: 'ID-53: a user and an anonymous id of any shape merge',
    input: [
      track({ distinct_id: 'U' }, { distinct_id: 'session 7' }),
      merge('U', 'session 7'),
      track({ distinct_id: 'session 7' }),
    ],
    expect: {
      same_user: [[0, 1, 3]],
      clusters: [['U', 'session 7']],
      failure: {},
      responses: { 1: { http: 200, code: 200, num_records_imported: 1, status: 'OK' } },
    },
  },
  {
    title: 'ID-53: $merge on /track answers 1 and merges nothing',
    input: [
      track({ distinct_id: 'U' }, { distinct_id: 'V' }),
      { op: 'track', body: eventOf('$merge', { $distinct_ids: ['U', 'V'], distinct_id: 'U' }) },
      track({ distinct_id: 'V' }),
    ],
    expect: { same_user: [[0], [1, 3]], clusters: [['U'], ['V']], responses: { 1: ok } },
  },
  {
    title: 'E-5: a $merge of one, three or no ids merges nothing',
    input: [
      track({ distinct_id: 'U' }, { distinct_id: 'V' }, { distinct_id: 'W' }),
      importStrict(
        eventOf('$merge', { $distinct_ids: ['U', 'V', 'W'] }),
        eventOf('$merge', { $distinct_ids: ['U'] }),
        eventOf('$merge', {}),
        eventOf('$merge', { $distinct_ids: ['U', ''] }),
      ),
      importLoose(eventOf('$merge', { $distinct_ids: ['U', 'V', 'W'] })),
    ],
    expect: {
      same_user: [[0], [1], [2]],
      clusters: [['U'], ['V'], ['W']],
      responses: { 1: { http: 400, failed_count: 4, num_records_imported: 0 }, 2: { http: 200 } },
    },
  },
  {
    title: 'E-5: the same id twice, and a merge again, change nothing and fail nothing',
    input: [track({ distinct_id: 'U' }), merge('U', 'U'), merge('U', 'V'), merge('V', 'U')],
    expect: { clusters: [['U', 'V']], failure: {} },
  },
  {
    title: 'E-5: a $merge without credentials is refused',
    input: [
      {
        op: 'import',
        strict: 1,
        auth: 'none',
        body: [eventOf('$merge', { $distinct_ids: ['U', 'V'] })],
      },
      track({ distinct_id: 'U' }, { distinct_id: 'V' }),
    ],
    expect: {
      stored: { 0: false },
      clusters: [['U'], ['V']],
      responses: { 0: { http: 401, code: 401, status: 'Unauthorized' } },
    },
  },
  {
    title: 'ID-48: 300 and 300 ids are too many for one person, and both clusters stay',
    input: [
      generate(1, 300, identifyEvent('U')),
      generate(301, 600, identifyEvent('V')),
      merge('U', 'V'),
    ],
    expect: { cluster_sizes: [301, 301], failure: { 600: MANY }, largest_cluster: 301 },
  },
  {
    title: 'ID-48: the cap holds for aliases, and the ids refused are users of their own',
    input: [
      generate(
        1,
        510,
        eventOf('Open', { distinct_id: 'alias {i}' }),
        eventOf('$create_alias', { distinct_id: 'U', alias: 'alias {i}' }),
      ),
      track({ distinct_id: 'U' }),
    ],
    expect: {
      largest_cluster: 500,
      distinct_users: 12,
      failure_first_index: { value: 'errManyIDs' },
    },
  },
  {
    title: 'ID-48: the option 501 is what was measured: 510 ids end as eleven users',
    project: { clusterCap: 501 },
    input: [generate(1, 510, eventOf('Page View', { distinct_id: '{uuid}' }), identifyEvent('U'))],
    expect: { largest_cluster: 501, distinct_users: 10 + 1, first_refused_i: 501 },
  },
  {
    title: 'ID-48: what is in a full cluster may be identified again without failure',
    project: { clusterCap: 3 },
    input: [identify('U', A), identify('U', B), identify('U', A), alias(B, 'U'), merge('U', A)],
    expect: { clusters: [['U', A, B]], failure: {} },
  },
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
