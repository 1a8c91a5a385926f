import { mkdirSync, writeFileSync } from 'node:fs';

import type { Reporter } from 'playwright/types/testReporter';

import { formatMatrix } from './format-matrix.js';
import { RESULT_ATTACHMENT, type RowResult } from './result.js';
import { ROWS } from './rows.js';

const FOLDER = 'test-results';

/**
 * Writes the fault matrix of a run to `test-results/fault-matrix.md`, and its figures to `fault-matrix.json` beside it.
 * A run without any of its rows writes nothing.
 */
export default function createMatrixReporter(): Reporter {
  const results: RowResult[] = [];
  return {
    onTestEnd: (_test, { attachments }) => {
      for (const { name, body } of attachments)
        if (name === RESULT_ATTACHMENT && body)
          results.push(JSON.parse(body.toString('utf8')) as RowResult);
    },
    onEnd: () => {
      if (!results.length) return;
      mkdirSync(FOLDER, { recursive: true });
      writeFileSync(`${FOLDER}/fault-matrix.json`, `${JSON.stringify(results, null, 2)}\n`);
      writeFileSync(`${FOLDER}/fault-matrix.md`, formatMatrix(ROWS, results));
    },
    printsToStdio: () => false,
  };
}
