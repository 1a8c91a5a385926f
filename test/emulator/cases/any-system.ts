import type { RuleCase } from '../support/rule-case.js';
import type { CaseEvent, CaseStep } from '../support/case-file.js';
import { engage, eventOf, importLoose, importStrict, NOW, track } from '../support/steps.js';

const DAY = 86_400;
const PLACEHOLDERS =
  '00000000-0000-0000-0000-000000000000 anon anonymous nil none null n/a na undefined unknown <nil> 0 -1 true false [] {} NULL Undefined N/A'.split(
    ' ',
  );
const MANY_IDS = 2_001;
const ok = { http: 200, body: { error: null, status: 1 } };
const refused = (error: string): { http: number; body: object } => ({
  http: 200,
  body: { error, status: 0 },
});
const record = (more: Record<string, unknown>, event = 'E'): CaseEvent =>
  eventOf(event, { distinct_id: 'U', time: NOW - 10, $insert_id: 'i', ...more });
const group = (more: Record<string, unknown>): CaseStep => ({
  op: 'groups',
  body: { $token: 'T', $group_key: 'company', $group_id: 'Acme', ...more },
});
const invalid = (index: number, field: string, problem: string): object => ({
  index,
  field,
  message: `'${field}' is invalid: ${problem}`,
});

