import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { expect, test } from 'playwright/test';

/** Runs `playwright test` with these arguments, as a shell would; its output, whatever came of it. */
async function runTests(...args: string[]): Promise<string> {
  // The variables by which Playwright knows its own workers are not for a run of its own.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(?:TEST_|PW_|PLAYWRIGHT_)/.test(name)),
  );
  const command = ['node_modules/playwright/cli.js', 'test', '--project=node', ...args];
  const run = promisify(execFile)(process.execPath, command, { env });
  return run.then(
    ({ stdout }) => stdout,
    (error: { stdout: string }) => error.stdout,
  );
}

test('a run ends with how many passed and how many failed', async () => {
  const output = await runTests('test/pure/ids.spec.ts', '--output=test-results/summary');
  expect(output).toMatch(/\n[1-9]\d* passed, 0 failed\n$/);
});

test('a list of the tests is no run: nothing has failed', async () => {
  const output = await runTests('test/pure/ids.spec.ts', '--list');
  expect(output).toMatch(/Total: [1-9]\d* tests? in 1 file\n$/);
  expect(output).not.toContain('failed');
});

test('a run in which nothing could be reached has not passed', async () => {
  const output = await runTests('test/pure/no-such.spec.ts', '--output=test-results/summary');
  expect(output).toMatch(/\n0 passed, 1 failed\n$/);
});
