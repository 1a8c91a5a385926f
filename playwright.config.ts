import { defineConfig } from 'playwright/test';

import { ENGINES, findBrowser } from './scripts/browsers.mjs';
import type { LabOptions } from './test/support/lab.js';

const EVERY_ENGINE = '{engines,matrix}/**/*.spec.ts';
const ONE_BROWSER = 'browser/**/*.spec.ts';
// Installs every tool that the package is promised to work with; takes minutes.
const EVERY_TOOL = 'package/tools/**/*.spec.ts';
// On a busy machine a browser killed and started again took up to 18 s in Firefox, and axe 36 s for six pages.
const TEST_LIMIT_MS = 60_000;
const EXPECT_LIMIT_MS = 20_000;

const found = await Promise.all(ENGINES.map((engine) => findBrowser(engine)));
const installed = ENGINES.filter((_, index) => found[index] !== null);

/** Which spec runs where is told by its folder: test/README.md. */
export default defineConfig<LabOptions>({
  testDir: 'test',
  outputDir: 'test-results',
  fullyParallel: true,
  forbidOnly: true,
  workers: 2,
  retries: 0,
  timeout: TEST_LIMIT_MS,
  reporter: [
    ['list'],
    ['./test/matrix/matrix-reporter.ts'],
    ['./test/support/summary-reporter.ts'],
  ],
  expect: { timeout: EXPECT_LIMIT_MS },
  projects: [
    {
      name: 'node',
      testIgnore: [EVERY_ENGINE, ONE_BROWSER, ...(process.env['EVERY_TOOL'] ? [] : [EVERY_TOOL])],
      use: { engine: 'chromium' },
    },
    ...installed.map((engine) => ({
      name: engine,
      testMatch: engine === 'chromium' ? [EVERY_ENGINE, ONE_BROWSER] : EVERY_ENGINE,
      // Some rows of the fault matrix cannot be staged in every engine; the report says why.
      grepInvert: new RegExp(`@not-${engine}`),
      use: { engine },
    })),
  ],
});
