import { failed } from '../support/rule-case.js';
import type { RuleCase } from '../support/rule-case.js';
import {
  A,
  alias,
  B,
  eventOf,
  identify,
  importLoose,
  importStrict,
  merge,
  NOW,
  track,
} from '../support/steps.js';
import type { CaseEvent, CaseStep } from '../support/case-file.js';

const DAY = 86_400;
const UUID_V1 = 'c232ab00-9414-11ec-b3c8-9f6bdeced846';
const NO_GUID = failed(
  'errAnonDistinctIdNonGUIDForm',
  "$anon_distinct_id didn't match expected GUID pattern: <value>",
);
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

/** What the rules of Original ID Merge promise of each verb and of the cap (6.2 to 6.5), where no published case says it. */
export const ORIGINAL_VERB_CASES: readonly RuleCase[] = [
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
    title: 'T-11: a $merge finds an id over 255 as it was cut',
    input: [track({ distinct_id: 'x'.repeat(300) }), merge('x'.repeat(300), 'U')],
    expect: { clusters: [['x'.repeat(255), 'U']] },
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
];
