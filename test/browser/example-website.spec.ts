import axe from 'axe-core';
import type { Page } from 'playwright/test';

import { startWebsite } from '../../examples/website/serve.mjs';
import { expect, test as base, type Emulator } from '../support/lab.js';

/** What the emulator says of each event now: its name and the person it is counted under. */
type Events = Awaited<ReturnType<Emulator['state']>>['events'];

/** One event an insert id: a copy that comes in after its device was linked is told apart by the service (I-43). */
const byInsertId = (events: Events) =>
  new Map(events.map((event) => [event.properties['$insert_id'], event]));

const resolved = async (emulator: Emulator, count: number) => {
  const { events } = await emulator.waitFor((state) => byInsertId(state.events).size >= count);
  return [...byInsertId(events).values()].map(({ event, distinctId }) => [event, distinctId]);
};

/** The website with its emulator, and a page of it. */
const test = base.extend<{ websiteUrl: string; shop: Page }>({
  websiteUrl: async ({ lab }, use) => {
    await lab.emulator.reset({ token: 'demo', system: 'simplified' });
    const website = await startWebsite({ emulatorUrl: lab.emulator.url });
    await use(website.url);
    await website.close();
  },
  shop: async ({ lab, websiteUrl }, use) => {
    const { page } = await lab.tab(websiteUrl);
    if (!page) throw new Error('This spec runs where Playwright drives the page.');
    await use(page);
  },
});

test('a visitor signs up, signs out, and comes back as somebody else without being mixed up', async ({
  lab,
  shop,
  websiteUrl,
}) => {
  // Each page is left after its load event: until the script is there, the stub has what was tracked in memory alone.
  const arrivesAt = (path: string) => shop.waitForURL(`${websiteUrl}${path}`);
  // That event would wait for the frame of the panel as well.
  await shop.evaluate(() => localStorage.setItem('larder.panel', 'closed'));
  await shop.getByRole('link', { name: 'Pricing' }).click();
  await arrivesAt('/pricing');
  await shop.getByRole('link', { name: 'Choose Pantry' }).click();
  await arrivesAt('/sign-up?plan=pantry');
  await shop.getByLabel('Your name').fill('Noor');
  await expect(shop.getByLabel('Plan')).toHaveValue('pantry');
  await shop.getByRole('button', { name: 'Start my shelf' }).click();

  await arrivesAt('/account');
  await expect(shop.getByRole('heading', { name: 'Hello, Noor.' })).toBeVisible();
  await shop.getByRole('button', { name: 'Use one Oats' }).click();
  await shop.getByRole('button', { name: 'Sign out' }).click();

  await arrivesAt('/');
  await shop.getByRole('link', { name: 'Sign in', exact: true }).click();
  await arrivesAt('/sign-up#sign-in');
  await shop.getByRole('button', { name: 'Sign in as Mira' }).click();
  await arrivesAt('/account');
  await expect(shop.getByRole('heading', { name: 'Hello, Mira.' })).toBeVisible();
  await shop.getByRole('button', { name: 'Sign in as Jonas' }).click();
  await expect(shop.getByRole('heading', { name: 'Hello, Jonas.' })).toBeVisible();

  expect((await resolved(lab.emulator, 14)).toSorted(byName)).toEqual(
    [
      ['Page Viewed', 'user-noor'],
      ['Page Viewed', 'user-noor'],
      ['Plan Chosen', 'user-noor'],
      ['Page Viewed', 'user-noor'],
      ['Signed Up', 'user-noor'],
      ['Page Viewed', 'user-noor'],
      ['Item Used', 'user-noor'],
      ['Signed Out', 'user-noor'],
      ['Page Viewed', 'user-mira'],
      ['Page Viewed', 'user-mira'],
      ['Signed In', 'user-mira'],
      ['Page Viewed', 'user-mira'],
      ['Signed In', 'user-jonas'],
      ['Page Viewed', 'user-jonas'],
    ].toSorted(byName),
  );
  const { dropped, events, links } = await lab.emulator.state();
  expect(dropped).toEqual([]);
  expect(events.filter(({ properties }) => '$identity_failure_reason' in properties)).toEqual([]);
  expect(Object.values(links).toSorted()).toEqual(['user-jonas', 'user-mira', 'user-noor']);
});

