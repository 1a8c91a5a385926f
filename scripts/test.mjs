// `npm test`: installs what is missing, builds, checks, and runs every test. The last line is "N passed, N failed".
import { CommandError, runCommand } from './run-command.mjs';
import { setUpBrowsers, setUpModules, SetUpError } from './set-up.mjs';

let hasReported = false;

try {
  await setUpModules();
  await setUpBrowsers();
  await runCommand('npm', ['run', '--silent', 'build']);
  await runCommand('npm', ['run', '--silent', 'check']);
  // From here on the reporter of the tests writes the last line.
  hasReported = true;
  await runCommand('npx', ['playwright', 'test', ...process.argv.slice(2)]);
} catch (error) {
  if (!(error instanceof CommandError || error instanceof SetUpError)) throw error;
  process.exitCode = 1;
  if (!hasReported) console.error(`${error.message}\n0 passed, 1 failed`);
}
