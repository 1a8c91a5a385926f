import type { RuleCase } from '../support/rule-case.js';
import {
  A,
  alias,
  engage,
  eventOf,
  identify,
  importStrict,
  merge,
  track,
} from '../support/steps.js';

const ok = { http: 200, body: { error: null, status: 1 } };

/** What section 7 says of the system before ID Merge. */
export const LEGACY_CASES: readonly RuleCase[] = [
  {
    title: 'section 7: an alias holds for what comes after it, whose id is the original one',
    input: [
      track({ distinct_id: 'anyone' }, { distinct_id: 'U' }),
      alias('U', 'anyone'),
      track({ distinct_id: 'U' }, { distinct_id: 'anyone' }),
    ],
    expect: {
      resolved: { 0: 'anyone', 1: 'U', 3: 'anyone', 4: 'anyone' },
      same_user: [[0, 3, 4], [1]],
      clusters: [['anyone', 'U']],
      responses: { 1: ok },
    },
  },
  {
    title: 'section 7: a name is given once, and the second time nothing says so',
    input: [alias('U', 'a'), alias('U', 'b'), alias('U', 'a'), track({ distinct_id: 'U' })],
    expect: {
      resolved: { 3: 'a' },
      failure: {},
      responses: { 1: ok, 2: ok },
      warnings: ['2 alias-refused', '4 insert-id-missing'],
    },
  },
  {
    title: 'section 7: names may chain, not go in circles, and an id may have several',
    input: [
      alias('b', 'a'),
      alias('c', 'b'),
      alias('d', 'a'),
      alias('a', 'c'),
      track(...['a', 'b', 'c', 'd'].map((id) => ({ distinct_id: id }))),
    ],
    expect: { same_user: [[4, 5, 6, 7]], resolved: { 6: 'a' }, clusters: [['a', 'b', 'c', 'd']] },
  },
  {
    title: 'section 7: $identify and $merge have no effect, and are answered with success',
    input: [
      track({ distinct_id: A }, { distinct_id: 'U' }),
      identify('U', A),
      merge('U', A),
      importStrict(eventOf('$identify', { $identified_id: 'U', $anon_id: A })),
      track({ distinct_id: 'U' }),
    ],
    expect: {
      same_user: [[0], [1, 5]],
      stored: { 2: false, 3: false, 4: false },
      clusters: [[A], ['U']],
      responses: { 1: ok, 2: { http: 200, code: 200 }, 3: { http: 200, code: 200 } },
    },
  },
  {
    title: 'section 7: $device_id and $user_id mean nothing',
    input: [
      track({ distinct_id: 'x', $device_id: 'D', $user_id: 'U' }),
      track({ distinct_id: '$device:D' }),
    ],
    expect: { resolved: { 0: 'x', 1: '$device:D' }, links: {}, clusters: [['x'], ['$device:D']] },
  },
  {
    title: 'section 7: a profile is that of the original id, by every name',
    input: [
      engage('a', { $set: { plan: 'trial' } }),
      alias('U', 'a'),
      engage('U', { $set: { plan: 'pro' } }),
      engage('U', { $delete: '', $ignore_alias: true }),
    ],
    expect: { profiles: { a: { plan: 'pro' }, U: null } },
  },
];