test('a jar that is emptied is on the list, and is counted', async ({ lab, shop }) => {
  await shop.getByRole('button', { name: 'Coffee, 1 of 4 left. Take some' }).click();
  await expect(shop.getByRole('listitem')).toHaveText('Coffee');
  await shop.getByRole('button', { name: 'Coffee, 0 of 4 left. Refill' }).click();
  await expect(shop.getByRole('listitem')).toHaveCount(0);
  const events = await lab.emulator.waitForEvents(4);
  expect(events.map(({ event }) => event).toSorted()).toEqual([
    'Jar Refilled',
    'Jar Used',
    'List Item Added',
    'Page Viewed',
  ]);
});

test('the panel beside the shop shows the emulator and stays as it was left', async ({
  lab,
  shop,
}) => {
  await shop.setViewportSize({ width: 1400, height: 900 });
  await shop.evaluate(() => localStorage.setItem('larder.panel', 'open'));
  await shop.reload();
  const panel = shop.getByRole('complementary', { name: 'What the emulator received' });
  const frame = panel.locator('iframe');
  await expect(frame).toHaveAttribute('src', `${lab.emulator.url}/?embed=1`);
  await expect(frame.contentFrame().locator('body')).toContainText('Page Viewed');

  await panel.getByRole('button', { name: 'Hide' }).click();
  await expect(panel).toBeHidden();
  const toggle = shop.getByRole('button', { name: 'What arrived' });
  await expect(toggle).toBeFocused();
  await shop.getByRole('link', { name: 'Pricing' }).click();
  await shop.waitForURL('**/pricing');
  await expect(panel).toBeHidden();
  await toggle.press('Enter');
  await expect(panel).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`every page is accessible in ${colorScheme} colors`, async ({ shop }) => {
    await shop.emulateMedia({ colorScheme });
    await shop.evaluate(() => localStorage.setItem('larder.panel', 'closed'));
    for (const path of ['/', '/pricing', '/sign-up', '/account', '/nowhere']) {
      await shop.goto(new URL(path, shop.url()).href);
      expect(await violationsOf(shop), path).toEqual([]);
    }
    await shop.goto(new URL('/sign-up', shop.url()).href);
    await shop.getByRole('button', { name: 'Sign in as Mira' }).click();
    await expect(shop.getByRole('heading', { name: 'Hello, Mira.' })).toBeVisible();
    expect(await violationsOf(shop), '/account, signed in').toEqual([]);
  });
}

test('nothing overflows the screen of a phone', async ({ shop }) => {
  await shop.setViewportSize({ width: 360, height: 740 });
  for (const path of ['/', '/pricing', '/sign-up', '/account']) {
    await shop.goto(new URL(path, shop.url()).href);
    expect(await shop.evaluate(() => document.documentElement.scrollWidth), path).toBe(360);
  }
});

test('an unknown address of the site says so', async ({ websiteUrl }) => {
  const response = await fetch(`${websiteUrl}/nowhere`);
  expect(response.status).toBe(404);
  expect(await response.text()).toContain('Not on this shelf.');
  expect((await fetch(`${websiteUrl}/assets/../serve.mjs`)).status).toBe(404);
});

/** What axe-core objects to, as rule and element. */
async function violationsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { violations } = await Reflect.get(window, 'axe').run(document, { iframes: false });
    return violations.flatMap(({ id, nodes }: { id: string; nodes: { html: string }[] }) =>
      nodes.map(({ html }) => `${id}: ${html}`),
    );
  });
}

const byName = (left: string[], right: string[]) => left.join().localeCompare(right.join());
