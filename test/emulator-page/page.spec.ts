import type { Page } from 'playwright/test';

import { clientEvent, deviceId, expect, send, test } from './open-page.js';

const D1 = deviceId(1);
const D2 = deviceId(2);
const DAY_SECONDS = 86_400;

const rows = (page: Page) => page.getByRole('option');
const picture = (page: Page) => page.getByRole('complementary', { name: 'Who is who' });
const detail = (page: Page) => page.getByRole('article');

test.beforeEach(async ({ lab }) => {
  await lab.emulator.reset({ token: 'T', system: 'simplified' });
});

test('events appear as they arrive, the newest first', async ({ lab, openPage }) => {
  const page = await openPage();
  await expect(page.getByText('Waiting for events')).toBeVisible();
  await send(lab.emulator, clientEvent('First', D1));
  await expect(rows(page)).toHaveCount(1);
  await send(lab.emulator, clientEvent('Second', D1));
  await expect(rows(page).nth(0)).toContainText('Second');
  await expect(rows(page).nth(1)).toContainText('First');
});

test('a sign-in joins device and user in the picture, and moves earlier events', async ({
  lab,
  openPage,
}) => {
  await send(lab.emulator, clientEvent('Page Viewed', D1));
  const page = await openPage();
  await expect(picture(page).getByRole('list', { name: 'Joined ids' })).toHaveCount(0);
  await expect(rows(page).first()).not.toContainText('ada');

  await send(lab.emulator, clientEvent('Sign Up', D1, 'ada'));
  const joined = picture(page).getByRole('list', { name: 'Joined ids' });
  await expect(joined.getByRole('button', { name: /^user ada/ })).toBeVisible();
  await expect(joined.getByRole('button', { name: /^device 0b7c…0001 1 event$/ })).toBeVisible();
  await expect(joined.locator('.edge')).toHaveCount(1);
  await expect(rows(page).filter({ hasText: 'Page Viewed' })).toContainText('ada');
  await page.screenshot({ path: 'test-results/emulator-page/merged-user.png' });

  await rows(page).filter({ hasText: 'Page Viewed' }).click();
  await expect(detail(page)).toContainText('Event #2 linked it, and this event moved to ada');
  await expect(
    detail(page).getByRole('row', { name: /^\$distinct_id_before_identity/ }),
  ).toContainText(`$device:${D1}`);
});

test('an identify without an event is warned of as it arrives, until the link is made', async ({
  lab,
  openPage,
}) => {
  const page = await openPage();
  const ids = { token: 'T', distinct_id: 'ada', $anon_distinct_id: `$device:${D1}` };
  await send(lab.emulator, { event: '$identify', properties: ids });
  await rows(page).first().click();
  await expect(detail(page)).toContainText('identify-without-event');
  await send(lab.emulator, clientEvent('Sign Up', D1, 'ada'));
  await expect(detail(page)).not.toContainText('identify-without-event');
  await expect(detail(page)).toContainText('identity-event-ignored');
});

test('a refused merge is a broken line, with the reason and what to change', async ({
  lab,
  openPage,
}) => {
  await send(lab.emulator, clientEvent('Sign Up', D1, 'ada'), clientEvent('Sign In', D1, 'bob'));
  const page = await openPage();
  await expect(picture(page).locator('.edge.is-refused')).toHaveCount(1);
  await expect(picture(page)).toContainText('The device already belongs to another user');
  await expect(picture(page)).toContainText('Call reset() when a person signs out');
  await page.screenshot({ path: 'test-results/emulator-page/refused-merge.png' });

  await picture(page).getByRole('button', { name: 'See event #2' }).click();
  await expect(detail(page)).toContainText('errAnonDistinctIdAssignedAlready');
  await expect(detail(page)).toContainText('reset()');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('listbox', { name: 'Events' })).toBeFocused();
});

test('in Original a refused verb is shown the same way', async ({ lab, openPage }) => {
  await lab.emulator.reset({ token: 'T', system: 'original' });
  const page = await openPage();
  const properties = { token: 'T', distinct_id: 'ada', $identified_id: 'ada', $anon_id: 'visitor' };
  await send(lab.emulator, { event: '$identify', properties });
  await expect(picture(page).locator('.edge.is-refused')).toHaveCount(1);
  await expect(picture(page)).toContainText('does not look like a GUID');
  await expect(page.getByText('Original ID Merge')).toBeVisible();
});

