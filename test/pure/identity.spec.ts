import { expect, test } from 'playwright/test';

import { fakeBrowser, fakePlace, openPage, type SystemName } from './identity-lab.js';

const BOTH: readonly SystemName[] = ['simplified', 'original'];

for (const system of BOTH) {
  test.describe(`in ${system}`, () => {
    test('a new browser gets a device id and keeps it over calls, tasks and pages', () => {
      const browser = fakeBrowser();
      const page = openPage(browser, system);
      const { deviceId } = page.identity.current();
      expect(deviceId).toMatch(/^[0-9a-f-]{36}$/);
      page.endTask();
      expect(page.identity.current().deviceId).toBe(deviceId);
      expect(openPage(browser, system).identity.current().deviceId).toBe(deviceId);
    });

    test('identify attaches the user to the device that was there before', () => {
      const page = openPage(fakeBrowser(), system);
      const { $device_id } = page.ids();
      expect(page.identity.identify('u')).toBe(true);
      expect(page.ids()).toEqual({ distinct_id: 'u', $device_id, $user_id: 'u' });
      expect(page.reports).toEqual([]);
    });

    test('identify with the current user changes and sends nothing (ID-72)', () => {
      const page = openPage(fakeBrowser(), system);
      page.identity.identify('u');
      page.track();
      const [before, sentCount] = [page.ids(), page.sent.length];
      expect(page.identity.identify('u')).toBe(true);
      page.endTask();
      expect(page.identity.identify('u')).toBe(true);
      expect(page.ids()).toEqual(before);
      expect(page.sent).toHaveLength(sentCount);
      expect(page.resets).toEqual([]);
    });

    test('identify with another user takes a new device id first (ID-8)', () => {
      const page = openPage(fakeBrowser(), system);
      page.identity.identify('a');
      const { $device_id: deviceOfA } = page.track();
      page.identity.identify('b');
      expect(page.ids()['$user_id']).toBe('b');
      expect(page.ids()['$device_id']).not.toBe(deviceOfA);
      expect(page.resets).toEqual([deviceOfA]);
    });

    test('reset takes a new device id and forgets the user', () => {
      const page = openPage(fakeBrowser(), system);
      page.identity.identify('a');
      const { $device_id: left } = page.track();
      page.identity.reset();
      expect(page.ids()['$device_id']).not.toBe(left);
      expect(page.ids()).not.toHaveProperty('$user_id');
      expect(page.ids()['distinct_id']).toContain(page.ids()['$device_id']);
    });

    test('a refused id is reported and changes nothing, also on the next page', () => {
      const browser = fakeBrowser();
      const page = openPage(browser, system);
      page.identity.identify('a');
      const before = page.ids();
      for (const id of [undefined, null, '', ' ', 0, NaN, {}, 'x'.repeat(300), '$device:x', 'NULL'])
        expect(page.identity.identify(id)).toBe(false);
      expect(page.reports).toEqual([
        ...Array<string>(2).fill('id-not-string'),
        ...Array<string>(2).fill('id-blank'),
        ...Array<string>(3).fill('id-not-string'),
        'id-too-long',
        'id-device-prefix',
        'id-placeholder',
      ]);
      page.endTask();
      expect(page.ids()).toEqual(before);
      expect(openPage(browser, system).ids()).toEqual(before);
    });

    test('the device id itself is no user id', () => {
      const page = openPage(fakeBrowser(), system);
      const { deviceId } = page.identity.current();
      expect(page.identity.identify(deviceId)).toBe(false);
      expect(page.reports).toEqual(['id-device-prefix']);
      expect(page.ids()).not.toHaveProperty('$user_id');
    });

    test('what another tab did holds from the next task on', () => {
      const browser = fakeBrowser();
      const [left, right] = [openPage(browser, system), openPage(browser, system)];
      const anonymous = left.ids();
      expect(right.ids()).toEqual(anonymous);
      left.endTask();
      right.endTask();

      left.identity.identify('u');
      expect(right.ids()).toEqual({ ...left.ids(), $device_id: anonymous['$device_id'] });
      right.endTask();
      left.endTask();

      right.identity.reset();
      expect(left.ids()).toEqual(right.ids());
      expect(left.ids()).not.toHaveProperty('$user_id');
    });

    test('a clock that is set back does not bring an older identity back', () => {
      const browser = fakeBrowser();
      const page = openPage(browser, system);
      browser.nowMs = 5_000_000;
      page.identity.identify('a');
      page.endTask();
      browser.nowMs = 1_000;
      page.identity.identify('b');
      page.endTask();
      expect(page.ids()['$user_id']).toBe('b');
      expect(openPage(browser, system).ids()['$user_id']).toBe('b');
    });
  });
}

