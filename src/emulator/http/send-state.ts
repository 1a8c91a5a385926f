import type { ServerResponse } from 'node:http';
import type { EmulatorState } from '../emulator-state.js';
import { packageVersion } from '../package-paths.js';
import { report } from '../report.js';

/** Text that is gathered before it is written. */
const CHUNK_CHARS_COUNT = 64 * 1024;

/** Levels of a part of the state that are written entry by entry; the other parts have one. */
const SPLIT_LEVELS: Partial<Record<keyof EmulatorState, number>> = { groups: 2, lookupTables: 3 };

/** Writes the state in pieces: a million events are longer than a string can be. */
export function sendState(response: ServerResponse, state: EmulatorState): void {
  response.writeHead(200, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-waymark-emulator': packageVersion,
  });
  const pieces = chunks(stateText(state));
  const pump = (): void => {
    try {
      writePieces(response, pieces, pump);
    } catch (cause) {
      // The head is out already: all that can be said is that the rest does not come.
      report('the state could not be written:', cause);
      response.destroy();
    }
  };
  pump();
}

/** Writes until the connection is full, and goes on by `resume` when it has drained. */
function writePieces(
  response: ServerResponse,
  pieces: Iterator<string, void>,
  resume: () => void,
): void {
  for (let next = pieces.next(); !next.done; next = pieces.next()) {
    if (response.destroyed) {
      return;
    }
    if (!response.write(next.value)) {
      response.once('drain', resume);
      return;
    }
  }
  response.end();
}

function* chunks(texts: Iterable<string>): Generator<string, void, undefined> {
  let gathered = '';
  for (const text of texts) {
    gathered += text;
    if (gathered.length >= CHUNK_CHARS_COUNT) {
      yield gathered;
      gathered = '';
    }
  }
  yield gathered;
}

function* stateText(state: EmulatorState): Generator<string, void, undefined> {
  let separator = '{';
  for (const [name, value] of Object.entries(state)) {
    yield `${separator}${JSON.stringify(name)}:`;
    yield* jsonText(value, SPLIT_LEVELS[name as keyof EmulatorState] ?? 1);
    separator = ',';
  }
  yield '}';
}

/** JSON of a value, this many levels of it entry by entry. */
function* jsonText(value: unknown, levels: number): Generator<string, void, undefined> {
  if (levels === 0 || typeof value !== 'object' || value === null) {
    yield JSON.stringify(value);
    return;
  }
  const isList = Array.isArray(value);
  let separator = '';
  yield isList ? '[' : '{';
  for (const [name, entry] of isList ? value.entries() : Object.entries(value)) {
    yield isList ? separator : `${separator}${JSON.stringify(name)}:`;
    yield* jsonText(entry, levels - 1);
    separator = ',';
  }
  yield isList ? ']' : '}';
}