test('a dropped event says why, and what to change', async ({ lab, openPage }) => {
  const page = await openPage();
  const time = Date.now() / 1_000 - 9 * DAY_SECONDS;
  await send(
    lab.emulator,
    clientEvent('Long Ago', D1, 'ada', { time }),
    clientEvent('Now', D1, 'ada'),
  );
  await page.getByRole('button', { name: 'Dropped', exact: true }).click();
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page)).toContainText('too-old');
  await rows(page).click();
  await expect(detail(page)).toContainText('/import');
  await page.screenshot({ path: 'test-results/emulator-page/dropped-event.png' });

  await page.getByRole('link', { name: 'Dropped & warnings' }).click();
  await expect(page.getByRole('region', { name: 'Problems' })).toContainText(
    'Send old events to /import',
  );
  await page.getByRole('button', { name: '#1', exact: true }).click();
  await expect(detail(page).getByRole('heading', { name: 'Long Ago' })).toBeVisible();
});

test('a repeated event names the one that replaced it', async ({ lab, openPage }) => {
  const page = await openPage();
  const event = clientEvent('Order Placed', D1, 'ada', {
    time: Math.floor(Date.now() / 1_000) - 60,
  });
  await send(lab.emulator, event);
  await send(lab.emulator, event);
  await page.getByRole('button', { name: 'Duplicates' }).click();
  await expect(rows(page)).toHaveCount(1);
  await rows(page).click();
  await expect(detail(page)).toContainText('Replaced by #2');
  await detail(page).getByRole('button', { name: '#2' }).click();
  await expect(detail(page)).toContainText('#2 · /track');
});

test('a person narrows the stream to what they did, ids that join later included', async ({
  lab,
  openPage,
}) => {
  await send(
    lab.emulator,
    clientEvent('Page Viewed', D1),
    clientEvent('Sign Up', D1, 'ada'),
    clientEvent('Elsewhere', D2, 'bob'),
  );
  const page = await openPage();
  await picture(page)
    .getByRole('button', { name: /^user ada/ })
    .click();
  await expect(rows(page)).toHaveCount(2);
  await expect(page.getByRole('button', { name: /only ada/ })).toBeVisible();
  await send(lab.emulator, clientEvent('Page Viewed', deviceId(3)));
  await send(lab.emulator, clientEvent('Sign In', deviceId(3), 'ada'));
  await expect(rows(page)).toHaveCount(4);
  await page.getByRole('button', { name: /only ada/ }).click();
  await expect(rows(page)).toHaveCount(5);
});

test('the keyboard reaches, reads and closes every event', async ({ lab, openPage }) => {
  await send(lab.emulator, ...[1, 2, 3].map((number) => clientEvent(`Event ${number}`, D1)));
  const page = await openPage();
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox')).toBeFocused();
  const list = page.getByRole('listbox', { name: 'Events' });
  for (let presses = 0; presses < 12; presses += 1) {
    if (await list.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press('Tab');
  }
  await expect(list).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(detail(page).getByRole('heading')).toHaveText('Event 3');
  await page.keyboard.press('End');
  await expect(detail(page).getByRole('heading')).toHaveText('Event 1');
  await page.keyboard.press('ArrowUp');
  await expect(detail(page).getByRole('heading')).toHaveText('Event 2');
  const active = await list.getAttribute('aria-activedescendant');
  await expect(page.locator(`[id="${active}"]`)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Close' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(detail(page)).toHaveCount(0);
  await expect(list).toBeFocused();
});

test('paused, the stream stands still; resumed, it has everything', async ({ lab, openPage }) => {
  await send(lab.emulator, clientEvent('Before', D1));
  const page = await openPage();
  await expect(rows(page)).toHaveCount(1);
  await page.getByRole('button', { name: 'Pause' }).click();
  await send(lab.emulator, clientEvent('During', D1));
  await expect(page.getByRole('region').getByRole('status')).toHaveText('2 events');
  await expect(rows(page)).toHaveCount(1);
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(rows(page)).toHaveCount(2);
});

test('who is who is also told in words', async ({ lab, openPage }) => {
  await send(lab.emulator, clientEvent('Sign Up', D1, 'ada'), clientEvent('Sign In', D1, 'bob'));
  const page = await openPage('/#people');
  await page.getByRole('button', { name: 'Text' }).click();
  const ada = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'ada' }) });
  await expect(ada.getByRole('button', { name: `$device:${D1}` })).toBeVisible();
  await expect(ada).toContainText('The device already belongs to another user');
  await page.getByRole('searchbox', { name: 'Search ids' }).fill('nobody');
  await expect(page.getByRole('row')).toHaveCount(1);
});