test.describe('records that are none', () => {
  const good = {
    deviceId: '11111111-1111-4111-8111-111111111111',
    anonymousId: '$device:11111111-1111-4111-8111-111111111111',
    at: 1,
  };
  const BAD: readonly (readonly [string, string])[] = [
    ['no JSON', '{'],
    ['empty', ''],
    ['null', 'null'],
    ['a list', '[]'],
    ['a number', '1'],
    ['without a device id', JSON.stringify({ ...good, deviceId: undefined })],
    ['a device id that is no UUID', JSON.stringify({ ...good, deviceId: 'x', anonymousId: 'x' })],
    ['an anonymous id of another device', JSON.stringify({ ...good, anonymousId: '$device:x' })],
    [
      'an anonymous id of another form',
      JSON.stringify({ ...good, anonymousId: `user-${good.deviceId}` }),
    ],
    ['without an anonymous id', JSON.stringify({ ...good, anonymousId: undefined })],
    ['a placeholder for a user', JSON.stringify({ ...good, userId: 'null' })],
    ['a user that is no string', JSON.stringify({ ...good, userId: 7 })],
    ['a null user', JSON.stringify({ ...good, userId: null })],
    ['a user that is a device', JSON.stringify({ ...good, userId: '$device:x' })],
    ['without a time', JSON.stringify({ ...good, at: undefined })],
    ['a time before time', JSON.stringify({ ...good, at: -1 })],
    ['a time without end', JSON.stringify(good).replace('"at":1', '"at":1e999')],
    ['a time that cannot grow', JSON.stringify({ ...good, at: 1e300 })],
  ];
  for (const [name, text] of BAD) {
    test(`${name}: a new identity takes its place, and is kept`, () => {
      const browser = fakeBrowser([fakePlace(text), fakePlace()]);
      const page = openPage(browser);
      const ids = page.ids();
      expect(ids['$device_id']).not.toBe(good.deviceId);
      expect(ids).not.toHaveProperty('$user_id');
      page.endTask();
      expect(openPage(browser).ids()).toEqual(ids);
      expect(page.reports).toEqual([]);
    });
  }

  test('a good copy is found beside a bad one', () => {
    for (const [, text] of BAD) {
      const browser = fakeBrowser([fakePlace(text), fakePlace(JSON.stringify(good))]);
      expect(openPage(browser).ids()['$device_id'], text).toBe(good.deviceId);
    }
  });
});

