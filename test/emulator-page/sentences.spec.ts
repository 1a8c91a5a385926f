import { expect, test } from 'playwright/test';

import { explainDrop } from '../../src/emulator-page/model/drop-reason.js';
import { explainRefusal } from '../../src/emulator-page/model/explanation.js';
import {
  groupProperties,
  sentProperties,
} from '../../src/emulator-page/model/exported-properties.js';
import { faultOf, faultText } from '../../src/emulator-page/model/fault.js';
import {
  byteSize,
  calendarTime,
  clockTime,
  counted,
  eventTimeMs,
  shortId,
} from '../../src/emulator-page/model/format.js';
import {
  identityStory,
  storyText,
  type StorySource,
} from '../../src/emulator-page/model/identity-story.js';
import { noticesOf } from '../../src/emulator-page/model/notice.js';
import { listProfiles } from '../../src/emulator-page/model/profile-list.js';
import { rowTitle } from '../../src/emulator-page/model/row.js';
import { scrollToShow, windowRange } from '../../src/emulator-page/model/window-range.js';
import { linkRow, sampleRow } from './sample.js';

const source: StorySource = {
  system: 'simplified',
  currentId: 'ada',
  idCount: 1,
  joinSeqOf: () => undefined,
};
const tell = (row: Parameters<typeof identityStory>[0], given: Partial<StorySource> = {}) =>
  storyText(identityStory(row, { ...source, ...given }));

test.describe('the story of an event', () => {
  test('says of a device that it waits for its user', () => {
    const row = sampleRow({ ingestDistinctId: '$device:D' });
    expect(tell(row, { currentId: '$device:D' })).toContain('not linked to a user yet');
  });

  test('says which event moved it, when its device was linked later', () => {
    const row = sampleRow({ seq: 1, ingestDistinctId: '$device:D', distinctId: 'ada' });
    expect(tell(row, { joinSeqOf: () => 3 })).toBe(
      'Sent by device $device:D before it was known whose it is. Event #3 linked it, and this event moved to ada.',
    );
    expect(tell(row)).toBe('Sent by device $device:D; counts for ada.');
  });

  test('says that an event made the link, and of later ones that they did not', () => {
    const row = linkRow(3, 'D', 'ada');
    expect(tell(row, { joinSeqOf: () => 3 })).toContain('This event linked the two');
    expect(tell(row, { joinSeqOf: () => 1 })).toBe('Sent by ada on device $device:D.');
  });

  test('names both sides of a refused merge', () => {
    const refused = linkRow(2, 'D', 'bob', 'errAnonDistinctIdAssignedAlready');
    expect(tell(refused)).toContain('was not linked; the event counts for bob');
    const properties = { $anon_id: 'visitor', $failure_reason: 'errAnonDistinctIdNonGUIDForm' };
    const verb = sampleRow({ event: '$identify', properties });
    expect(tell(verb, { system: 'original' })).toBe(
      'Asked to join visitor and ada, and was refused. Nothing changed.',
    );
  });

  test('tells the ids of a person apart in Original', () => {
    const row = sampleRow({ ingestDistinctId: 'A' });
    const given = { system: 'original', currentId: 'A' } as const;
    expect(tell(row, given)).toBe('Sent under A, an id that is joined with no other.');
    expect(tell(row, { ...given, idCount: 3 })).toBe(
      'Sent under A, one of 3 ids of the same person.',
    );
    expect(tell(row, { ...given, idCount: 3, currentId: 'B' })).toContain('counts under B');
    const verb = sampleRow({ event: '$merge', properties: { $distinct_ids: ['A', 'B'] } });
    expect(tell(verb, given)).toContain('Joined A and B');
    expect(tell(sampleRow({ event: '$merge' }), given)).toContain('joined nothing');
  });

  test('says of what belongs to nobody that it does', () => {
    expect(tell(sampleRow({ dropReason: 'too-old' }))).toBe('Not kept, so it counts for nobody.');
    expect(tell(sampleRow({ ingestDistinctId: '' }))).toContain('counts for nobody');
  });
});

test('each drop and each refusal is explained with what to change', () => {
  for (const reason of ['too-old', 'unknown-token', 'ignored-by-property', 'never-heard-of']) {
    expect(explainDrop(reason).because).not.toBe('');
    expect(explainDrop(reason).change).not.toBe('');
  }
  expect(explainDrop('toString').because).toContain('toString');
  for (const code of ['errSameIDs', 'errManyIDs', 'errAliasAlreadyExists', 'errNew']) {
    expect(explainRefusal(code, 'original').change).not.toBe('');
  }
  expect(explainRefusal('errNew', 'original').because).toContain('errNew');
});

test('each thing about an event is said once, with the ids where the emulator names them', () => {
  const taken = { code: 'device-already-linked', message: 'Device "D" belongs to "ada".', seq: 2 };
  const other = { code: 'missing-insert-id', message: 'No $insert_id.', seq: 2 };
  const refused = linkRow(2, 'D', 'bob', 'errAnonDistinctIdAssignedAlready');
  expect(noticesOf(refused, [taken, other], 'simplified')).toEqual([
    { code: 'errAnonDistinctIdAssignedAlready', because: taken.message },
    { code: other.code, because: other.message },
  ]);
  expect(noticesOf(refused, [], 'simplified')[0]?.change).toContain('reset()');
  const dropped = sampleRow({ dropReason: 'too-old' });
  expect(noticesOf(dropped, [], 'simplified')[0]).toMatchObject({ code: 'too-old' });
});

