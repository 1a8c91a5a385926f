import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { drain } from '../../src/emulator/http/drain.js';
import { expect, test } from './support/emulator-fixture.js';

test('the rest of a refused body that never ends is cut off, a connection whose body was read is kept', async () => {
  const cut: string[] = [];
  const requestOf = (name: string, body: Readable): IncomingMessage =>
    Object.assign(body, { socket: { destroy: () => cut.push(name) } }) as object as IncomingMessage;
  const wasRead = requestOf('read', Readable.from(['too large once it was unpacked']));
  for await (const _ of wasRead) {
    // Only its end matters.
  }
  await expect.poll(() => wasRead.closed).toBe(true);
  drain(wasRead, 1);
  drain(requestOf('endless', new Readable({ read() {} })), 1);
  await expect.poll(() => cut).toContain('endless');
  expect(cut).toEqual(['endless']);
});
