import { createRequire } from 'node:module';

import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright/test';

import type { Emulator } from '../support/lab.js';
import { clientEvent, deviceId, expect, send, test } from './open-page.js';

const AXE_PATH = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const DAY_SECONDS = 86_400;

/** Something of everything: a person with two devices, a refused merge, a drop, a warning, a duplicate, profiles. */
async function fill(emulator: Emulator): Promise<void> {
  await emulator.reset({ token: 'T', system: 'simplified' });
  const time = Date.now() / 1_000;
  const repeated = clientEvent('Order Placed', deviceId(3), 'grace', {
    time: time - 60,
    total: 42,
  });
  await send(
    emulator,
    clientEvent('Page Viewed', deviceId(1)),
    clientEvent('Sign Up', deviceId(1), 'ada@example.com', { plan: 'pro' }),
    clientEvent('Page Viewed', deviceId(2), 'ada@example.com'),
    clientEvent('Sign In', deviceId(1), 'bob@example.com'),
    clientEvent('Long Ago', deviceId(3), 'grace', { time: time - 9 * DAY_SECONDS }),
    clientEvent('Page Viewed', deviceId(4)),
    { event: 'Bare', properties: { token: 'T', distinct_id: deviceId(9) } },
    repeated,
  );
  await send(emulator, repeated);
  const update = [{ $token: 'T', $distinct_id: 'grace', $set: { plan: 'pro' } }];
  const body = new URLSearchParams({ data: JSON.stringify(update) });
  await (await fetch(`${emulator.url}/engage`, { method: 'POST', body })).text();
}

async function violations(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: AXE_PATH });
  const results = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  );
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`),
  );
}

for (const scheme of ['light', 'dark'] as const) {
  for (const view of ['events', 'people', 'problems', 'profiles', 'requests', 'control']) {
    test(`${view} in ${scheme} is open to everybody`, async ({ lab, openPage }) => {
      await fill(lab.emulator);
      const page = await openPage(`/#${view}`, scheme);
      await expect(page.getByRole('link', { name: 'Events' })).toContainText('9');
      expect(await violations(page)).toEqual([]);
      await page.screenshot({ path: `test-results/emulator-page/${view}-${scheme}.png` });
    });
  }

  test(`an event with something wrong in ${scheme} is open to everybody`, async ({
    lab,
    openPage,
  }) => {
    await fill(lab.emulator);
    const page = await openPage('/', scheme);
    await page.getByRole('option').filter({ hasText: 'merge refused' }).click();
    await expect(page.getByRole('article')).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ path: `test-results/emulator-page/event-${scheme}.png` });
  });

  test(`people in words in ${scheme} is open to everybody`, async ({ lab, openPage }) => {
    await fill(lab.emulator);
    const page = await openPage('/#people', scheme);
    await page.getByRole('button', { name: 'Text' }).click();
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ path: `test-results/emulator-page/people-text-${scheme}.png` });
  });
}

for (const width of [380, 480]) {
  test(`embedded, ${width} px wide, it shows the stream and who is who and nothing scrolls sideways`, async ({
    lab,
    openPage,
  }) => {
    await fill(lab.emulator);
    const page = await openPage('/?embed=1');
    await page.setViewportSize({ width, height: 820 });
    await expect(page.getByRole('complementary', { name: 'Who is who' })).toBeVisible();
    await expect(page.getByRole('listbox', { name: 'Events' })).toBeVisible();
    await expect(page.getByRole('navigation')).toHaveCount(0);
    const overflow = () =>
      page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
    expect(await overflow()).toBe(0);
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ path: `test-results/emulator-page/embedded-${width}.png` });
    await page.getByRole('option').first().click();
    await expect(page.getByRole('article')).toBeVisible();
    expect(await overflow()).toBe(0);
    await page.keyboard.press('ArrowDown');
    await expect(page.getByRole('article').getByRole('heading')).toHaveText('Order Placed');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('article')).toHaveCount(0);
    await expect(page.getByRole('complementary', { name: 'Who is who' })).toBeVisible();
  });
}

test('the page needs no inline script or style, nor anything from elsewhere', async ({
  lab,
  openPage,
}) => {
  await fill(lab.emulator);
  await lab.context?.route('**/', async (route) => {
    const response = await route.fetch();
    const headers = {
      ...response.headers(),
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'",
    };
    await route.fulfill({ response, headers });
  });
  const page = await openPage('/');
  await expect(page.getByRole('option')).toHaveCount(9);
  await page.getByRole('option').first().click();
  await page.getByRole('link', { name: 'People' }).click();
  await expect(page.locator('.edge')).not.toHaveCount(0);
});
