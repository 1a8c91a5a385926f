import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { startEmulator } from '../../src/emulator/index.js';
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

test('the window and the served files answer to no name that was pointed at this machine', async () => {
  const folder = test.info().outputPath('site');
  await mkdir(folder);
  await writeFile(join(folder, 'index.html'), 'secret');
  const emulator = await startEmulator({ staticRoots: { '/site/': folder }, host: 'localhost' });
  const statusOf = async (path: string, host: string): Promise<string> => {
    const [socket, answer] = await begin(emulator.port, [`GET ${path} HTTP/1.1`, `host: ${host}`]);
    socket.destroy();
    expect(answer.includes('secret')).toBe(path === '/site/' && answer.includes(' 200 '));
    return answer.slice(9, 12);
  };
  const paths = ['/', '/_emulator/page/main.js', '/site/', '/site/missing', '/_emulator/state'];
  for (const path of paths) {
    for (const host of ['evil.example', 'localhost.evil.example', '127.0.0.1.nip.example', '']) {
      expect([path, host, await statusOf(path, host)]).toEqual([path, host, '403']);
    }
    for (const host of ['127.0.0.1:80', 'LOCALHOST', 'shop.localhost:1', '[::1]:80', '10.0.0.7']) {
      expect(await statusOf(path, host)).toBe(path === '/site/missing' ? '404' : '200');
    }
  }
  await emulator.close();
});

test('the window may be framed by pages on this machine alone, and says so', async ({
  emulator,
}) => {
  for (const path of ['/', '/?embed=1', '/_emulator/page/index.html']) {
    const policy = (await send(emulator, path)).headers.get('content-security-policy');
    expect(policy).toBe(
      "frame-ancestors 'self' http://localhost:* http://*.localhost:* http://127.0.0.1:*",
    );
  }
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
