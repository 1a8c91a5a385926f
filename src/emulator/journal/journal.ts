import { closeSync, createReadStream, ftruncateSync, openSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { readLine, writeLine } from './journal-line.js';
import type { JournalLine } from './journal-line.js';

/** A file of what was received, one line each, only ever added to. */
export interface Journal {
  append(line: JournalLine): void;
  /** Empties the file. */
  clear(): void;
  close(): void;
}

/** A journal that was opened, and what it held. */
export interface OpenedJournal {
  readonly journal: Journal;
  readonly lines: readonly JournalLine[];
  /** Sentences about lines that could not be read. */
  readonly problems: readonly string[];
}

/**
 * Opens a journal, made if it is not there. A last line that a crash tore is cut off, so that the next one does not
 * continue it; a broken line elsewhere is passed over. Neither costs more than itself.
 *
 * @throws Node's error when the file cannot be read or written.
 */
export async function openJournal(file: string): Promise<OpenedJournal> {
  const descriptor = openSync(file, 'a+');
  const { lines, problems, keepBytes, hasEnd } = await readLines(file);
  ftruncateSync(descriptor, keepBytes);
  if (!hasEnd) {
    writeSync(descriptor, '\n');
  }
  return {
    lines,
    problems,
    journal: {
      append: (line) => {
        writeSync(descriptor, `${writeLine(line)}\n`);
      },
      clear: () => ftruncateSync(descriptor, 0),
      close: () => closeSync(descriptor),
    },
  };
}

interface ReadLines {
  readonly lines: JournalLine[];
  readonly problems: string[];
  /** Length of the part of the file that stays. */
  readonly keepBytes: number;
  /** Whether that part ends with a line end. */
  readonly hasEnd: boolean;
}

async function readLines(file: string): Promise<ReadLines> {
  const stream = createReadStream(file);
  const texts = createInterface({ input: stream, crlfDelay: Infinity });
  const lines: JournalLine[] = [];
  const problems: string[] = [];
  let keepBytes = 0;
  let lastBytes = 0;
  let isLastBroken = false;
  let number = 0;
  for await (const text of texts) {
    number++;
    lastBytes = Buffer.byteLength(text) + 1;
    keepBytes += lastBytes;
    const line = readLine(text);
    isLastBroken = line === null;
    if (line) {
      lines.push(line);
    } else {
      problems.push(`Line ${number} of ${file} could not be read and is left out.`);
    }
  }
  // The stream counts what is there; a last line without its end was counted one too long.
  const hasEnd = stream.bytesRead === keepBytes;
  return isLastBroken && !hasEnd
    ? { lines, problems, keepBytes: keepBytes - lastBytes, hasEnd: true }
    : { lines, problems, keepBytes: stream.bytesRead, hasEnd: hasEnd || keepBytes === 0 };
}
