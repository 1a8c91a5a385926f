import { stat } from 'node:fs/promises';

import { clientEvent, deviceId, expect, send, test } from './open-page.js';

const EVENT_COUNT = 10_000;
const BATCH_COUNT = 500;
const USER_COUNT = 400;

/** Event `number` of the crowd: everyone browses, is one of 400 users, and every hundredth event is an order. */
function crowdEvent(number: number) {
  const user = number % USER_COUNT;
  const name = number % 100 === 0 ? 'Order Placed' : 'Page Viewed';
  return clientEvent(name, deviceId(user), number > USER_COUNT ? `user-${user}` : undefined);
}

test('10,000 events are searched as fast as one types, with a screenful of rows in the document', async ({
  lab,
  openPage,
}) => {
  for (let sent = 0; sent < EVENT_COUNT; sent += BATCH_COUNT) {
    const batch = Array.from({ length: BATCH_COUNT }, (_, index) => crowdEvent(sent + index));
    await send(lab.emulator, ...batch);
  }
  const page = await openPage();
  const status = page.getByRole('status').filter({ hasText: 'events' });
  await expect(status).toHaveText('10,000 events');
  const rows = page.getByRole('option');
  expect(await rows.count()).toBeLessThan(60);
  await expect(rows.first()).toHaveAttribute('aria-setsize', '10000');

  const search = page.getByRole('searchbox', { name: 'Search events' });
  await search.pressSequentially('order placed');
  await expect(status).toHaveText('100 of 10,000 events');
  await search.fill('user-399');
  await expect(status).toHaveText('25 of 10,000 events');
  await search.fill('no such thing');
  await expect(page.getByText('No event matches.')).toBeVisible();
  await search.fill('');

  await page.getByRole('listbox', { name: 'Events' }).focus();
  await page.keyboard.press('End');
  await expect(page.locator('[aria-posinset="10000"]')).toHaveAttribute('aria-selected', 'true');
  expect(await rows.count()).toBeLessThan(60);

  await page.getByRole('link', { name: 'People' }).click();
  await expect(page.getByText('400 persons')).toBeVisible();
  expect(await page.locator('button[data-node]').count()).toBeLessThanOrEqual(120);
  await page.getByRole('button', { name: /^Show more/ }).click();
  await expect(page.locator('button[data-node]')).toHaveCount(240);
});

test('what one reads stays in place while events come in above', async ({ lab, openPage }) => {
  await send(lab.emulator, ...Array.from({ length: 300 }, (_, index) => crowdEvent(index)));
  const page = await openPage();
  const list = page.getByRole('listbox', { name: 'Events' });
  await expect(page.getByRole('option').first()).toBeVisible();
  await list.evaluate((element) => element.scrollTo({ top: 3_000 }));
  const read = page.locator('[aria-posinset="101"]');
  const key = await read.getAttribute('id');
  const place = await read.boundingBox();
  await send(lab.emulator, crowdEvent(301), crowdEvent(302));
  const moved = page.locator('[aria-posinset="103"]');
  await expect(moved).toHaveAttribute('id', String(key));
  expect(await moved.boundingBox()).toEqual(place);
});

test('the page’s script stays below 64 kB', async () => {
  const { size } = await stat(new URL('../../dist/emulator/page/main.js', import.meta.url));
  expect(size).toBeLessThan(64_000);
});
