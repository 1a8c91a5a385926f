import { existsSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ConfigProblem } from '../project-config.js';

/** Locks of this process: its own id in any other lock is that of a process before it. */
const ownLocks = new Set<string>();

/**
 * Claims a journal for one emulator by a file beside it, `FILE.lock`, that holds the process id. The lock of a process
 * that is gone is taken over. Answers how to let go; more than once does no harm.
 *
 * @throws ConfigProblem when another emulator has the file, and Node's error when the lock cannot be made.
 */
export function lockJournal(file: string): () => void {
  // Several names may lead to one file, and it must have one lock.
  const lock = `${existsSync(file) ? realpathSync(file) : resolve(file)}.lock`;
  if (!claim(lock)) {
    refuseHeld(file, lock);
    rmSync(lock, { force: true });
    if (!claim(lock)) {
      throw heldProblem(file, lock, 'another emulator');
    }
  }
  ownLocks.add(lock);
  return () => {
    if (ownLocks.delete(lock)) {
      rmSync(lock, { force: true });
    }
  };
}

function claim(lock: string): boolean {
  try {
    writeFileSync(lock, `${process.pid}\n`, { flag: 'wx' });
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') {
      return false;
    }
    throw cause;
  }
}

function refuseHeld(file: string, lock: string): void {
  const text = readFileSync(lock, 'utf8').trim();
  const pid = /^[1-9]\d*$/.test(text) ? Number(text) : undefined;
  if (pid === undefined) {
    throw heldProblem(file, lock, 'another emulator');
  }
  if (pid === process.pid ? ownLocks.has(lock) : isRunning(pid)) {
    throw heldProblem(file, lock, `the emulator with process id ${pid}`);
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    // Not allowed to signal it: it is there, and another user's.
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function heldProblem(file: string, lock: string, holder: string): ConfigProblem {
  return new ConfigProblem(
    `The file given with --data, ${file}, is in use by ${holder}. Stop that one or choose another file; if it is not running, remove ${lock}.`,
  );
}
