import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, renameSync, rmSync } from 'node:fs';
import type { Server } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigProblem } from '../project-config.js';
import { askSocket, listenAt } from './socket-file.js';

/** Attempts while others are trying, too; a file that is held is refused at the first. */
const MAX_ATTEMPT_COUNT = 10;
const MAX_PAUSE_MS = 100;
/** A longer name of a journal would make the path of its socket too long. */
const MAX_NAME_COUNT = 16;

/**
 * What a lock file says by its name: `new` while it is made, `claim` while its emulator looks for others, `held` once the
 * journal is its own.
 */
type Stage = 'new' | 'claim' | 'held';

const LOCK_NAME = /^(new|claim|held)-(\d+)-[0-9a-f]{16}$/;

/** A lock file of this process. */
interface OwnLock {
  /** Enters the next stage. */
  enter(stage: Stage): void;
  readonly name: () => string;
  remove(): void;
}

/**
 * Claims a journal for one emulator by a socket beside it, `FILE.lock.held-…`. A socket, because the kernel itself says
 * whether its process lives: no process id that another program has by now, or that means another process in another
 * container, and no clock is trusted.
 *
 * Nobody takes over a lock. Everybody shows a lock of their own first and looks for others then, so that of two who come
 * at once at least one sees the other. Whoever sees one that answers takes the own one away; those that do not answer are
 * removed, which harms nobody, because no name is used twice.
 *
 * Answers how to let go; more than once does no harm.
 *
 * @param file Real path of the journal.
 * @throws ConfigProblem when another emulator has the file, and Node's error when the lock cannot be made.
 */
export async function lockJournal(file: string): Promise<() => void> {
  if (process.platform === 'win32') {
    return lockPipe(file);
  }
  let holder: string | undefined;
  for (let attempt = 0; attempt < MAX_ATTEMPT_COUNT; attempt++) {
    const lock = await makeLock(file);
    const other = lock && (await findOther(file, lock.name()));
    if (lock && !other) {
      lock.enter('held');
      return () => lock.remove();
    }
    lock?.remove();
    holder = other?.pid ?? holder;
    if (other?.stage === 'held') {
      break;
    }
    await sleep(Math.random() * MAX_PAUSE_MS);
  }
  throw heldProblem(file, holder);
}

/** Makes a lock and shows it; `undefined` when somebody took it for one whose process is gone. */
async function makeLock(file: string): Promise<OwnLock | undefined> {
  const id = `${process.pid}-${randomBytes(8).toString('hex')}`;
  const folder = dirname(file);
  let name = `${prefixOf(file)}new-${id}`;
  const server = await listenAt(join(folder, name));
  const lock: OwnLock = {
    name: () => name,
    enter(stage) {
      const next = `${prefixOf(file)}${stage}-${id}`;
      renameSync(join(folder, name), join(folder, next));
      name = next;
    },
    remove: () => closeLock(server, join(folder, name)),
  };
  try {
    lock.enter('claim');
    return lock;
  } catch (cause) {
    lock.remove();
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') {
      return undefined;
    }
    throw cause;
  }
}

function closeLock(server: Server, path: string): void {
  rmSync(path, { force: true });
  server.close();
}

/** Who else has the journal, or tries to. Removes the locks of processes that are gone. */
async function findOther(
  file: string,
  ownName: string,
): Promise<{ readonly stage: Stage; readonly pid: string } | undefined> {
  const prefix = prefixOf(file);
  for (const name of readdirSync(dirname(file))) {
    const [, stage, pid = ''] = LOCK_NAME.exec(name.slice(prefix.length)) ?? [];
    if (stage === undefined || !name.startsWith(prefix) || name === ownName) {
      continue;
    }
    const path = join(dirname(file), name);
    const verdict = await askSocket(path);
    if (verdict === 'dead') {
      rmSync(path, { force: true });
    } else if (stage !== 'new') {
      // One that is gone may have entered its next stage under our eyes.
      return { stage: verdict === 'gone' ? 'claim' : (stage as Stage), pid };
    }
  }
  return undefined;
}

function prefixOf(file: string): string {
  const name = basename(file);
  const short = Buffer.byteLength(name) <= MAX_NAME_COUNT ? name : digest(name);
  return `${short}.lock.`;
}

const digest = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, MAX_NAME_COUNT);

/** On Windows a pipe has a name that exists as long as its process, and only once. */
async function lockPipe(file: string): Promise<() => void> {
  try {
    const server = await listenAt(`\\\\.\\pipe\\waymark-${digest(file.toLowerCase())}`);
    return () => void server.close();
  } catch (cause) {
    throw (cause as NodeJS.ErrnoException).code === 'EADDRINUSE' ? heldProblem(file) : cause;
  }
}

function heldProblem(file: string, pid?: string): ConfigProblem {
  const holder = pid === undefined ? 'another emulator' : `the emulator with process id ${pid}`;
  return new ConfigProblem(
    `The file given with --data, ${file}, is in use by ${holder}. Stop that one or choose another file.`,
  );
}
