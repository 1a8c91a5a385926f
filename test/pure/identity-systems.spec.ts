import { expect, test } from 'playwright/test';

import { identityProperties } from '../../src/identity/identity-properties.js';
import { fakeBrowser, fakePlace, openPage } from './identity-lab.js';

const DEVICE = '11111111-1111-4111-8111-111111111111';
const anonymous = { deviceId: DEVICE, anonymousId: `$device:${DEVICE}`, at: 1 };

/** A browser whose anonymous events were sent in Simplified. */
const simplifiedBrowser = () => fakeBrowser([fakePlace(JSON.stringify(anonymous))]);

test('the anonymous id is the prefixed device id in Simplified and the bare one in Original (ID-2, ID-44)', () => {
  const simplified = openPage(fakeBrowser()).identity.current();
  expect(simplified.anonymousId).toBe(`$device:${simplified.deviceId}`);
  const original = openPage(fakeBrowser(), 'original').identity.current();
  expect(original.anonymousId).toBe(original.deviceId);
});

test('identify sends nothing in Simplified, where an ordinary event links (ID-3, ID-20)', () => {
  const page = openPage(simplifiedBrowser());
  page.track();
  page.identity.identify('u');
  expect(page.sent).toEqual([]);
});

test('identify sends $identify with both ids in Original (E-3)', () => {
  const page = openPage(fakeBrowser(), 'original');
  const { deviceId } = page.identity.current();
  page.identity.identify('u');
  expect(page.sent).toEqual([
    {
      event: { event: '$identify', properties: { $identified_id: 'u', $anon_id: deviceId } },
      ids: { distinct_id: 'u', $device_id: deviceId, $user_id: 'u' },
    },
  ]);
});

test('$identify names the anonymous id that earlier events carried, whatever its form (ID-45)', () => {
  const page = openPage(simplifiedBrowser(), 'original');
  page.identity.identify('u');
  expect(page.sent.map(({ event }) => event.properties)).toEqual([
    { $identified_id: 'u', $anon_id: `$device:${DEVICE}` },
  ]);
});

test('alias is an event of Original and nothing in Simplified (ID-22, E-4)', () => {
  const simplified = openPage(fakeBrowser());
  simplified.identity.alias('nick', 'u');
  expect(simplified.sent).toEqual([]);
  const original = openPage(fakeBrowser(), 'original');
  original.identity.alias('nick', 'u');
  expect(original.sent.map(({ event }) => event)).toEqual([
    { event: '$create_alias', properties: { alias: 'nick', distinct_id: 'u' } },
  ]);
});

test('an alias names the anonymous id that earlier events carried, whatever its form', () => {
  const page = openPage(simplifiedBrowser(), 'original');
  page.identity.alias('nick');
  expect(page.sent.map(({ event }) => event.properties)).toEqual([
    { alias: 'nick', distinct_id: `$device:${DEVICE}` },
  ]);
});

test('only Simplified can owe a link, and pays it with an ordinary event (ID-20)', () => {
  const owing = JSON.stringify({ ...anonymous, userId: 'u', link: 'owed' });
  const original = openPage(fakeBrowser([fakePlace(owing)]), 'original');
  const simplified = openPage(fakeBrowser([fakePlace(owing)]));
  original.identity.reset();
  simplified.identity.reset();
  expect(original.sent).toEqual([]);
  expect(simplified.sent.map(({ event }) => event)).toEqual([
    { event: expect.stringMatching(/^[^$]/), properties: {} },
  ]);
});

test('an anonymous event names its device and no user (ID-70)', () => {
  expect(identityProperties(anonymous)).toEqual({
    distinct_id: `$device:${DEVICE}`,
    $device_id: DEVICE,
  });
});

test('an event after identify names user and device (ID-70)', () => {
  expect(identityProperties({ ...anonymous, userId: 'u' })).toEqual({
    distinct_id: 'u',
    $device_id: DEVICE,
    $user_id: 'u',
  });
});
