import { createReadStream, existsSync } from 'node:fs';
import { ConfigProblem } from '../project-config.js';
import { readLine } from './journal-line.js';
import type { JournalLine } from './journal-line.js';

const LINE_FEED = 0x0a;

/** A longer line is none of ours: the largest body that is taken by default is a lookup table of 100 MB, in base64. */
const MAX_LINE_BYTES = 256 * 1024 * 1024;

/** How every line begins that a journal holds. */
const LINE_START = '{"kind":';

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
  const lines: NumberedLine[] = [];
  const problems: string[] = [];
  let isOurs = !existsSync(file);
  let keepBytes = 0;
  let hasEnd = true;
  let number = 0;
  for await (const { text, bytes, isEnded } of isOurs ? [] : splitLines(file)) {
    number++;
    const line = readLine(text);
    if (line) {
      lines.push({ number, line });
    } else {
      problems.push(`Line ${number} of ${file} could not be read and is left out.`);
    }
    isOurs ||= line !== undefined || text.startsWith(LINE_START);
    if (line || isEnded) {
      keepBytes += bytes;
      hasEnd = isEnded;
    }
  }
  if (!isOurs && number > 0) {
    throw new ConfigProblem(
      `The file given with --data, ${file}, is no journal of an emulator, and is left as it is. Choose another file.`,
    );
  }
  return { lines, problems, keepBytes, hasEnd };
}

interface RawLine {
  /** Empty when it is too long to be a line. */
  readonly text: string;
  /** Its length in the file, the line end included. */
  readonly bytes: number;
  /** Only the last line may lack its end. */
  readonly isEnded: boolean;
}

/** Splits at line feeds alone: what a line holds may contain anything else that ends a line somewhere. */
async function* splitLines(file: string): AsyncGenerator<RawLine, void, undefined> {
  let pieces: Buffer[] = [];
  let bytes = 0;
  const takePiece = (piece: Buffer): void => {
    bytes += piece.length;
    if (bytes <= MAX_LINE_BYTES) {
      pieces.push(piece);
    } else {
      pieces = [];
    }
  };
  const takeLine = (isEnded: boolean): RawLine => {
    const line = { text: lineText(pieces), bytes: bytes + (isEnded ? 1 : 0), isEnded };
    pieces = [];
    bytes = 0;
    return line;
  };
  for await (const read of createReadStream(file)) {
    const chunk = read as Buffer;
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      takePiece(chunk.subarray(start, end));
      start = end + 1;
      yield takeLine(true);
    }
    takePiece(chunk.subarray(start));
  }
  if (bytes > 0) {
    yield takeLine(false);
  }
}

/** A machine that loses its power can leave zeros before a line that is written after it: the line is whole. */
function lineText(pieces: readonly Buffer[]): string {
  const line = Buffer.concat(pieces);
  const start = line.findIndex((byte) => byte !== 0);
  return start === -1 ? '' : line.subarray(start).toString('utf8');
}
