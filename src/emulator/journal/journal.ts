import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  ftruncateSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { writeLine } from './journal-line.js';
import type { JournalLine } from './journal-line.js';
import { JournalProblem } from './journal-problem.js';
import type { ReadJournal } from './read-journal.js';

/** Its owner alone may read and write it: what pages send is nobody else's. */
const FILE_MODE = 0o600;
const OTHERS_MODE = 0o077;

/** A file of what was received, one line each, only ever added to. Either a whole line is written or nothing of it. */
export interface Journal {
  /** @throws JournalProblem when it cannot be written. */
  append(line: JournalLine): void;
  /**
   * Puts one line in the place of all, at once: whoever ends the process meanwhile leaves the old file or the new one.
   *
   * @throws JournalProblem when it cannot be written; the file is as it was then.
   */
  replace(line: JournalLine): void;
  /** Whether others than its owner may read it, because its disk knows no owners. */
  isOpenToOthers(): boolean;
  close(): void;
}

/**
 * Opens a journal for writing, made if it is not there. What was torn from its end is cut off, so that the next line
 * does not continue it.
 *
 * @param file Its real path.
 * @throws Node's error when the file cannot be written.
 */
export function openJournal(
  file: string,
  { keepBytes, hasEnd }: Pick<ReadJournal, 'keepBytes' | 'hasEnd'>,
): Journal {
  let descriptor = openPrivate(file, constants.O_RDWR | constants.O_CREAT);
  let length = keepBytes;
  /** Whether something may stand behind `length` that could not be cut off. */
  let isTorn = true;

  const cutOff = (): void => {
    ftruncateSync(descriptor, length);
    isTorn = false;
  };

  const write = (text: string): void => {
    try {
      if (isTorn) {
        cutOff();
      }
      isTorn = true;
      length += writeWhole(descriptor, text, length);
      isTorn = false;
    } catch (cause) {
      try {
        cutOff();
      } catch {
        // The next line tries again, and is not written before this part is gone.
      }
      throw new JournalProblem(file, cause as NodeJS.ErrnoException);
    }
  };

  try {
    cutOff();
    if (!hasEnd) {
      length += writeWhole(descriptor, '\n', length);
    }
  } catch (cause) {
    closeSync(descriptor);
    throw cause;
  }
  return {
    append: (line) => write(`${writeLine(line)}\n`),
    replace(line) {
      const written = replaceFile(file, `${writeLine(line)}\n`);
      closeSync(descriptor);
      ({ descriptor, length } = written);
      isTorn = false;
    },
    isOpenToOthers: () =>
      process.platform !== 'win32' && (fstatSync(descriptor).mode & OTHERS_MODE) !== 0,
    close: () => closeSync(descriptor),
  };
}

/** Writes a file beside the other and lets it take its place. */
function replaceFile(file: string, text: string): { descriptor: number; length: number } {
  const draft = `${file}.new`;
  let descriptor: number | undefined;
  try {
    rmSync(draft, { force: true });
    descriptor = openPrivate(draft, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL);
    const length = writeWhole(descriptor, text, 0);
    renameSync(draft, file);
    return { descriptor, length };
  } catch (cause) {
    if (descriptor !== undefined) {
      closeSync(descriptor);
      rmSync(draft, { force: true });
    }
    throw new JournalProblem(file, cause as NodeJS.ErrnoException);
  }
}

function openPrivate(file: string, flags: number): number {
  const descriptor = openSync(file, flags, FILE_MODE);
  try {
    fchmodSync(descriptor, FILE_MODE);
  } catch {
    // Somebody else's file, or a disk without owners: `isOpenToOthers` says what came of it.
  }
  return descriptor;
}

/** Writes all of a text; a write may stop half-way. Answers its length in bytes. */
function writeWhole(descriptor: number, text: string, position: number): number {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length;) {
    written += writeSync(descriptor, bytes, written, bytes.length - written, position + written);
  }
  return bytes.length;
}
