import type { Reporter, Suite, TestCase } from 'playwright/types/testReporter';

/**
 * Ends the output of a run with one plain line, `N passed, N failed`. What could not run counts as failed: a test that
 * was never reached, and an error outside any test. `--list` runs nothing, and ends without the line.
 */
export default function createSummaryReporter(): Reporter {
  let tests: TestCase[] = [];
  let errorCount = 0;
  let isListing = false;

  return {
    onBegin: (_config, suite: Suite) => {
      tests = suite.allTests();
    },
    onError: () => {
      errorCount += 1;
    },
    onEnd: ({ status }) => {
      // A run in which no test had a result has not passed.
      isListing = status === 'passed' && tests.every(({ results }) => results.length === 0);
      return Promise.resolve();
    },
    // Not onEnd: the summary of the list reporter would come after it.
    onExit: () => {
      if (isListing) return Promise.resolve();
      const passedCount = tests.filter((test) => test.outcome() === 'expected').length;
      const failedCount = tests.length - passedCount + errorCount;
      process.stdout.write(`\n${passedCount} passed, ${failedCount} failed\n`);
      return Promise.resolve();
    },
    printsToStdio: () => false,
  };
}
