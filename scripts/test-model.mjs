// `npm run test:model -- --runs 1000 [--seed 7]`: builds, and runs the model-based test with as many schedules.
import { parseArgs } from 'node:util';

import { runCommand } from './run-command.mjs';

try {
  const { values } = parseArgs({
    options: { runs: { type: 'string', default: '1000' }, seed: { type: 'string' } },
  });
  await runCommand('npm', ['run', '--silent', 'build']);
  await runCommand('npx', ['playwright', 'test', 'test/model'], {
    env: { MODEL_RUNS: values.runs, MODEL_SEED: values.seed ?? String(Date.now() % 2 ** 31) },
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
