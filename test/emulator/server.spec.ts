import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { isTrusted } from '../../src/emulator/http/control-guard.js';
import { expect, test } from './support/emulator-fixture.js';
import { eventOf, postJson, send } from './support/send.js';

/** Sends the head of a request as it is, and reads the beginning of the answer. */
async function begin(port: number, lines: readonly string[], body = ''): Promise<[Socket, string]> {
  const socket = connect(port, '127.0.0.1');
  socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`);
  const [answer] = (await once(socket, 'data')) as [Buffer];
  return [socket, answer.toString('utf8')];
}

test('pages answer to GET and HEAD alone', async ({ emulator }) => {
  for (const path of ['/', '/_emulator/page/index.html']) {
    const answer = await send(emulator, path, { method: 'POST', body: 'data=[]' });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    expect((await send(emulator, path, { method: 'HEAD' })).status).not.toBe(405);
  }
});

test('a whole address as the target of a request leads to its path', async ({ emulator }) => {
  const body = JSON.stringify(eventOf('E', { distinct_id: 'U' }));
  const [socket, answer] = await begin(
    emulator.port,
    [
      `POST http://api.example:${emulator.port}/track?verbose=1 HTTP/1.1`,
      'host: api.example',
      'content-type: application/json',
      `content-length: ${body.length}`,
    ],
    body,
  );
  socket.destroy();
  expect(answer).toContain('{"error":null,"status":1}');
  expect((await emulator.state()).events).toHaveLength(1);
});

test('who asks before sending is told to go on, or that it is too much', async ({ emulator }) => {
  await emulator.reset({ maxBodyBytes: 100 });
  const head = ['POST /track HTTP/1.1', 'host: 127.0.0.1', 'expect: 100-continue'];
  const [small, goOn] = await begin(emulator.port, [...head, 'content-length: 10']);
  small.destroy();
  expect(goOn).toMatch(/^HTTP\/1.1 100 /);
  const [large, tooMuch] = await begin(emulator.port, [...head, 'content-length: 101']);
  large.destroy();
  expect(tooMuch).toMatch(/^HTTP\/1.1 413 /);
});

test('the name that the emulator listens on is known in any letter case', () => {
  expect(isTrusted({ host: 'Tracker.test:80' }, 'Tracker.TEST')).toBe(true);
  expect(isTrusted({ host: 'other.test:80' }, 'Tracker.TEST')).toBe(false);
});

test('a stream that nobody reads is given up, and the others hear on', async ({ emulator }) => {
  const [deaf] = await begin(emulator.port, ['GET /_emulator/stream HTTP/1.1', 'host: 127.0.0.1']);
  deaf.pause();
  const ended = once(deaf, 'close');
  deaf.on('error', () => undefined);
  let heard = 0;
  emulator.subscribe(({ type }) => {
    heard += Number(type === 'event');
  });
  // More than what the two ends of a connection may buffer by themselves.
  const list = ['x'.repeat(900_000)];
  for (let n = 0; n < 24; n++) {
    const event = eventOf('E', { distinct_id: 'U', $insert_id: `i-${n}`, list });
    expect((await postJson(emulator, '/track', event)).text).toBe('1');
  }
  expect(heard).toBe(24);
  deaf.resume();
  await ended;
});
