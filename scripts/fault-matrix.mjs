// `node scripts/fault-matrix.mjs`, after a run of the fault matrix in every engine: puts its table into docs/fault-matrix.md.
import { readFile, writeFile } from 'node:fs/promises';

import { runCommand } from './run-command.mjs';

const REPORT = 'test-results/fault-matrix.md';
const PAGE = 'docs/fault-matrix.md';
const PLACE = /(<!-- fault-matrix -->\n)[^]*?(<!-- \/fault-matrix -->)/;

try {
  const report = await readFile(REPORT, 'utf8').catch(() => {
    throw new Error(`There is no ${REPORT}: run "npx playwright test test/matrix" first.`);
  });
  if (report.includes('| not run |'))
    throw new Error('The last run was not of the whole matrix: some rows are missing.');
  const page = await readFile(PAGE, 'utf8');
  if (!PLACE.test(page)) throw new Error(`${PAGE} has no place for the fault matrix.`);
  await writeFile(
    PAGE,
    page.replace(PLACE, (_, start, end) => `${start}\n${report}\n${end}`),
  );
  await runCommand('npx', ['oxfmt', PAGE]);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
