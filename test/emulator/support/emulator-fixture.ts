import { test as base } from 'playwright/test';
import { startEmulator } from '../../../src/emulator/index.js';
import type { Emulator, ProjectConfig } from '../../../src/emulator/index.js';

/** A test with an emulator of its own, whose project has the token `T`. */
export const test = base.extend<{
  /** Settings of the project beside its token. */
  readonly project: ProjectConfig;
  readonly emulator: Emulator;
}>({
  project: [{}, { option: true }],
  emulator: async ({ project }, use) => {
    const emulator = await startEmulator({ project: { token: 'T', ...project } });
    await use(emulator);
    await emulator.close();
  },
});

export { expect } from 'playwright/test';