test.describe('the link of Simplified', () => {
  test('anonymous events, identify and reset in one task: an event carries the link', () => {
    const page = openPage(fakeBrowser());
    const { $device_id } = page.track();
    page.identity.identify('u');
    page.identity.reset();
    expect(page.sent).toHaveLength(1);
    expect(page.sent[0]?.ids).toEqual({ distinct_id: 'u', $device_id, $user_id: 'u' });
  });

  test('the same over three pages', () => {
    const browser = fakeBrowser();
    const first = openPage(browser);
    const { $device_id } = first.track();
    first.endTask();
    const second = openPage(browser);
    second.identity.identify('u');
    second.endTask();
    const third = openPage(browser);
    third.identity.reset();
    expect([...first.sent, ...second.sent]).toEqual([]);
    expect(third.sent.map(({ ids }) => ids)).toEqual([
      { distinct_id: 'u', $device_id, $user_id: 'u' },
    ]);
  });

  test('identify with another user instead of reset: the same', () => {
    const page = openPage(fakeBrowser());
    const { $device_id } = page.track();
    page.identity.identify('a');
    page.identity.identify('b');
    expect(page.sent.map(({ ids }) => ids)).toEqual([
      { distinct_id: 'a', $device_id, $user_id: 'a' },
    ]);
  });

  test('nothing is sent where an event of the page has linked already', () => {
    const page = openPage(fakeBrowser());
    page.track();
    page.identity.identify('u');
    page.track();
    page.endTask();
    page.identity.reset();
    expect(page.sent).toEqual([]);
  });

  test('nothing is sent where there was nothing to link', () => {
    const page = openPage(fakeBrowser());
    page.identity.identify('u');
    page.endTask();
    page.identity.reset();
    expect(page.sent).toEqual([]);
  });

  test('a sign-in from another tab is not undone when this tab notes what it tracked', () => {
    const browser = fakeBrowser();
    const [left, right] = [openPage(browser), openPage(browser)];
    left.track();
    right.endTask();
    right.identity.identify('u');
    left.endTask();
    expect(left.ids()['$user_id']).toBe('u');
    expect(openPage(browser).ids()['$user_id']).toBe('u');
    // What was tracked is owed its link all the same.
    right.endTask();
    right.identity.reset();
    expect(right.sent.map(({ ids }) => ids['$user_id'])).toEqual(['u']);
  });

  test('what Simplified owed is not owed any more when the project is one of Original', () => {
    const browser = fakeBrowser();
    const simplified = openPage(browser);
    simplified.track();
    simplified.identity.identify('u');
    simplified.endTask();
    const original = openPage(browser, 'original');
    original.track();
    original.endTask();
    expect(openPage(browser, 'original').identity.current().link).toBeUndefined();
  });

  test('a reset inside the making of an event holds for the events after it', () => {
    const page = openPage(fakeBrowser());
    const record = page.identity.current();
    page.identity.reset();
    const after = page.ids();
    page.identity.tracked(record);
    expect(page.ids()).toEqual(after);
    page.endTask();
    expect(page.ids()).toEqual(after);
  });

  test('an identify inside the making of an anonymous event holds, and owes that event its link', () => {
    const page = openPage(fakeBrowser());
    const record = page.identity.current();
    page.identity.identify('u');
    page.identity.tracked(record);
    expect(page.ids()['$user_id']).toBe('u');
    page.endTask();
    page.identity.reset();
    expect(page.sent.map(({ ids }) => ids['distinct_id'])).toEqual(['u']);
  });
});

test.describe('alias', () => {
  test('is refused in Simplified, and sends nothing (ID-22)', () => {
    const page = openPage(fakeBrowser());
    page.identity.alias('nick');
    expect(page.reports).toEqual(['alias-unsupported']);
    expect(page.sent).toEqual([]);
  });

  test('names the current distinct id, or the one given', () => {
    const page = openPage(fakeBrowser(), 'original');
    const { deviceId } = page.identity.current();
    page.identity.alias('before');
    page.identity.identify('u');
    page.identity.alias('after');
    page.identity.alias('other', 'somebody');
    expect(page.sent.map(({ event }) => event)).toEqual([
      { event: '$create_alias', properties: { alias: 'before', distinct_id: deviceId } },
      { event: '$identify', properties: { $identified_id: 'u', $anon_id: deviceId } },
      { event: '$create_alias', properties: { alias: 'after', distinct_id: 'u' } },
      { event: '$create_alias', properties: { alias: 'other', distinct_id: 'somebody' } },
    ]);
    expect(page.reports).toEqual([]);
  });

  test('refuses what identify refuses, on either side, and an alias for itself', () => {
    const page = openPage(fakeBrowser(), 'original');
    page.identity.identify('u');
    const before = page.ids();
    page.sent.length = 0;
    page.identity.alias('null');
    page.identity.alias(undefined);
    page.identity.alias('nick', ' ');
    page.identity.alias('nick', null);
    page.identity.alias('u');
    page.identity.alias('nick', 'nick');
    expect(page.reports).toEqual([
      'id-placeholder',
      'id-not-string',
      'id-blank',
      'id-not-string',
      'alias-same-id',
      'alias-same-id',
    ]);
    expect(page.sent).toEqual([]);
    expect(page.ids()).toEqual(before);
  });
});