test('what the service added is kept apart from what was sent', () => {
  const row = sampleRow({
    ingestDistinctId: '$device:D',
    distinctId: 'ada',
    properties: {
      token: 'T',
      plan: 'pro',
      $device_id: 'D',
      distinct_id: 'ada',
      $user_id: 'ada',
      $distinct_id_before_identity: '$device:D',
    },
  });
  const { sent, service } = groupProperties(row);
  expect(sent.map(({ name }) => name)).toEqual(['plan', 'token', '$device_id']);
  expect(service).toEqual([
    { name: 'distinct_id', value: 'ada', sentValue: '$device:D' },
    { name: '$user_id', value: 'ada' },
    { name: '$distinct_id_before_identity', value: '$device:D' },
  ]);
  expect(sentProperties(row)).toEqual({
    plan: 'pro',
    token: 'T',
    $device_id: 'D',
    distinct_id: '$device:D',
  });
});

test('ids, times and sizes are short and unmistakable', () => {
  expect(shortId('$device:00000000-0000-4000-8000-00000000abcd')).toBe('0000…abcd');
  expect(shortId('ada@example.com')).toBe('ada@example.com');
  expect(shortId('')).toBe('(empty id)');
  expect(shortId('x'.repeat(300))).toHaveLength(40);
  expect(eventTimeMs(1_800_000_000)).toBe(1_800_000_000_000);
  expect(eventTimeMs(1_800_000_000_123)).toBe(1_800_000_000_123);
  expect(eventTimeMs('1800000000.5')).toBe(1_800_000_000_500);
  for (const time of [undefined, '', 'soon', {}, NaN]) expect(eventTimeMs(time)).toBeUndefined();
  const noon = new Date(2026, 10, 23, 12, 0, 1, 7).getTime();
  expect(clockTime(noon, noon)).toBe('12:00:01.007');
  expect(clockTime(noon, noon + 86_400_000)).toBe('23 Nov 12:00');
  expect(clockTime(9e15, noon)).toBe('–');
  expect(calendarTime(noon)).toContain('23 Nov 2026');
  expect([byteSize(812), byteSize(1_400), byteSize(2_000_000)]).toEqual([
    '812 B',
    '1.4 kB',
    '2.0 MB',
  ]);
  expect([counted(1, 'event'), counted(1_234, 'event')]).toEqual(['1 event', '1,234 events']);
});

test('a long list renders what is on screen and a little more', () => {
  expect(windowRange({ scrollTop: 0, height: 300 }, 30, 10_000)).toEqual({ start: 0, end: 18 });
  expect(windowRange({ scrollTop: 150_000, height: 300 }, 30, 10_000)).toEqual({
    start: 4_992,
    end: 5_018,
  });
  expect(windowRange({ scrollTop: 300_000, height: 300 }, 30, 10)).toEqual({ start: 10, end: 10 });
  expect(windowRange({ scrollTop: 0, height: 300 }, 30, 0)).toEqual({ start: 0, end: 0 });
  expect(scrollToShow(0, { scrollTop: 90, height: 300 }, 30)).toBe(0);
  expect(scrollToShow(5, { scrollTop: 90, height: 300 }, 30)).toBe(90);
  expect(scrollToShow(20, { scrollTop: 90, height: 300 }, 30)).toBe(330);
});

test('a fault holds what was filled in, and reads as a sentence', () => {
  const fields: Record<string, string> = { path: '/track', status: '503', times: '1', cut: '' };
  const fault = faultOf((name) => fields[name] ?? '');
  expect(fault).toEqual({ path: '/track', status: 503, times: 1 });
  expect(faultText(fault)).toBe('/track: answers 503, once');
  expect(faultText({ cut: 'after', delayMs: 20 })).toBe(
    'Every path: waits 20 ms, cuts the connection after storing, until cleared',
  );
});

test('a profile says whose it is, and none is taken for another', () => {
  const known = {
    system: 'simplified',
    profiles: { ada: {}, '$device:D': {} },
    groups: { user: { ada: {} } },
  } as const;
  const entries = listProfiles(known, '');
  expect(entries.map(({ owner }) => owner)).toEqual(['user', 'device', 'user']);
  expect(new Set(entries.map(({ key }) => key)).size).toBe(3);
  const person = listProfiles({ ...known, system: 'original' }, 'device');
  expect(person.map(({ owner }) => owner)).toEqual(['user']);
});

test('what has no event name is called by what it is', () => {
  const titleOf = (endpoint: string, dropReason: string, event = '') =>
    rowTitle({ endpoint, dropReason, event });
  expect(titleOf('/track', 'invalid-record', 'Old')).toBe('Old');
  expect(titleOf('/track', 'invalid-record', ' ')).toBe('unnamed event');
  expect(titleOf('/engage', 'unknown-token')).toBe('/engage update');
  expect(titleOf('/import', 'too-many-records')).toBe('/import batch');
});

test('profiles are found by id, group and property', () => {
  const known = {
    system: 'simplified',
    profiles: { ada: { plan: 'pro' }, bob: {} },
    groups: { company: { Acme: { city: 'Ulm' } } },
  } as const;
  const find = (query: string) => listProfiles(known, query).map(({ id }) => id);
  expect(find('')).toEqual(['ada', 'bob', 'Acme']);
  expect(find('PRO')).toEqual(['ada']);
  expect(find('company ulm')).toEqual(['Acme']);
});
