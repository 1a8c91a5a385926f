import { test as base } from 'playwright/test';
import { startEmulator } from '../../../src/emulator/index.js';
import type { Emulator } from '../../../src/emulator/index.js';

/** A test with an emulator of its own, whose project has the token `T`. */
export const test = base.extend<{ readonly emulator: Emulator }>({
  // Playwright reads the fixtures that a fixture asks for from this pattern, and it asks for none.
  // oxlint-disable-next-line eslint/no-empty-pattern
  emulator: async ({}, use) => {
    const emulator = await startEmulator({ project: { token: 'T' } });
    await use(emulator);
    await emulator.close();
  },
});

export { expect } from 'playwright/test';
