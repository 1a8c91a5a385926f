import { readFile } from 'node:fs/promises';

import { expect, test } from 'playwright/test';

// A hint anywhere but in the first line is no hint, and nothing else would say that it is gone.
test('the script tag begins with the compile hint', async () => {
  const [first, second] = (await readFile('dist/waymark.min.js', 'utf8')).split('\n');
  expect(first).toBe('//# allFunctionsCalledOnLoad');
  expect(second).toMatch(/^!function\(\)\{/);
});
