import { DEVICE_TAKEN } from '../support/rule-case.js';
import type { RuleCase } from '../support/rule-case.js';
import { A, alias, B, engage, eventOf, identify } from '../support/steps.js';
import { importLoose, importStrict, NOW, track } from '../support/steps.js';

const VERB_REFUSED =
  'identity events are not allowed when project is using simplified identity management';
const DAY = 86_400;
const loginOn = (device: string, user: string, more = {}): Record<string, unknown> => ({
  $device_id: device,
  $user_id: user,
  ...more,
});

/** What the rules of Simplified ID Merge promise (section 5), where no published case says it. */
export const SIMPLIFIED_CASES: readonly RuleCase[] = [
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
  {
    title: 'ID-17: a profile update to a linked device reaches its user',
    input: [track(loginOn('D', 'U')), engage('$device:D', { $set: { plan: 'pro' } })],
    expect: { profiles: { U: { plan: 'pro' }, '$device:D': null } },
  },
  {
    title: 'ID-16: set again on the user a property is there, and the device keeps its own',
    input: [
      engage('$device:D', { $set: { plan: 'trial', seen: 1 } }),
      track(loginOn('D', 'U')),
      engage('U', { $set: { plan: 'pro' } }),
    ],
    expect: { profiles: { U: { plan: 'pro' } }, profile_props_absent: { U: ['seen'] } },
  },
  {
    title: 'I-40: another time, event or id is another event',
    input: [
      track({ $user_id: 'U', time: NOW - 9, $insert_id: 'i' }),
      track({ $user_id: 'U', time: NOW - 8, $insert_id: 'i' }),
      track({ $user_id: 'V', time: NOW - 9, $insert_id: 'i' }),
      { op: 'track', body: eventOf('Other', { $user_id: 'U', time: NOW - 9, $insert_id: 'i' }) },
      track({ $user_id: 'U', time: NOW - 9, $insert_id: 'j' }),
    ],
    expect: { raw_events: 5, unique_events: 5 },
  },
  {
    title: 'I-40: seconds and milliseconds of the same moment are the same time',
    input: [
      track({ $user_id: 'U', time: NOW - 9, $insert_id: 'i', n: 1 }),
      importStrict(
        eventOf('Page View', { $user_id: 'U', time: (NOW - 9) * 1_000, $insert_id: 'i', n: 2 }),
      ),
    ],
    expect: { raw_events: 2, unique_events: 1, surviving: { insert_id: 'i', n: 2 } },
  },
  {
    title: 'T-16: without an $insert_id nothing is a duplicate',
    input: [track({ $user_id: 'U', time: NOW - 9 }), track({ $user_id: 'U', time: NOW - 9 })],
    expect: { raw_events: 2, unique_events: 2 },
  },
  {
    title: 'I-43: the key holds the id of arrival, and one person under two ids is warned of',
    input: [
      track({ $device_id: 'D', time: NOW - 9, $insert_id: 'i' }),
      track(loginOn('D', 'U', { $insert_id: 'link' })),
      track({ $device_id: 'D', time: NOW - 9, $insert_id: 'i' }),
    ],
    expect: { raw_events: 3, unique_events: 3, warnings: ['3 insert-id-under-two-ids'] },
  },
  {
    title: 'I-43: it is warned of as well when the second of the two is what joins them',
    input: [
      track({ $device_id: 'D', time: NOW - 9, $insert_id: 'i' }),
      track(loginOn('D', 'U', { time: NOW - 9, $insert_id: 'i' })),
    ],
    expect: { raw_events: 2, unique_events: 2, warnings: ['2 insert-id-under-two-ids'] },
  },
  {
    title: 'I-8: strict /import takes a device or a user for a missing distinct_id',
    input: [
      importStrict(
        eventOf('A', { $device_id: 'D', time: NOW, $insert_id: 'i1' }),
        eventOf('A', { $user_id: 'U', time: NOW, $insert_id: 'i2' }),
        eventOf('A', loginOn('D', 'U', { time: NOW, $insert_id: 'i3' })),
      ),
    ],
    expect: {
      stored: { 0: true, 1: true, 2: true },
      resolved: { 0: 'U', 1: 'U', 2: 'U' },
      responses: { 0: { http: 200, code: 200, status: 'OK', num_records_imported: 3 } },
    },
  },
  {
    title: 'ID-30: past the threshold of an id and day events lose their name and their person',
    project: { hotShard: 3 },
    input: [
      {
        op: 'generate',
        endpoint: 'track',
        from: 1,
        to: 5,
        as_batch: true,
        template: [eventOf('Ping', { $user_id: 'U', $insert_id: 'p{i}' })],
      },
    ],
    expect: {
      raw_events: 5,
      distinct_users: 1,
      resolved: { 0: 'U', 2: 'U', 3: '', 4: '' },
      userless: [3, 4],
      last_event: {
        event: '$hotshard_events',
        distinct_id: '',
        mp_original_event_name: 'Ping',
        mp_original_distinct_id: 'U',
      },
      clusters: [['U']],
    },
  },
  {
    title: 'ID-30: duplicates count for the threshold, another day and another id do not',
    project: { hotShard: 1 },
    input: [
      track({ $user_id: 'U', time: NOW - 9, $insert_id: 'i' }),
      track({ $user_id: 'U', time: NOW - 9, $insert_id: 'i' }),
      track({ $user_id: 'U', time: NOW - DAY, $insert_id: 'k' }),
      track({ $user_id: 'V', time: NOW - 9, $insert_id: 'l' }),
    ],
    expect: { userless: [1], resolved: { 0: 'U', 2: 'U', 3: 'V' } },
  },
  {
    title: 'ID-70: the stream of a client for both systems ends as one person',
    input: [
      track({ distinct_id: `$device:${A}`, $device_id: A }),
      {
        op: 'track',
        body: eventOf('$identify', {
          distinct_id: 'U',
          $anon_distinct_id: `$device:${A}`,
          $device_id: A,
          $user_id: 'U',
        }),
      },
      track({ distinct_id: 'U', $device_id: A, $user_id: 'U' }),
      track({ distinct_id: `$device:${B}`, $device_id: B }),
    ],
    expect: {
      same_user: [[0, 2], [3]],
      clusters: [['U', `$device:${A}`], [`$device:${B}`]],
      links: { [A]: 'U' },
      failure: {},
    },
  },
  {
    title: 'section 12: an identify in the browser form without an event after it is warned of',
    input: [
      identify('U', A),
      {
        op: 'track',
        body: eventOf('$identify', { distinct_id: 'V', $anon_distinct_id: `$device:${B}` }),
      },
    ],
    expect: {
      warnings: [
        '1 identity-event-ignored',
        '1 identify-without-event',
        '2 identity-event-ignored',
        '2 identify-without-event',
      ],
    },
  },
];
