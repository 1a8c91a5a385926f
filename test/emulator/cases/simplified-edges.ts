import { DEVICE_TAKEN } from '../support/rule-case.js';
import type { RuleCase } from '../support/rule-case.js';
import { engage, eventOf, importLoose, importStrict, NOW, track } from '../support/steps.js';

const DAY = 86_400;
const loginOn = (device: string, user: string, more = {}): Record<string, unknown> => ({
  $device_id: device,
  $user_id: user,
  ...more,
});
const valid = { time: NOW - 9, $insert_id: 'i' };

/** What the rules of Simplified ID Merge promise at their edges: odd ids, refused records, links tried again. */
export const SIMPLIFIED_EDGE_CASES: readonly RuleCase[] = [
  {
    title: 'ID-2: a doubled prefix loses one, and names another device',
    input: [
      track({ $device_id: 'D' }, { $device_id: '$device:$device:D' }),
      track({ distinct_id: '$device:$device:D' }),
      track(loginOn('$device:$device:D', 'U')),
    ],
    expect: {
      ingest_distinct_id: { 0: '$device:D', 1: '$device:$device:D', 2: '$device:$device:D' },
      props: { 2: { $device_id: '$device:D' } },
      links: { '$device:D': 'U' },
      same_user: [[0], [1, 2, 3]],
    },
  },
  {
    title: '5.1: a prefix with nothing behind it is no device',
    input: [track({ $device_id: '$device:', distinct_id: 'x' }, loginOn('$device:', 'U'))],
    expect: { ingest_distinct_id: { 0: 'x', 1: 'U' }, links: {}, clusters: [['x'], ['U']] },
  },
  {
    title: '5.1: a user beside a device in distinct_id links nothing',
    input: [
      track({ distinct_id: '$device:D' }),
      track({ distinct_id: '$device:D', $user_id: 'U' }),
      track({ distinct_id: '$device:D', $device_id: 'E', $user_id: 'U' }),
    ],
    expect: {
      ingest_distinct_id: { 0: '$device:D', 1: 'U', 2: 'U' },
      links: { E: 'U' },
      clusters: [['$device:D'], ['U', '$device:E']],
      failure: {},
    },
  },
  {
    title: 'ID-5: white space belongs to an id',
    input: [
      track(loginOn('D', 'U'), loginOn(' D', 'U '), loginOn('D ', ' U')),
      track({ $device_id: 'D' }, { $device_id: ' D' }, { $device_id: 'D ' }),
    ],
    expect: {
      links: { D: 'U', ' D': 'U ', 'D ': ' U' },
      same_user: [
        [0, 3],
        [1, 4],
        [2, 5],
      ],
    },
  },
  {
    title: 'ID-11: the owner may link again after another was refused, who may link another device',
    input: [
      track(loginOn('D', 'U'), loginOn('D', 'V'), loginOn('D', 'U')),
      track(loginOn('E', 'V'), { $device_id: 'D' }, { $device_id: 'E' }),
    ],
    expect: {
      links: { D: 'U', E: 'V' },
      failure: { 1: DEVICE_TAKEN },
      same_user: [
        [0, 2, 4],
        [1, 3, 5],
      ],
    },
  },
  {
    title: 'ID-20: verbs after a link neither change nor undo it',
    input: [
      track(loginOn('D', 'U')),
      { op: 'track', body: eventOf('$identify', loginOn('D', 'V', { distinct_id: 'V' })) },
      { op: 'track', body: eventOf('$create_alias', { distinct_id: 'U', alias: 'V' }) },
      track({ $device_id: 'D' }, { $user_id: 'V' }),
    ],
    expect: {
      links: { D: 'U' },
      clusters: [['U', '$device:D'], ['V']],
      stored: { 1: false, 2: false },
      same_user: [[0, 3], [4]],
    },
  },
  {
    title: 'I-3: of a strict batch the valid record links, and the refused ones do not',
    input: [
      track({ $device_id: 'D' }, { $device_id: 'E' }),
      importStrict(
        eventOf('No time', loginOn('E', 'U', { $insert_id: 'a' })),
        eventOf('Valid', loginOn('D', 'U', { ...valid, $insert_id: 'b' })),
        eventOf('', loginOn('E', 'U', { ...valid, $insert_id: 'c' })),
        eventOf('$identify', loginOn('E', 'U', { distinct_id: 'U' })),
        eventOf('Too far', loginOn('E', 'U', { time: NOW + 2 * DAY, $insert_id: 'd' })),
      ),
    ],
    expect: {
      links: { D: 'U' },
      same_user: [[0, 3], [1]],
      responses: { 1: { http: 400, num_records_imported: 1, failed_count: 4 } },
    },
  },
  {
    title: 'I-3, I-9: loose /import takes the same records, and they link',
    input: [
      importLoose(eventOf('No time', loginOn('D', 'U'))),
      importLoose(eventOf('Too far', loginOn('E', 'U', { time: NOW + 2 * DAY }))),
    ],
    expect: {
      links: { D: 'U', E: 'U' },
      event_time_ms: { 0: NOW * 1_000, 1: NOW * 1_000 },
    },
  },
  {
    title: 'T-14: what /track drops for its age /import takes, and it links',
    input: [
      track(loginOn('D', 'U', { time: NOW - 6 * DAY })),
      importStrict(eventOf('Old', loginOn('E', 'U', { ...valid, time: NOW - 3_000 * DAY }))),
    ],
    expect: { stored: { 0: false, 1: true }, links: { E: 'U' }, props: { 1: { $import: true } } },
  },
  {
    title: 'I-10: a placeholder as device or user is kept under strict, with a warning',
    input: [importStrict(eventOf('A', loginOn('null', 'undefined', valid)))],
    expect: {
      links: { null: 'undefined' },
      responses: { 0: { http: 200, num_records_imported: 1 } },
      warnings: ['1 placeholder-id', '1 placeholder-id'],
    },
  },
  {
    title: 'I-40: a device is the same id with its prefix in distinct_id',
    input: [
      track({ $device_id: 'D', ...valid, n: 1 }),
      track({ distinct_id: '$device:D', ...valid, n: 2 }),
      track({ $device_id: '$device:D', distinct_id: 'x', ...valid, n: 3 }),
    ],
    expect: { raw_events: 3, unique_events: 1, surviving: { insert_id: 'i', n: 3 } },
  },
  {
    title: 'I-40: repeated before the link it counts once after it, and so does what came after it',
    input: [
      track({ $device_id: 'D', ...valid }, { $device_id: 'D', ...valid }),
      track(loginOn('D', 'U', { $insert_id: 'link' })),
      track(loginOn('D', 'U', { ...valid, $insert_id: 'late' })),
      track({ $device_id: 'D', ...valid, $insert_id: 'late' }),
    ],
    expect: { raw_events: 5, unique_events: 3, same_user: [[0, 1, 2, 3, 4]] },
  },
  {
    title: 'I-40: the newest wins whichever endpoint it came by',
    input: [
      importStrict(eventOf('Page View', { $user_id: 'U', ...valid, n: 1 })),
      track({ $user_id: 'U', ...valid, n: 2 }),
    ],
    expect: { raw_events: 2, unique_events: 1, surviving: { insert_id: 'i', n: 2 } },
  },
  {
    title: 'ID-30: events are counted under the id that they came in under',
    project: { hotShard: 2 },
    input: [
      track({ $device_id: 'D' }, { $device_id: 'D' }),
      track(loginOn('D', 'U'), loginOn('D', 'U'), { $device_id: 'D' }),
    ],
    expect: { userless: [4], resolved: { 0: 'U', 1: 'U', 2: 'U', 3: 'U', 4: '' } },
  },
  {
    title: 'ID-14: neither the cap nor the rule of form of Original holds here',
    project: { clusterCap: 2, guid: 'v4-strict' },
    input: [track(...['a', 'b', 'c', 'd'].map((device) => loginOn(device, 'U')))],
    expect: { cluster_sizes: [5], failure: {} },
  },
  {
    title: 'ID-17: through a linked device a profile is deleted, and with $ignore_alias it is not',
    input: [
      engage('$device:D', { $set: { own: 1 } }),
      track(loginOn('D', 'U'), loginOn('E', 'V')),
      engage('U', { $set: { plan: 'pro' } }),
      engage('V', { $set: { plan: 'pro' } }),
      engage('$device:D', { $delete: '', $ignore_alias: true }),
      engage('$device:E', { $delete: '' }),
    ],
    expect: { profiles: { U: { plan: 'pro' }, V: null, '$device:D': null } },
  },
];
