import type { Reporter, Suite, TestCase } from 'playwright/types/testReporter';

/**
 * Ends the output with one plain line, `N passed, N failed`. What could not run counts as failed: a test that was never
 * reached, and an error outside any test.
 */
export default function createSummaryReporter(): Reporter {
  let tests: TestCase[] = [];
  let errorCount = 0;

  return {
    onBegin: (_config, suite: Suite) => {
      tests = suite.allTests();
    },
    onError: () => {
      errorCount += 1;
    },
    // Not onEnd: the summary of the list reporter would come after it.
    onExit: () => {
      const passedCount = tests.filter((test) => test.outcome() === 'expected').length;
      const failedCount = tests.length - passedCount + errorCount;
      process.stdout.write(`\n${passedCount} passed, ${failedCount} failed\n`);
      return Promise.resolve();
    },
    printsToStdio: () => false,
  };
}