/** What the rules promise in every identity system, where no published case says it. */
export const ANY_SYSTEM_CASES: readonly RuleCase[] = [
  {
    title: 'T-13: a time is seconds, fractions of them, or milliseconds; without one it is now',
    input: [
      track({ distinct_id: 'U', time: NOW - 10 }),
      track({ distinct_id: 'U', time: NOW - 10.25 }),
      track({ distinct_id: 'U', time: (NOW - 10) * 1_000 }),
      track({ distinct_id: 'U', time: (NOW - 10) * 1_000 + 7 }),
      track({ distinct_id: 'U' }),
      importLoose(eventOf('E', { distinct_id: 'U', time: 1e11 })),
      importLoose(eventOf('E', { distinct_id: 'U', time: 1e11 + 1 })),
    ],
    expect: {
      event_time_ms: {
        0: (NOW - 10) * 1_000,
        1: (NOW - 10.25) * 1_000,
        2: (NOW - 10) * 1_000,
        3: (NOW - 10) * 1_000 + 7,
        4: NOW * 1_000,
        5: NOW * 1_000,
        6: 1e11 + 1,
      },
    },
  },
  {
    title: 'T-15: a future time on /track becomes the present',
    input: [
      track({ distinct_id: 'U', time: NOW + 60 }),
      track({ distinct_id: 'U', time: (NOW + 90 * DAY) * 1_000 }),
      track({ distinct_id: 'U', time: 4_102_444_800 }),
    ],
    expect: {
      stored: { 0: true, 1: true, 2: true },
      event_time_ms: { 0: NOW * 1_000, 1: NOW * 1_000, 2: NOW * 1_000 },
      responses: { 0: ok, 1: ok, 2: ok },
    },
  },
  {
    title: 'I-9: strict /import takes an hour ahead as now, and refuses more and before 1971',
    input: [
      importStrict(
        record({ time: NOW + 3_600, $insert_id: 'i1' }),
        record({ time: NOW + 3_601, $insert_id: 'i2' }),
        record({ time: Date.UTC(1971, 0, 1) / 1_000, $insert_id: 'i3' }),
        record({ time: Date.UTC(1971, 0, 1) / 1_000 - 1, $insert_id: 'i4' }),
        record({ time: 'yesterday', $insert_id: 'i5' }),
        record({ time: (NOW - 365 * DAY) * 1_000, $insert_id: 'i6' }),
      ),
      importLoose(record({ time: NOW + 90 * DAY, $insert_id: 'i7' })),
    ],
    expect: {
      stored: { 0: true, 1: false, 2: true, 3: false, 4: false, 5: true, 6: true },
      event_time_ms: { 0: NOW * 1_000, 5: (NOW - 365 * DAY) * 1_000, 6: NOW * 1_000 },
      responses: {
        0: {
          http: 400,
          num_records_imported: 3,
          failed_records: [
            {
              ...invalid(1, 'properties.time', 'must not be in the future'),
              insert_id: 'i2',
            },
            { index: 3, field: 'properties.time', insert_id: 'i4' },
            {
              ...invalid(4, 'properties.time', 'must be specified as seconds since epoch'),
              insert_id: 'i5',
            },
          ],
        },
        1: { http: 200, code: 200, num_records_imported: 1 },
      },
    },
  },
  {
    title: 'T-14: five days and no more, and a verb is an event like any other',
    input: [
      track({ distinct_id: 'U', time: NOW - 5 * DAY }),
      track({ distinct_id: 'U', time: NOW - 5 * DAY - 1 }),
      track({ distinct_id: 'U', time: (NOW - 5 * DAY - 1) * 1_000 }),
    ],
    expect: {
      stored: { 0: true, 1: false, 2: false },
      responses: { 1: ok, 2: ok },
      warnings: ['1 insert-id-missing', '2 too-old', '3 too-old'],
    },
  },
  {
    title: 'T-30: a truth value or a text in $ignore drops, on /import too',
    input: [
      track({ distinct_id: 'U', $ignore: true }, { distinct_id: 'U', $ignore: 'false' }),
      track({ distinct_id: 'U', $ignore: '' }, { distinct_id: 'U', $ignore: null }),
      importStrict(record({ $ignore: true })),
    ],
    expect: {
      stored: { 0: false, 1: false, 2: true, 3: true, 4: false },
      responses: { 0: ok, 2: { http: 200, code: 200, status: 'OK' } },
    },
  },
  ...['/track', '/import'].map((endpoint): RuleCase => ({
    title: `T-10: ${MANY_IDS} events in one request to ${endpoint} are refused`,
    input: [
      {
        op: 'generate',
        endpoint: endpoint === '/track' ? 'track' : 'import',
        from: 1,
        to: MANY_IDS,
        as_batch: true,
        strict: 1,
        auth: 'token',
        template: [record({ $insert_id: 'i{i}' })],
      },
    ],
    expect: { raw_events: 0, responses: { 0: { http_any_of: [400, 413] } } },
  })),
  {
    title: 'I-10: each placeholder is refused as distinct_id, in any letter case',
    input: [
      importStrict(
        ...PLACEHOLDERS.map((id, index) => record({ distinct_id: id, $insert_id: `i${index}` })),
        record({ distinct_id: 'lmy47d', $insert_id: 'fine' }),
      ),
      importLoose(record({ distinct_id: 'null' })),
      track({ distinct_id: 'undefined' }),
    ],
    expect: {
      raw_events: 3,
      stored: { 0: false, 19: false, 20: true, 21: true, 22: true },
      responses: {
        0: {
          http: 400,
          failed_count: 20,
          num_records_imported: 1,
          field: 'properties.distinct_id',
        },
        1: { http: 200 },
        2: ok,
      },
    },
  },
  {
    title: 'I-10: a placeholder, 37 bytes or another character in $insert_id is refused',
    input: [
      importStrict(
        ...['null', '-1', 'a'.repeat(37), 'a_b', 'ä'].map((id) => record({ $insert_id: id })),
        record({ $insert_id: 'a'.repeat(36) }),
      ),
      importLoose(record({ $insert_id: 'a_b' })),
    ],
    expect: {
      stored: { 0: false, 1: false, 2: false, 3: false, 4: false, 5: true, 6: true },
      responses: {
        0: {
          http: 400,
          failed_count: 5,
          field: '$insert_id',
          message:
            "'$insert_id' is invalid: must only contain alphanumeric or hyphen '-' characters",
        },
        1: { http: 200, num_records_imported: 1 },
      },
    },
  },
  {
    title: 'I-3: loose /import stores what strict /import refuses, and lists nothing',
    input: [
      importLoose(
        eventOf('E', { distinct_id: 'U' }),
        eventOf('E', { distinct_id: 'U', time: 'soon', $insert_id: 'a:b' }),
        eventOf('', { distinct_id: 'U', time: NOW - 10, $insert_id: 'i' }),
      ),
    ],
    expect: {
      stored: { 0: true, 1: true, 2: false },
      event_time_ms: { 0: NOW * 1_000, 1: NOW * 1_000 },
      responses: { 0: { http: 200, code: 200, status: 'OK', num_records_imported: 2 } },
    },
  },
  {
    title: 'T-23: what is wrong with a record is said as the service says it',
    input: [
      { op: 'track', body: eventOf('', { distinct_id: 'U' }) },
      { op: 'track', body: eventOf('  ', { distinct_id: 'U' }) },
      track({ distinct_id: 'U', token: '' }),
      { op: 'engage', body: { $token: '', $distinct_id: 'U', $set: { a: 1 } } },
      { op: 'engage', body: { $token: 'T', $distinct_id: '', $set: { a: 1 } } },
    ],
    expect: {
      raw_events: 0,
      profiles: { U: null, '': null },
      responses: {
        0: refused('event, missing'),
        1: refused('event, missing'),
        2: refused('token, missing or empty'),
        3: refused('$token, missing or empty'),
        4: refused('$distinct_id, missing or empty'),
      },
    },
  },
  {
    title: 'P-3: operations on what is there and on what is not',
    input: [
      engage('P', { $remove: { list: 'a' } }),
      engage('P', { $set: { n: 1, list: ['a', 'b', 'a'], text: 'x' } }),
      engage('P', { $add: { n: -2.5, text: 1, other: 'no number' } }),
      engage('P', { $remove: { list: 'a', absent: 1 } }),
      engage('P', { $append: { list: ['c', 'd'], fresh: 1 } }),
      engage('P', { $union: { tags: ['x', 'x'] } }),
      engage('P', { $set_once: { n: 9, once: 1 } }),
      engage('P', { $unset: ['text', 'absent'] }),
      engage('Q', { $set: { a: 1 } }),
      engage('Q', { $delete: 'ignored' }),
    ],
    expect: {
      profiles: {
        P: { n: -1.5, list: ['b', ['c', 'd']], fresh: [1], tags: ['x'], once: 1 },
        Q: null,
      },
      profile_props_absent: { P: ['text', 'other', 'absent'] },
    },
  },
  {
    title: 'P-1: of a batch the good updates are applied, and one of them is enough for 1',
    input: [
      {
        op: 'engage',
        body: [
          { $token: 'T', $set: { a: 1 } },
          { $token: 'T', $distinct_id: 'P', $set: { a: 1 } },
          { $token: 'T', $distinct_id: 'P', $set: 'no object' },
        ],
      },
      { op: 'engage', body: [{ $token: 'another', $distinct_id: 'P', $set: { a: 2 } }] },
    ],
    expect: { profiles: { P: { a: 1 } }, responses: { 0: ok, 1: ok } },
  },
  {
    title: 'P-21: a group takes its own operations, and no person',
    input: [
      group({ $set: { a: 1, tags: ['x'], gone: 1 } }),
      group({ $union: { tags: ['x', 'y'] } }),
      group({ $remove: { tags: 'x' } }),
      group({ $unset: ['gone'] }),
      group({ $distinct_id: 'U', $set: { a: 9 } }),
      group({ $add: { a: 1 } }),
      group({ $append: { tags: 'z' } }),
    ],
    expect: {
      group_profiles: { 'company/Acme': { a: 1, tags: ['y'] } },
      responses: {
        0: ok,
        4: { http: 200, body: { status: 0 } },
        5: { http: 200, body: { status: 0 } },
        6: { http: 200, body: { status: 0 } },
      },
    },
  },
  {
    title: 'P-20: a group is deleted, and its like under another key stays',
    input: [
      group({ $set: { a: 1 } }),
      group({ $group_key: 'team', $set: { a: 2 } }),
      group({ $delete: '' }),
    ],
    expect: { group_profiles: { 'team/Acme': { a: 2 } } },
  },
  {
    title: 'T-11: names and texts are cut to 255, and a longer id is its first 255',
    input: [
      track({ distinct_id: 'u'.repeat(300), ['n'.repeat(300)]: 'v'.repeat(300) }),
      track({ distinct_id: 'u'.repeat(255) }),
      engage('u'.repeat(300), { $set: { ['n'.repeat(300)]: 'v'.repeat(300) } }),
    ],
    expect: {
      same_user: [[0, 1]],
      props: { 0: { ['n'.repeat(255)]: 'v'.repeat(255) } },
      profiles: { ['u'.repeat(255)]: { ['n'.repeat(255)]: 'v'.repeat(255) } },
    },
  },
  {
    title: 'T-11: of the group values of an event 300 count, and the property keeps them all',
    project: { hotShard: 1 },
    input: [
      group({ $set: { a: 1 } }),
      group({ $group_key: 'team', $set: { a: 1 } }),
      track({
        distinct_id: 'U',
        company: Array.from({ length: 200 }, (_, n) => `c${n}`),
        team: Array.from({ length: 101 }, (_, n) => `t${n}`),
        $insert_id: 'i',
      }),
    ],
    expect: { stored: { 0: true }, warnings: ['1 group-values-ignored'] },
  },
  {
    title: 'ID-30: a group takes five times the events of an id, and an ignored value none',
    project: { hotShard: 1 },
    input: [
      group({ $set: { a: 1 } }),
      track(...Array.from({ length: 6 }, (_, n) => ({ distinct_id: `U${n}`, company: 'Acme' }))),
    ],
    expect: {
      userless: [5],
      stored: { 5: true },
      last_event: { event: '$hotshard_events', distinct_id: '', mp_original_distinct_id: 'U5' },
    },
  },
  {
    title: 'ID-30: off by default',
    input: [track(...Array.from({ length: 2_000 }, () => ({ distinct_id: 'U' })))],
    expect: { resolved_all: 'U', raw_events: 2_000 },
  },
];
