import { expect, test } from 'playwright/test';

import { fakeBrowser, fakePlace, openPage } from './identity-lab.js';

test('each of two places carries the identity alone, and heals the other', () => {
  for (const lost of [0, 1]) {
    const browser = fakeBrowser();
    const first = openPage(browser);
    first.identity.identify('u');
    first.endTask();
    const before = first.ids();
    const place = browser.places[lost];
    if (!place) throw new Error('There are two places.');
    const [text] = place.texts;
    place.texts = [];

    browser.nowMs += 1_000;
    const next = openPage(browser);
    expect(next.ids()).toEqual(before);
    // Were it made newer, it would win over what another tab writes at this moment.
    expect(place.texts).toEqual([text]);
    expect(next.reports).toEqual([]);
  }
});

test('a page that starts with what was just left in another tab does not bring it back', () => {
  const [kept, denied] = [fakePlace(), fakePlace()];
  denied.isDenied = true;
  const left = openPage(fakeBrowser([kept, denied]));
  left.identity.identify('u');
  left.endTask();
  // The processes of two tabs may see a write of each other some milliseconds late.
  const stale = fakePlace(...kept.texts);
  const right = openPage(fakeBrowser([stale, denied]));
  left.identity.reset();
  expect(right.ids()['$user_id']).toBe('u');
  left.endTask();
  stale.texts = kept.texts;
  right.endTask();
  expect(right.ids()).toEqual(left.ids());
  expect(left.ids()).not.toHaveProperty('$user_id');
});

test('the newest of several valid copies wins, wherever it is', () => {
  const record = (at: number, userId: string) =>
    JSON.stringify({
      deviceId: '11111111-1111-4111-8111-111111111111',
      anonymousId: '$device:11111111-1111-4111-8111-111111111111',
      userId,
      at,
    });
  for (const places of [
    [fakePlace(record(1, 'old')), fakePlace(record(2, 'new'))],
    [fakePlace(record(2, 'new')), fakePlace(record(1, 'old'))],
    [fakePlace(record(1, 'old'), record(2, 'new')), fakePlace()],
    [fakePlace(), fakePlace(record(2, 'new'), record(1, 'old'))],
  ]) {
    expect(openPage(fakeBrowser(places)).ids()['$user_id']).toBe('new');
    for (const place of places)
      expect(place.texts.map((text) => (JSON.parse(text) as { userId: string }).userId)).toContain(
        'new',
      );
  }
});

test('with every place denied the identity lasts as long as the page, and that is reported', () => {
  const browser = fakeBrowser();
  for (const place of browser.places) place.isDenied = true;
  const page = openPage(browser);
  page.identity.identify('u');
  const before = page.ids();
  page.endTask();
  expect(page.ids()).toEqual(before);
  expect(page.reports).toContain('identity-not-stored');
  expect(openPage(browser).ids()).not.toEqual(before);
});

test('without places nothing is stored and nothing reported', () => {
  const page = openPage(fakeBrowser([]));
  page.identity.identify('u');
  page.track();
  page.endTask();
  expect(page.ids()['$user_id']).toBe('u');
  expect(page.reports).toEqual([]);
});
