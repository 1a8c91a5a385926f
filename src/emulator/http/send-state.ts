import type { ServerResponse } from 'node:http';
import { performance } from 'node:perf_hooks';
import type { Entries } from '../entries.js';
import type { LookupTable } from '../emulator-state.js';
import { packageVersion } from '../package-paths.js';
import { report } from '../report.js';
import type { StateSnapshot } from '../store/state-snapshot.js';

/** Text that is gathered before it is written. */
const CHUNK_CHARS_COUNT = 64 * 1024;
/** How long the state is written before other requests have their turn. */
const SLICE_MS = 5;

/** Writes the state in pieces: a million events are longer than a string can be, and take longer than others should wait. */
export function sendState(response: ServerResponse, state: StateSnapshot): void {
  response.writeHead(200, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-waymark-emulator': packageVersion,
  });
  const pieces = chunks(stateText(state));
  const pump = (): void => {
    try {
      writeSlice(response, pieces, pump);
    } catch (cause) {
      // The head is out already: all that can be said is that the rest does not come.
      report('the state could not be written:', cause);
      response.destroy();
    }
  };
  pump();
}

/** Writes until the connection is full or the time is up, and goes on by `resume` when it has drained or others had a turn. */
function writeSlice(
  response: ServerResponse,
  pieces: Iterator<string, void>,
  resume: () => void,
): void {
  const endMs = performance.now() + SLICE_MS;
  for (let next = pieces.next(); !next.done; next = pieces.next()) {
    if (response.destroyed) {
      return;
    }
    if (!response.write(next.value)) {
      // Where the system takes everything at once, the connection drains before anybody else has a turn.
      response.once('drain', () => setImmediate(resume));
      return;
    }
    if (performance.now() > endMs) {
      setImmediate(resume);
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

function* stateText(state: StateSnapshot): Generator<string, void, undefined> {
  yield `{"system":${JSON.stringify(state.system)},"now":${JSON.stringify(state.now)},"events":`;
  yield* listText(state.events);
  yield ',"dropped":';
  yield* listText(state.dropped);
  yield ',"links":';
  yield* recordText(state.links, jsonText);
  yield ',"clusters":';
  yield* listText(state.clusters);
  yield ',"profiles":';
  yield* recordText(state.profiles, jsonText);
  yield ',"groups":';
  yield* recordText(state.groups, (groups) => recordText(groups, jsonText));
  yield ',"lookupTables":';
  yield* recordText(state.lookupTables, tableText);
  yield ',"warnings":';
  yield* listText(state.warnings);
  yield ',"requests":';
  yield* listText(state.requests);
  yield '}';
}

function* jsonText(value: unknown): Generator<string, void, undefined> {
  yield JSON.stringify(value);
}

function* tableText({ name, columns, rows }: LookupTable): Generator<string, void, undefined> {
  yield `{"name":${JSON.stringify(name)},"columns":${JSON.stringify(columns)},"rows":`;
  yield* listText(rows);
  yield '}';
}

function* listText(entries: Iterable<unknown>): Generator<string, void, undefined> {
  let separator = '[';
  for (const entry of entries) {
    yield separator + JSON.stringify(entry);
    separator = ',';
  }
  yield separator === '[' ? '[]' : ']';
}

function* recordText<Value>(
  entries: Entries<Value>,
  textOf: (value: Value) => Iterable<string>,
): Generator<string, void, undefined> {
  let separator = '{';
  for (const [name, value] of entries) {
    yield `${separator}${JSON.stringify(name)}:`;
    yield* textOf(value);
    separator = ',';
  }
  yield separator === '{' ? '{}' : '}';
}
