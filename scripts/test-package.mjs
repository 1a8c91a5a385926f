// `npm run test:package`: builds, and tries the packed package with every bundler, compiler and test runner that it is
// promised to work with. Takes some minutes and needs the npm registry; `npm test` has a sample of it.
import { CommandError, runCommand } from './run-command.mjs';

try {
  await runCommand('npm', ['run', '--silent', 'build']);
  await runCommand(
    'npx',
    ['playwright', 'test', 'test/package', '--project=node', ...process.argv.slice(2)],
    { env: { EVERY_TOOL: '1' } },
  );
} catch (error) {
  if (!(error instanceof CommandError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
