import { DEVICE_TAKEN } from '../support/rule-case.js';
import type { RuleCase } from '../support/rule-case.js';
import { A, alias, eventOf, importLoose, importStrict, NOW, track } from '../support/steps.js';

const VERB_REFUSED =
  'identity events are not allowed when project is using simplified identity management';
const DAY = 86_400;
const loginOn = (device: string, user: string, more = {}): Record<string, unknown> => ({
  $device_id: device,
  $user_id: user,
  ...more,
});

/** What the rules of Simplified ID Merge promise of ids and links (5.1 to 5.3), where no published case says it. */
export const SIMPLIFIED_LINK_CASES: readonly RuleCase[] = [
  {
    title: 'ID-8: every event of the second user fails, and what comes without a user is the first',
    input: [
      track({ $device_id: 'D' }),
      track(loginOn('D', 'U')),
      track(loginOn('D', 'V'), loginOn('D', 'V')),
      track({ $user_id: 'V' }, { $device_id: 'D' }),
    ],
    expect: {
      ingest_distinct_id: { 0: '$device:D', 1: 'U', 2: 'V', 3: 'V', 4: 'V', 5: 'U' },
      same_user: [
        [0, 1, 5],
        [2, 3, 4],
      ],
      clusters: [['U', '$device:D'], ['V']],
      links: { D: 'U' },
      failure: { 2: DEVICE_TAKEN, 3: DEVICE_TAKEN },
    },
  },
  {
    title: '5.1: a user id alone is the distinct id, whatever the distinct_id says',
    input: [track({ $user_id: 'U' }), track({ $user_id: 'U', distinct_id: '$device:D' })],
    expect: {
      ingest_distinct_id: { 0: 'U', 1: 'U' },
      clusters: [['U']],
      links: {},
      failure: {},
    },
  },
  {
    title: '5.1: a device id overrides a distinct_id, linked or not',
    input: [
      track({ $device_id: 'D', distinct_id: 'x' }),
      track(loginOn('D', 'U', { distinct_id: 'y' })),
      track({ $device_id: 'D', distinct_id: 'z' }),
    ],
    expect: {
      ingest_distinct_id: { 0: '$device:D', 1: 'U', 2: 'U' },
      resolved: { 0: 'U', 1: 'U', 2: 'U' },
      clusters: [['U', '$device:D']],
      links: { D: 'U' },
    },
  },
  {
    title: 'ID-2: one prefix of a sent device id is stripped, in the stored event too',
    input: [track({ $device_id: '$device:D' }), track(loginOn('D', 'U'))],
    expect: {
      ingest_distinct_id: { 0: '$device:D', 1: 'U' },
      resolved: { 0: 'U' },
      props: { 0: { $device_id: 'D' } },
      links: { D: 'U' },
    },
  },
  {
    title: 'ID-20: aliases and merges have no effect, and /track answers 1',
    input: [
      track({ $user_id: 'U' }, { $user_id: 'V' }),
      alias('V', 'U'),
      { op: 'track', body: eventOf('$merge', { $distinct_ids: ['U', 'V'] }) },
      track({ $user_id: 'V' }),
    ],
    expect: {
      same_user: [[0], [1, 4]],
      clusters: [['U'], ['V']],
      stored: { 2: false, 3: false },
      failure: {},
      responses: {
        1: { http: 200, body: { error: null, status: 1 } },
        2: { http: 200, body: { error: null, status: 1 } },
      },
    },
  },
  {
    title: 'ID-21: /track answers 1 to a verb with any id, and T-23 to one without',
    input: [
      { op: 'track', body: eventOf('$identify', { $device_id: A, $user_id: 'U' }) },
      { op: 'track', body: eventOf('$create_alias', { distinct_id: 'U' }) },
      { op: 'track', body: eventOf('$identify', {}) },
    ],
    expect: {
      stored: { 0: false, 1: false, 2: false },
      responses: {
        0: { http: 200, body: { error: null, status: 1 } },
        1: { http: 200, body: { error: null, status: 1 } },
        2: { http: 200, body: { error: 'distinct_id, missing or empty', status: 0 } },
      },
    },
  },
  ...['$identify', '$create_alias', '$merge'].map((verb, index): RuleCase => ({
    title: `I-12: strict /import refuses ${verb}, loose /import ignores it`,
    input: [
      importStrict(
        [
          eventOf('$identify', { $identified_id: 'U', $anon_id: A }),
          eventOf('$create_alias', { distinct_id: 'U', alias: 'V' }),
          eventOf('$merge', { $distinct_ids: ['U', 'V'] }),
        ][index] ?? eventOf(verb, {}),
      ),
      importLoose(eventOf(verb, { $distinct_ids: ['U', 'V'], distinct_id: 'U', alias: 'V' })),
    ],
    expect: {
      stored: { 0: false, 1: false },
      clusters: [],
      links: {},
      responses: {
        0: {
          http: 400,
          code: 400,
          status: 'Bad Request',
          error: 'some data points in the request failed validation',
          num_records_imported: 0,
          failed_count: 1,
          message: VERB_REFUSED,
          failed_records: [{ index: 0, message: VERB_REFUSED }],
        },
        1: { http: 200, code: 200, status: 'OK' },
      },
    },
  })),
  {
    title: '6.1: an id of another tool is linked as one more device',
    input: [
      track({ $device_id: 'D' }),
      track({ $device_id: 'other-tool-7' }),
      track(loginOn('D', 'U'), loginOn('other-tool-7', 'U')),
    ],
    expect: {
      same_user: [[0, 1, 2, 3]],
      clusters: [['U', '$device:D', '$device:other-tool-7']],
      links: { D: 'U', 'other-tool-7': 'U' },
    },
  },
  {
    title: 'ID-10: a link dated 30 days before the anonymous events holds for them',
    input: [
      track({ $device_id: 'D', time: NOW - 60 }),
      importStrict(eventOf('Old', loginOn('D', 'U', { time: NOW - 30 * DAY, $insert_id: 'i' }))),
    ],
    expect: { resolved: { 0: 'U', 1: 'U' }, links: { D: 'U' }, same_user: [[0, 1]] },
  },
  {
    title: 'ID-12: an old event of a device that arrives after the link goes to the user at once',
    input: [
      track(loginOn('D', 'U')),
      importStrict(eventOf('Old', { $device_id: 'D', time: NOW - 90 * DAY, $insert_id: 'i' })),
      track({ distinct_id: '$device:D' }),
    ],
    expect: {
      ingest_distinct_id: { 1: 'U', 2: 'U' },
      props: { 1: { $user_id: 'U' }, 2: { $user_id: 'U', $device_id: 'D' } },
      same_user: [[0, 1, 2]],
    },
  },
  {
    title: 'ID-10: the first written link wins, not the earliest one',
    input: [
      track(loginOn('D', 'U', { time: NOW - 10 })),
      track(loginOn('D', 'V', { time: NOW - 100 })),
      track({ $device_id: 'D', time: NOW - 200 }),
    ],
    expect: {
      links: { D: 'U' },
      resolved: { 0: 'U', 1: 'V', 2: 'U' },
      failure: { 1: DEVICE_TAKEN },
    },
  },
  {
    title: 'ID-3: a link in the middle of a batch holds for what stands before and after it',
    input: [track({ $device_id: 'D' }, loginOn('D', 'U'), { $device_id: 'D' })],
    expect: {
      ingest_distinct_id: { 0: '$device:D', 1: 'U', 2: 'U' },
      resolved: { 0: 'U', 1: 'U', 2: 'U' },
    },
  },
  {
    title: 'ID-3: an event that is dropped links nothing',
    input: [
      track({ $device_id: 'D' }),
      track(loginOn('D', 'U', { time: NOW - 6 * DAY })),
      track(loginOn('D', 'U', { $ignore: true })),
      track(loginOn('D', 'U', { token: 'another' })),
      track({ $user_id: 'U' }),
    ],
    expect: {
      stored: { 0: true, 1: false, 2: false, 3: false, 4: true },
      links: {},
      clusters: [['$device:D'], ['U']],
    },
  },
  {
    title: 'ID-5: ids differ by letter case',
    input: [
      track(loginOn('d', 'u'), loginOn('D', 'U')),
      track({ $device_id: 'd' }, { $device_id: 'D' }, { distinct_id: 'u' }),
    ],
    expect: {
      links: { d: 'u', D: 'U' },
      same_user: [
        [0, 2, 4],
        [1, 3],
      ],
    },
  },
  {
    title: 'ID-5: an id that is a number or a truth value is its text',
    input: [
      track({ $user_id: 42 }, { $user_id: '42' }, { distinct_id: 42 }),
      track({ $device_id: 7 }, { $device_id: '7', $user_id: 42 }),
    ],
    expect: {
      resolved: { 0: '42', 2: '42', 3: '42' },
      links: { 7: '42' },
      clusters: [['42', '$device:7']],
    },
  },
  {
    title: '5.1: empty texts and nulls count as absent',
    input: [
      track({ $device_id: 'D', $user_id: '' }, { $device_id: '', $user_id: 'U' }),
      track({ $device_id: null, $user_id: null, distinct_id: 'x' }),
      track({ $device_id: 'D', $user_id: null, distinct_id: '' }),
    ],
    expect: {
      ingest_distinct_id: { 0: '$device:D', 1: 'U', 2: 'x', 3: '$device:D' },
      links: {},
      clusters: [['$device:D'], ['U'], ['x']],
    },
  },
  {
    title: 'T-17: an empty distinct_id is kept and belongs to nobody',
    input: [track({ distinct_id: '' }), track({ distinct_id: 'x' })],
    expect: {
      stored: { 0: true, 1: true },
      userless: [0],
      ingest_distinct_id: { 0: '' },
      resolved: { 0: '' },
      same_user: [[1]],
      clusters: [['x']],
    },
  },
  {
    title: 'ID-6: a device that two users share makes no one of them',
    input: [
      track(loginOn('D', 'U'), loginOn('E', 'V')),
      track(loginOn('E', 'U'), loginOn('D', 'V')),
    ],
    expect: {
      same_user: [
        [0, 2],
        [1, 3],
      ],
      clusters: [
        ['U', '$device:D'],
        ['V', '$device:E'],
      ],
      failure: { 2: DEVICE_TAKEN, 3: DEVICE_TAKEN },
    },
  },
  {
    title: 'ID-6: a user id that equals a device id is another id',
    input: [track({ $device_id: 'x' }, { $user_id: 'x' }), track(loginOn('x', 'U'))],
    expect: { resolved: { 0: 'U', 1: 'x', 2: 'U' }, clusters: [['x'], ['U', '$device:x']] },
  },
];
