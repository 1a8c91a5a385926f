import { expect, test } from 'playwright/test';

import {
  identityProperties,
  originalIdMerge,
  simplifiedIdMerge,
} from '../../src/identity/id-merge.js';

const DEVICE = '11111111-1111-4111-8111-111111111111';
const anonymous = { deviceId: DEVICE, anonymousId: `$device:${DEVICE}`, at: 1 };

test('the anonymous id is the prefixed device id in Simplified and the bare one in Original (ID-2, ID-44)', () => {
  expect(simplifiedIdMerge.anonymousId(DEVICE)).toBe(`$device:${DEVICE}`);
  expect(originalIdMerge.anonymousId(DEVICE)).toBe(DEVICE);
});

test('identify sends nothing in Simplified, where an ordinary event links (ID-3, ID-20)', () => {
  expect(simplifiedIdMerge.identified({ ...anonymous, userId: 'u' })).toBeUndefined();
});

test('identify sends $identify with both ids in Original (E-3)', () => {
  expect(
    originalIdMerge.identified({ deviceId: DEVICE, anonymousId: DEVICE, userId: 'u', at: 1 }),
  ).toEqual({ event: '$identify', properties: { $identified_id: 'u', $anon_id: DEVICE } });
});

test('$identify names the anonymous id that earlier events carried, whatever its form (ID-45)', () => {
  const switched = { ...anonymous, userId: 'u' };
  expect(originalIdMerge.identified(switched)?.properties).toEqual({
    $identified_id: 'u',
    $anon_id: `$device:${DEVICE}`,
  });
});

test('alias is an event of Original and nothing in Simplified (ID-22, E-4)', () => {
  expect(simplifiedIdMerge.aliased('nick', 'u')).toBeUndefined();
  expect(originalIdMerge.aliased('nick', 'u')).toEqual({
    event: '$create_alias',
    properties: { alias: 'nick', distinct_id: 'u' },
  });
});

test('only Simplified can owe a link, and pays it with an ordinary event (ID-20)', () => {
  expect(originalIdMerge.owedLink).toBeUndefined();
  expect(simplifiedIdMerge.owedLink?.event).toMatch(/^[^$]/);
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
