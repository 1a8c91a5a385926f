import type { Page } from 'playwright/test';

import { expect, test as labTest, type Emulator } from '../support/lab.js';

export { expect };

/** Device ids, one a number. */
export function deviceId(number: number): string {
  return `0b7c2f4e-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

/** An event as a client in Simplified sends it: of a device, or of a user on it. */
export function clientEvent(event: string, device: string, user?: string, more: object = {}) {
  const ids = user ? { distinct_id: user, $user_id: user } : { distinct_id: `$device:${device}` };
  return {
    event,
    properties: {
      token: 'T',
      $device_id: device,
      $insert_id: crypto.randomUUID(),
      ...ids,
      ...more,
    },
  };
}

/** Posts events to `/track` in one request. */
export async function send(emulator: Emulator, ...events: readonly object[]): Promise<void> {
  const response = await fetch(`${emulator.url}/track/`, {
    method: 'POST',
    body: new URLSearchParams({ data: JSON.stringify(events) }),
  });
  await response.text();
}

/** Opens the emulator's page and waits until it hears the emulator. */
export type OpenPage = (path?: string, colorScheme?: 'light' | 'dark') => Promise<Page>;

/** The lab's `test`, with a way to open the emulator's page, whose errors fail the test. */
export const test = labTest.extend<{ openPage: OpenPage }>({
  openPage: async ({ lab }, use) => {
    const errors: string[] = [];
    await use(async (path = '/', colorScheme = 'light') => {
      if (!lab.context) {
        throw new Error('The page is looked at in a browser that Playwright drives.');
      }
      const page = await lab.context.newPage();
      page.on('pageerror', (error) => errors.push(String(error.stack)));
      page.on('console', (message) => {
        // A refused command and a lost connection are what some tests are about, and the browser reports them by itself.
        const isExpected = message.text().startsWith('Failed to load resource');
        if (message.type() === 'error' && !isExpected) errors.push(message.text());
      });
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width: 1360, height: 820 });
      await page.goto(new URL(path, lab.emulator.url).href);
      await page.getByText('live', { exact: true }).waitFor();
      return page;
    });
    expect(errors).toEqual([]);
  },
});
