// `npm run test:journal -- --rounds 100 [--seed 7]`: builds, and lets a journal live through as many random rounds of load,
// kill -9, a full disk and restarts.
import { parseArgs } from 'node:util';

import { runCommand } from './run-command.mjs';

try {
  const { values } = parseArgs({
    options: { rounds: { type: 'string', default: '100' }, seed: { type: 'string' } },
  });
  await runCommand('npm', ['run', '--silent', 'build']);
  await runCommand('npx', ['playwright', 'test', 'test/emulator/journal-rounds.spec.ts'], {
    env: {
      JOURNAL_ROUNDS: values.rounds,
      JOURNAL_SEED: values.seed ?? String(Date.now() % 2 ** 31),
    },
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
