import { startEmulator } from '../../src/emulator/index.js';
import { holdPort } from '../support/listen.js';
import { clientEvent, deviceId, expect, send, test } from './open-page.js';

const D1 = deviceId(1);

test.beforeEach(async ({ lab }) => {
  await lab.emulator.reset({ token: 'T', system: 'simplified' });
});

test('a system chosen under Control is in force at once, and everything is gone', async ({
  lab,
  openPage,
}) => {
  await send(lab.emulator, clientEvent('Old', D1));
  const page = await openPage('/#control');
  await page.getByRole('combobox', { name: 'ID Merge' }).selectOption('original');
  await page.getByRole('textbox', { name: 'Token' }).fill('T');
  await page.getByRole('button', { name: 'Empty everything' }).click();
  await expect(page.getByText('Original ID Merge')).toBeVisible();
  const state = await lab.emulator.state();
  expect([state.system, state.events.length]).toEqual(['original', 0]);
});

test('a fault set under Control befalls the next request, and one that cannot be is refused aloud', async ({
  lab,
  openPage,
}) => {
  const page = await openPage('/#control');
  await page.getByRole('textbox', { name: 'Status' }).fill('503');
  await page.getByRole('button', { name: 'Add fault' }).click();
  await expect(page.getByText('Every path: answers 503, until cleared')).toBeVisible();
  const response = await fetch(`${lab.emulator.url}/track/`, { method: 'POST', body: 'data=[]' });
  expect(response.status).toBe(503);
  await page.getByRole('textbox', { name: 'Status' }).fill('99999');
  await page.getByRole('button', { name: 'Add fault' }).click();
  await expect(page.getByText(/Refused\. 400/)).toBeVisible();
  await page.getByRole('button', { name: 'Clear all' }).click();
  await expect(page.getByText('No faults.')).toBeVisible();
  await page.getByRole('link', { name: 'Requests' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: '/track' })).toContainText('503');
});

test('the clock that was set is the clock that is shown', async ({ lab, openPage }) => {
  const page = await openPage('/#control');
  await page.getByLabel('Date and time').fill('2030-05-06T07:08:09');
  await page.getByRole('button', { name: 'Set', exact: true }).click();
  await expect(page.getByRole('banner')).toContainText('6 May 2030');
  expect((await lab.emulator.state()).now).toBe(new Date('2030-05-06T07:08:09').getTime() / 1_000);
  await page.getByRole('button', { name: 'Real time' }).click();
  await expect(page.getByRole('banner')).not.toContainText('2030');
});

test('a profile update is shown with its properties', async ({ lab, openPage }) => {
  const page = await openPage('/#profiles');
  const update = [{ $token: 'T', $distinct_id: 'ada', $set: { plan: 'pro' } }];
  const body = new URLSearchParams({ data: JSON.stringify(update) });
  await (await fetch(`${lab.emulator.url}/engage`, { method: 'POST', body })).text();
  await page.getByRole('option', { name: /ada/ }).click();
  await expect(page.getByRole('article').getByRole('row', { name: /plan/ })).toContainText('"pro"');
});

test('the page says that the emulator is gone, and shows the next one that comes up in its place', async ({
  openPage,
}) => {
  const first = await startEmulator();
  const page = await openPage(first.url);
  await first.close();
  const letGo = await holdPort(first.port);
  await expect(page.getByText('connection lost')).toBeVisible();
  const second = await startEmulator({ port: first.port });
  letGo();
  await send(second, clientEvent('Missed', D1));
  await expect(page.getByText('live', { exact: true })).toBeVisible();
  await expect(page.getByRole('option')).toHaveCount(1);
  await second.close();
});
