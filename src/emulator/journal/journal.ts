import {
  closeSync,
  createReadStream,
  existsSync,
  ftruncateSync,
  openSync,
  writeSync,
} from 'node:fs';
import { ConfigProblem } from '../project-config.js';
import { readLine, writeLine } from './journal-line.js';
import type { JournalLine } from './journal-line.js';

const LINE_FEED = 0x0a;

/** A file of what was received, one line each, only ever added to. */
export interface Journal {
  append(line: JournalLine): void;
  /** Empties the file. */
  clear(): void;
  close(): void;
}

/** A line of a journal, and where it stands in the file, from 1. */
export interface NumberedLine {
  readonly number: number;
  readonly line: JournalLine;
}

/** What a journal held, and where it goes on. */
export interface ReadJournal {
  readonly lines: readonly NumberedLine[];
  /** Sentences about lines that could not be read. */
  readonly problems: readonly string[];
  /** Length of the part of the file that stays, in bytes. */
  readonly keepBytes: number;
  /** Whether that part ends with a line end. */
  readonly hasEnd: boolean;
}

/**
 * Reads a journal and leaves the file as it is. There may be none yet. A broken line is passed over; of a last line that
 * a crash tore nothing stays. Neither costs more than itself.
 *
 * @throws ConfigProblem when the file is of another kind, and Node's error when it cannot be read.
 */
export async function readJournal(file: string): Promise<ReadJournal> {
  if (!existsSync(file)) {
    return { lines: [], problems: [], keepBytes: 0, hasEnd: true };
  }
  const read = await readLines(file);
  if (read.lines.length === 0 && read.problems.length > 0) {
    throw new ConfigProblem(
      `The file given with --data, ${file}, is no journal of an emulator, and is left as it is. Choose another file.`,
    );
  }
  return read;
}

/**
 * Opens a journal for writing, made if it is not there. What was torn from its end is cut off, so that the next line
 * does not continue it.
 *
 * @throws Node's error when the file cannot be written.
 */
export function openJournal(
  file: string,
  { keepBytes, hasEnd }: Pick<ReadJournal, 'keepBytes' | 'hasEnd'>,
): Journal {
  const descriptor = openSync(file, 'a');
  try {
    ftruncateSync(descriptor, keepBytes);
    if (!hasEnd) {
      writeSync(descriptor, '\n');
    }
  } catch (cause) {
    closeSync(descriptor);
    throw cause;
  }
  return {
    append: (line) => {
      writeSync(descriptor, `${writeLine(line)}\n`);
    },
    clear: () => ftruncateSync(descriptor, 0),
    close: () => closeSync(descriptor),
  };
}

async function readLines(file: string): Promise<ReadJournal> {
  const lines: NumberedLine[] = [];
  const problems: string[] = [];
  let keepBytes = 0;
  let hasEnd = true;
  let number = 0;
  for await (const { text, bytes, isEnded } of splitLines(file)) {
    number++;
    const line = readLine(text);
    if (line) {
      lines.push({ number, line });
    } else {
      problems.push(`Line ${number} of ${file} could not be read and is left out.`);
    }
    if (line || isEnded) {
      keepBytes += bytes;
      hasEnd = isEnded;
    }
  }
  return { lines, problems, keepBytes, hasEnd };
}

interface RawLine {
  readonly text: string;
  /** Its length in the file, the line end included. */
  readonly bytes: number;
  /** Only the last line may lack its end. */
  readonly isEnded: boolean;
}

/** Splits at line feeds alone: what a line holds may contain anything else that ends a line somewhere. */
async function* splitLines(file: string): AsyncGenerator<RawLine, void, undefined> {
  let pieces: Buffer[] = [];
  const takeLine = (isEnded: boolean): RawLine => {
    const line = Buffer.concat(pieces);
    pieces = [];
    return { text: line.toString('utf8'), bytes: line.length + (isEnded ? 1 : 0), isEnded };
  };
  for await (const read of createReadStream(file)) {
    const chunk = read as Buffer;
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      pieces.push(chunk.subarray(start, end));
      start = end + 1;
      yield takeLine(true);
    }
    if (start < chunk.length) {
      pieces.push(chunk.subarray(start));
    }
  }
  if (pieces.length > 0) {
    yield takeLine(false);
  }
}
