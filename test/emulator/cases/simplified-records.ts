import type { RuleCase } from '../support/rule-case.js';
import { A, B, engage, eventOf, identify, importStrict, NOW, track } from '../support/steps.js';

const DAY = 86_400;
const loginOn = (device: string, user: string, more = {}): Record<string, unknown> => ({
  $device_id: device,
  $user_id: user,
  ...more,
});

/** What the rules promise of profiles, duplicates and hot shards in Simplified (5.4, 5.5, 2.1), where no published case says it. */
export const SIMPLIFIED_RECORD_CASES: readonly RuleCase[] = [
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
