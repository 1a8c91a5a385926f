/** The runners that a page's own tests run in, by exact version: those of the oldest Node that the package supports. */
export const JEST_PACKAGES = {
  jest: '30.5.2',
  'jest-environment-jsdom': '30.5.2',
} as const;

export const JEST_HAPPY_DOM_PACKAGES = { '@happy-dom/jest-environment': '20.14.5' } as const;

export const VITEST_PACKAGES = {
  vitest: '4.1.0',
  jsdom: '26.1.0',
  'happy-dom': '20.14.5',
} as const;

const BODY = `
test('a page that is tested with a tracker works', async () => {
  const warnings = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  const tracker = createTracker('T', { persistence: 'memory', apiHost: 'http://127.0.0.1:9' });
  expect(typeof document).toBe('object');
  expect(tracker.deviceId).toMatch(/^[0-9a-f-]{36}$/);
  tracker.track('Landed', { text: 'é✓😀' });
  tracker.identify('U1');
  tracker.people.set({ plan: 'pro' });
  expect(tracker.userId).toBe('U1');
  expect(tracker.stats().dropped).toEqual({});
  tracker.shutdown();
  expect(warnings.mock.calls.flat().filter((text) => String(text).includes('internal'))).toEqual([]);
});
`;

/** A test as Jest runs it by default: CommonJS. */
export const jestTest = (environment: string): string => `/** @jest-environment ${environment} */
const { createTracker } = require('waymark');
${BODY}`;

/** The same for Vitest. */
export const vitestTest = (environment: string): string => `// @vitest-environment ${environment}
import { expect, test, vi as jest } from 'vitest';
import { createTracker } from 'waymark';
${BODY}`;

/** A test that sees in the emulator what the page sent. */
export const vitestEmulatorTest = (
  environment: string,
): string => `// @vitest-environment ${environment}
import { expect, test } from 'vitest';
import { createTracker } from 'waymark';
import { startEmulator } from 'waymark/emulator';

test('what the page tracks arrives in the emulator', async () => {
  const emulator = await startEmulator({ project: { token: 'T', system: 'simplified' } });
  const tracker = createTracker('T', { apiHost: emulator.url, persistence: 'memory' });
  tracker.identify('U1');
  tracker.track('Signed Up', { plan: 'pro' });
  const [event] = await emulator.waitForEvents(1);
  expect([event.event, event.distinctId, event.properties.plan]).toEqual(['Signed Up', 'U1', 'pro']);
  tracker.shutdown();
  await emulator.close();
});
`;
