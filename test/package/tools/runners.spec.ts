import { expect, test } from '../project.js';
import {
  JEST_HAPPY_DOM_PACKAGES,
  JEST_PACKAGES,
  VITEST_PACKAGES,
  jestTest,
  vitestEmulatorTest,
  vitestTest,
} from '../runner-project.js';

test('a test in Jest passes, with jsdom and with happy-dom', async ({ createProject }) => {
  test.setTimeout(300_000);
  const project = await createProject({
    packages: { ...JEST_PACKAGES, ...JEST_HAPPY_DOM_PACKAGES },
    files: {
      'jsdom.test.js': jestTest('jsdom'),
      'happy-dom.test.js': jestTest('@happy-dom/jest-environment'),
    },
  });
  const { code, output } = await project.run('jest/bin/jest.js');
  expect(output).toContain('2 passed, 2 total');
  expect(code).toBe(0);
});

test('a test in Vitest passes, with jsdom, with happy-dom, and with an emulator of its own', async ({
  createProject,
}) => {
  test.setTimeout(300_000);
  const project = await createProject({
    packages: VITEST_PACKAGES,
    manifest: { type: 'module' },
    files: {
      'jsdom.test.js': vitestTest('jsdom'),
      'happy-dom.test.js': vitestTest('happy-dom'),
      'jsdom-emulator.test.js': vitestEmulatorTest('jsdom'),
      'happy-dom-emulator.test.js': vitestEmulatorTest('happy-dom'),
    },
  });
  const { code, output } = await project.run('vitest/vitest.mjs', 'run');
  expect(output).toMatch(/Tests\s+4 passed \(4\)/);
  expect(code).toBe(0);
});
