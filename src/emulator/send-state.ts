import type { ServerResponse } from 'node:http';
import type { EmulatorState } from './emulator-state.js';
import { packageVersion } from './package-paths.js';

const CHUNK_COUNT = 1_000;

/** Writes the state in pieces: a million events are longer than a string can be. */
export function sendState(response: ServerResponse, state: EmulatorState): void {
  response.writeHead(200, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-waymark-emulator': packageVersion,
  });
  const pieces = stateText(state);
  const pump = (): void => {
    for (let next = pieces.next(); !next.done; next = pieces.next()) {
      if (response.destroyed) {
        return;
      }
      if (!response.write(next.value)) {
        response.once('drain', pump);
        return;
      }
    }
    response.end();
  };
  pump();
}

function* stateText(state: EmulatorState): Generator<string, void, undefined> {
  let separator = '{';
  for (const [name, value] of Object.entries(state)) {
    yield `${separator}${JSON.stringify(name)}:`;
    yield* Array.isArray(value) ? listText(value) : [JSON.stringify(value)];
    separator = ',';
  }
  yield '}';
}

function* listText(list: readonly unknown[]): Generator<string, void, undefined> {
  yield '[';
  for (let start = 0; start < list.length; start += CHUNK_COUNT) {
    const text = JSON.stringify(list.slice(start, start + CHUNK_COUNT)).slice(1, -1);
    yield start === 0 ? text : `,${text}`;
  }
  yield ']';
}
