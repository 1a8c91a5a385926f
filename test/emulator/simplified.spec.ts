import { test } from './support/emulator-fixture.js';
import { expectCase } from './support/expect-case.js';
import type { CaseExpectation, CaseStep } from './support/case-file.js';
import { runCase } from './support/run-case.js';
import { A, engage, eventOf, importLoose, importStrict, NOW, track } from './support/steps.js';

interface Row {
  readonly title: string;
  readonly input: readonly CaseStep[];
  readonly expect: CaseExpectation;
  readonly project?: Record<string, unknown>;
}

const TAKEN = { property: '$identity_failure_reason', value: 'errAnonDistinctIdAssignedAlready' };
const VERB_REFUSED =
  'identity events are not allowed when project is using simplified identity management';

const rows: readonly Row[] = [
  {
    title: 'ID-1: the id properties win over any distinct_id',
    input: [
      track({ $user_id: 'U', distinct_id: 'other' }),
      track({ $device_id: 'D', distinct_id: 'other' }),
      track({ $device_id: 'E', $user_id: 'V', distinct_id: 'U' }),
    ],
    expect: {
      ingest_distinct_id: { 0: 'U', 1: '$device:D', 2: 'V' },
      links: { E: 'V' },
      clusters: [['U'], ['$device:D'], ['V', '$device:E']],
    },
  },
  {
    title: 'ID-2: one prefix of a sent device id is stripped, a second one stays',
    input: [
      track({ $device_id: '$device:D' }, { $device_id: '$device:$device:D' }),
      track({ $device_id: 'D', $user_id: 'U' }),
    ],
    expect: {
      ingest_distinct_id: { 0: '$device:D', 1: '$device:$device:D' },
      resolved: { 0: 'U', 1: '$device:$device:D' },
      links: { D: 'U' },
    },
  },
  {
    title: 'ID-5: ids differ by letter case, and numbers are their text',
    input: [
      track({ $user_id: 'u' }, { $user_id: 'U' }, { $user_id: 7 }, { distinct_id: '7' }),
      track({ $device_id: 8, $user_id: '7' }, { $device_id: '8' }),
    ],
    expect: { same_user: [[0], [1], [2, 3, 4, 5]], links: { 8: '7' } },
  },
  {
    title: 'empty id properties count as absent',
    input: [
      track({ $device_id: '', $user_id: '', distinct_id: 'x' }, { $device_id: 'D', $user_id: '' }),
    ],
    expect: { ingest_distinct_id: { 0: 'x', 1: '$device:D' }, links: {} },
  },
  {
    title: 'ID-6: two users never merge, not by any number of shared devices',
    input: [
      track({ $device_id: 'D', $user_id: 'U' }),
      track({ $device_id: 'D', $user_id: 'V' }),
      track({ $device_id: 'E', $user_id: 'V' }),
      track({ $device_id: 'E', $user_id: 'U' }),
    ],
    expect: {
      same_user: [
        [0, 3],
        [1, 2],
      ],
      links: { D: 'U', E: 'V' },
      failure: { 1: TAKEN, 3: TAKEN },
    },
  },
  {
    title: 'ID-7: a link re-keys earlier events, and says what they were',
    input: [
      track({ distinct_id: `$device:${A}`, $device_id: A }),
      track({ $device_id: A, $user_id: 'U' }),
    ],
    expect: {
      props: {
        0: {
          distinct_id: 'U',
          $user_id: 'U',
          $distinct_id_before_identity: `$device:${A}`,
          $is_reshuffled: true,
          $preshuffle_distinct_id: `$device:${A}`,
        },
      },
    },
  },
  {
    title: 'ID-8: every event of a second user on the device fails, and the device keeps its first',
    input: [
      track({ $device_id: 'D', $user_id: 'U' }, { $device_id: 'D', $user_id: 'V' }),
      track({ $device_id: 'D', $user_id: 'V' }, { $device_id: 'D', $user_id: 'U' }),
    ],
    expect: { failure: { 1: TAKEN, 2: TAKEN }, resolved: { 1: 'V', 2: 'V', 3: 'U' } },
  },
  {
    title: 'ID-10: the first arrival links, whatever the times of the events say',
    input: [
      importLoose(eventOf('Late', { $device_id: 'D', $user_id: 'U', time: NOW - 100 })),
      importLoose(eventOf('Early', { $device_id: 'D', $user_id: 'V', time: NOW - 9_000_000 })),
      importLoose(eventOf('Anonymous', { $device_id: 'D', time: NOW - 90_000_000 })),
    ],
    expect: { links: { D: 'U' }, resolved: { 0: 'U', 1: 'V', 2: 'U' }, failure: { 1: TAKEN } },
  },
  {
    title: 'ID-11: the same pair again changes nothing and fails nothing',
    input: [track(...Array.from({ length: 3 }, () => ({ $device_id: 'D', $user_id: 'U' })))],
    expect: { links: { D: 'U' }, failure: {}, clusters: [['U', '$device:D']] },
  },
  {
    title: 'ID-12: an anonymous event after the link belongs to the user at once',
    input: [track({ $device_id: 'D', $user_id: 'U' }), track({ $device_id: 'D' })],
    expect: { ingest_distinct_id: { 1: 'U' }, props: { 1: { $user_id: 'U' } } },
  },
  {
    title: 'T-17: an event without any id belongs to the address it came from',
    input: [track({}, {}), track({ distinct_id: null })],
    expect: { same_user: [[0, 1, 2]], links: {} },
  },
  {
    title: 'T-17: an empty distinct_id is kept and belongs to nobody',
    input: [track({ distinct_id: '' })],
    expect: { stored: { 0: true }, userless: [0], clusters: [] },
  },
  {
    title: 'ID-20: no verb links, whatever it carries',
    input: [
      track({ $device_id: A }),
      {
        op: 'track',
        body: eventOf('$identify', { distinct_id: 'U', $device_id: A, $user_id: 'U' }),
      },
      { op: 'track', body: eventOf('$create_alias', { distinct_id: 'U', alias: A }) },
      importLoose(eventOf('$merge', { $distinct_ids: ['U', A] })),
    ],
    expect: {
      links: {},
      clusters: [[`$device:${A}`]],
      stored: { 0: true, 1: false, 2: false, 3: false },
      responses: { 1: { http: 200, body: { status: 1 } }, 3: { http: 200, code: 200 } },
    },
  },
  {
    title: 'ID-21: strict /import refuses the verbs, and takes the rest of the batch',
    input: [
      importStrict(
        eventOf('$identify', { $identified_id: 'U', $anon_id: A }),
        eventOf('Fine', { $user_id: 'U', time: NOW - 5, $insert_id: 'i1' }),
        eventOf('$merge', { $distinct_ids: ['U', 'V'] }),
      ),
    ],
    expect: {
      stored: { 0: false, 1: true, 2: false },
      responses: {
        0: {
          http: 400,
          num_records_imported: 1,
          failed_records: [
            { index: 0, message: VERB_REFUSED },
            { index: 2, message: VERB_REFUSED },
          ],
        },
      },
    },
  },
  {
    title: 'I-8: strict /import takes id properties in the place of a distinct_id',
    input: [
      importStrict(
        eventOf('By device', { $device_id: 'D', time: NOW, $insert_id: 'i1' }),
        eventOf('By user', { $user_id: 'U', time: NOW, $insert_id: 'i2' }),
        eventOf('By nothing', { time: NOW, $insert_id: 'i3' }),
      ),
    ],
    expect: {
      stored: { 0: true, 1: true, 2: false },
      ingest_distinct_id: { 0: '$device:D', 1: 'U' },
    },
  },
  {
    title: 'ID-17: a profile update to a linked device reaches its user',
    input: [
      track({ $device_id: 'D', $user_id: 'U' }),
      engage('$device:D', { $set: { plan: 'pro' } }),
      engage('$device:D', { $ignore_alias: true, $set: { plan: 'literal' } }),
    ],
    expect: { profiles: { U: { plan: 'pro' }, '$device:D': { plan: 'literal' } } },
  },
  {
    title: 'ID-15: a profile hangs on one distinct id, not on the cluster of devices',
    input: [engage('D', { $set: { plan: 'bare' } }), track({ $device_id: 'D', $user_id: 'U' })],
    expect: { profiles: { D: { plan: 'bare' }, U: null } },
  },
  {
    title: 'ID-30: events over the threshold of a day are hidden, earlier ones are not',
    project: { hotShard: 2 },
    input: [
      track(...[1, 2, 3].map((n) => ({ $user_id: 'U', n }))),
      track({ $user_id: 'U', time: NOW - 86_400 }),
    ],
    expect: {
      resolved: { 0: 'U', 1: 'U', 3: 'U' },
      userless: [2],
      props: {
        2: { mp_original_event_name: 'Page View', mp_original_distinct_id: 'U', distinct_id: '' },
      },
    },
  },
];

for (const { title, input, expect, project } of rows) {
  test(title, async ({ emulator }) => {
    const run = await runCase(emulator.url, { system: 'simplified', clock: NOW, input }, project);
    expectCase(run, expect);
  });
}
