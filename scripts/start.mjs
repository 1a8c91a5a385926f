// `npm start`: builds, then serves the emulator and the example website until Ctrl-C.
import { CommandError, runCommand } from './run-command.mjs';
import { PortError, serve } from './serve.mjs';
import { setUpModules, SetUpError } from './set-up.mjs';

try {
  await setUpModules();
  await runCommand('npm', ['run', '--silent', 'build']);
  await serve();
} catch (error) {
  const isExpected = [CommandError, PortError, SetUpError].some((kind) => error instanceof kind);
  if (!isExpected) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
