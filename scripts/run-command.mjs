import { spawn } from 'node:child_process';

/** A command that could not be run, or ended with another code than 0. The message names it. */
export class CommandError extends Error {
  name = 'CommandError';
}

/**
 * Runs a command to its end in the repository's folder, with this terminal as its own.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: Record<string, string> }} [options] Variables added to the environment.
 * @returns {Promise<void>} Rejects with a CommandError when the command fails or is not there.
 */
export function runCommand(command, args, { env = {} } = {}) {
  const line = [command, ...args].join(' ');
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: new URL('..', import.meta.url),
      env: { ...process.env, ...env },
      stdio: 'inherit',
    });
    child.once('error', (cause) => reject(new CommandError(`"${line}" cannot be run.`, { cause })));
    child.once('exit', (code, signal) => {
      if (code === 0) resolve();
      else reject(new CommandError(`"${line}" ended with ${signal ?? `code ${code}`}.`));
    });
  });
}
