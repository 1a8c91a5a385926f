import { failed } from '../support/rule-case.js';
import type { RuleCase } from '../support/rule-case.js';
import {
  A,
  alias,
  B,
  engage,
  eventOf,
  identify,
  importLoose,
  importStrict,
  merge,
  NOW,
  track,
} from '../support/steps.js';

const DAY = 86_400;
const C = 'cccccccc-0000-4000-8000-000000000000';
const V = 'dddddddd-0000-4000-8000-000000000000';
const MANY = failed('errManyIDs');
const ASSIGNED = failed('errAnonDistinctIdAssignedAlready');
const ALIAS_TAKEN = failed('errAliasAlreadyExists');
const valid = { time: NOW - 9, $insert_id: 'i' };

/** What the rules of Original ID Merge promise at their edges: the order of checks, merged clusters, what counts as used. */
export const ORIGINAL_EDGE_CASES: readonly RuleCase[] = [
  {
    title: 'ID-53: clusters that were merged merge whole',
    input: [
      track({ distinct_id: 'U' }, { distinct_id: 'X' }),
      merge('U', 'V'),
      merge('W', 'X'),
      merge('V', 'W'),
      track({ distinct_id: 'W' }),
    ],
    expect: { same_user: [[0, 1, 5]], clusters: [['U', 'V', 'W', 'X']], failure: {} },
  },
  {
    title: 'ID-48: the cap counts the union, and ids that are in it already cost nothing',
    project: { clusterCap: 4 },
    input: [merge('U', 'V'), merge('W', 'X'), merge('U', 'W'), merge('X', 'V'), merge('U', 'Y')],
    expect: { clusters: [['U', 'V', 'W', 'X']], failure: { 4: MANY } },
  },
  {
    title: 'ID-48: an anonymous id that the cap refused is free for another user',
    project: { clusterCap: 3 },
    input: [identify('U', A), identify('U', B), identify('U', C), identify('V', C)],
    expect: {
      clusters: [
        ['U', A, B],
        ['V', C],
      ],
      failure: { 2: MANY },
    },
  },
  {
    title: 'ID-50: an alias that the cap refused is free for another id',
    project: { clusterCap: 2 },
    input: [merge('U', 'V'), alias('mail', 'U'), alias('mail', 'W')],
    expect: {
      clusters: [
        ['U', 'V'],
        ['W', 'mail'],
      ],
      failure: { 1: MANY },
    },
  },
  {
    title: '6.2: of several reasons the first in the order of the checks is given',
    project: { clusterCap: 2 },
    input: [
      identify('U', A),
      identify('x', 'x'),
      identify('V', A),
      alias('mail', 'W'),
      alias('mail', 'U'),
    ],
    expect: {
      clusters: [
        ['U', A],
        ['W', 'mail'],
      ],
      failure: { 1: failed('errSameIDs'), 2: ASSIGNED, 4: ALIAS_TAKEN },
    },
  },
  {
    title: 'ID-47: only an identify makes ids taken, a merge does not',
    input: [merge('U', A), identify('W', A), merge('W', B), identify('X', B)],
    expect: { clusters: [['U', A, 'W', B]], failure: { 3: ASSIGNED } },
  },
  {
    title: 'ID-47: an identify that was refused has used no id',
    input: [identify(V, 'no-guid'), identify('W', V)],
    expect: { clusters: [['W', V]], failure: { 0: failed('errAnonDistinctIdNonGUIDForm') } },
  },
  {
    title: 'ID-46: an identify of what a merge has joined changes nothing, and takes the id',
    input: [merge('U', A), identify('U', A), identify('W', A)],
    expect: { clusters: [['U', A]], failure: { 2: ASSIGNED } },
  },
  {
    title: 'ID-43: an anonymous id may be identified itself, and brings its cluster',
    input: [identify('U', A), identify(A, B), track({ distinct_id: B }, { distinct_id: 'U' })],
    expect: { clusters: [['U', A, B]], same_user: [[2, 3]], failure: {} },
  },
  {
    title: 'ID-51: aliases of each other join once, and each has its target',
    input: [alias('b', 'a'), alias('a', 'b'), alias('a', 'c'), track({ distinct_id: 'c' })],
    expect: { clusters: [['a', 'b'], ['c']], failure: { 2: ALIAS_TAKEN } },
  },
  {
    title: 'ID-51: an id as its own alias uses no name',
    input: [alias('U', 'U'), alias('U', 'V')],
    expect: { clusters: [['U', 'V']], failure: {} },
  },
  {
    title: 'ID-50: an alias stays that of its id, also where another id was merged with it',
    input: [alias('mail', 'U'), merge('U', 'V'), alias('mail', 'V')],
    expect: { clusters: [['U', 'V', 'mail']], failure: { 2: ALIAS_TAKEN } },
  },
  {
    title: 'ID-45: an id with the prefix and the same without are two',
    input: [track({ distinct_id: A }, { distinct_id: `$device:${A}` }), identify('U', A)],
    expect: { same_user: [[0], [1]], clusters: [['U', A], [`$device:${A}`]] },
  },
  {
    title: 'ID-5: letter case and white space tell ids apart, number and text do not',
    input: [
      identify('U', A),
      track({ distinct_id: 'u' }, { distinct_id: ' U' }, { distinct_id: A.toUpperCase() }),
      { op: 'track', body: eventOf('$identify', { $identified_id: 42, $anon_id: B }) },
      track({ distinct_id: '42' }, { distinct_id: 42 }, { distinct_id: B }),
    ],
    expect: {
      clusters: [['U', A], ['u'], [' U'], [A.toUpperCase()], ['42', B]],
      same_user: [[1], [2], [3], [5, 6, 7]],
    },
  },
  {
    title: 'T-14, T-30, T-20: a verb that is dropped joins nothing',
    input: [
      ...[{ time: NOW - 6 * DAY }, { $ignore: true }, { token: 'another' }].map((more) => ({
        op: 'track' as const,
        body: eventOf('$identify', { $identified_id: 'U', $anon_id: A, ...more }),
      })),
      track({ distinct_id: A }, { distinct_id: 'U' }),
    ],
    expect: {
      stored: { 0: false, 1: false, 2: false },
      same_user: [[3], [4]],
      clusters: [[A], ['U']],
    },
  },
  {
    title: 'ID-42: on /import an old verb joins, strict or not',
    input: [
      track({ distinct_id: A }, { distinct_id: B }, { distinct_id: 'U' }),
      importStrict(
        eventOf('$identify', { $identified_id: 'U', $anon_id: A, time: NOW - 900 * DAY }),
      ),
      importLoose(eventOf('$merge', { $distinct_ids: ['U', B] })),
    ],
    expect: { same_user: [[0, 1, 2]], clusters: [['U', A, B]], stored: { 3: true, 4: true } },
  },
  {
    title: 'I-43: a merge makes no duplicates, and a retry after it is one',
    input: [
      track({ distinct_id: A, ...valid }, { distinct_id: 'U', ...valid }),
      identify('U', A),
      track({ distinct_id: A, ...valid }),
    ],
    expect: { raw_events: 4, unique_events: 3, same_user: [[0, 1, 3]] },
  },
  {
    title: 'E-2: what third parties call creating an identity is refused as the verb is',
    input: [
      identify('U', A),
      {
        op: 'call',
        method: 'POST',
        path: '/identity/create',
        auth: 'basic',
        body: { $token: 'T', $identified_id: 'V', $anon_id: A },
      },
      track({ distinct_id: 'V' }, { distinct_id: A }),
    ],
    expect: {
      same_user: [[1], [2]],
      clusters: [['U', A], ['V']],
      responses: { 1: { http: 200, body: { status: 1 } } },
    },
  },
  {
    title: 'ID-65: a person made of three with a profile each shows one, which every id changes',
    input: [
      ...['U', 'V', 'W'].map((id) => engage(id, { $set: { of: id } })),
      merge('U', 'V'),
      merge('V', 'W'),
      engage('W', { $set: { last: true } }),
    ],
    expect: {
      cluster_profile: { members: ['U', 'V', 'W'], props: { last: true } },
    },
  },
];
