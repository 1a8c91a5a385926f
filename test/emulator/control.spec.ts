import { once } from 'node:events';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import type { StreamMessage } from '../../src/emulator/index.js';
import { expect, test } from './support/emulator-fixture.js';
import { eventOf, postJson, send, track } from './support/send.js';

test('health says who answers', async ({ emulator }) => {
  const answer = await send(emulator, '/_emulator/health');
  expect(answer.json).toMatchObject({ name: 'waymark emulator', version: expect.any(String) });
  expect(await emulator.health()).toMatchObject({ uptimeMs: expect.any(Number) });
});

test('an unknown path is answered with the known ones, a wrong method with the right one', async ({
  emulator,
}) => {
  const lost = await send(emulator, '/trak', { method: 'POST', body: 'x' });
  expect([lost.status, lost.json]).toEqual([
    404,
    { error: 'Nothing is served at /trak.', known: expect.arrayContaining(['/track', '/import']) },
  ]);
  const wrong = await send(emulator, '/track', { method: 'PUT', body: 'x' });
  expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, POST, OPTIONS']);
  expect((await send(emulator, '/_emulator/nothing')).status).toBe(404);
  expect((await send(emulator, '/_emulator/reset')).status).toBe(405);
  expect((await send(emulator, '/identity/merge', { method: 'POST' })).status).toBe(404);
});

const mistakes: Record<string, readonly [path: string, body: unknown, error: string]> = {
  'a setting with a typing error': ['reset', { sytem: 'original' }, 'Did you mean "system"?'],
  'an unknown system': ['reset', { system: 'new' }, '"system" must be'],
  'a project that is a list': ['reset', [], 'must be a JSON object'],
  'a clock that is no number': ['clock', { now: 'x' }, '"now" must be'],
  'a clock with a typing error': ['clock', { nwo: 5 }, 'Unknown field "nwo"'],
  'a clock in milliseconds': ['clock', { now: 1_760_000_000_000 }, 'not of milliseconds'],
  'a project whose clock is in milliseconds': [
    'reset',
    { now: 1_760_000_000_000 },
    'not of milliseconds',
  ],
  'a fault that waits longer than a timer can': [
    'faults',
    [{ delayMs: 2 ** 31 }],
    '"delayMs" must be milliseconds up to 2147483647',
  ],
  'a fault that is no list': ['faults', { status: 500 }, 'must be a list'],
  'a fault with an unknown field': ['faults', [{ stauts: 500 }], 'Did you mean "status"?'],
  'a fault with an impossible status': ['faults', [{ status: 99 }], '"status" must be'],
};

for (const [title, [verb, body, error]] of Object.entries(mistakes)) {
  test(`${title} is refused with what to change`, async ({ emulator }) => {
    await track(emulator, eventOf('Kept', { distinct_id: 'U' }));
    await emulator.clock({ now: 1_760_000_000 });
    const answer = await postJson(emulator, `/_emulator/${verb}`, body);
    expect([answer.status, answer.json]).toEqual([400, { error: expect.stringContaining(error) }]);
    const { events, now } = await emulator.state();
    expect([events.length, now]).toEqual([1, 1_760_000_000]);
  });
}

const strangers: Record<string, Record<string, string>> = {
  'a page of another site': { origin: 'https://evil.example' },
  'a page of another port': { origin: 'http://127.0.0.1:1' },
  'a page without an origin of its own': { origin: 'null' },
  'a script tag of another site': { 'sec-fetch-site': 'cross-site' },
  'a name that was pointed at this machine': { host: 'evil.example' },
};

for (const [title, headers] of Object.entries(strangers)) {
  test(`${title} cannot use the control paths, but the service's`, async ({ emulator }) => {
    for (const [path, method] of [
      ['/_emulator/state', 'GET'],
      ['/_emulator/stream', 'GET'],
      ['/_emulator/reset', 'POST'],
      ['/_emulator/faults', 'POST'],
    ] as const) {
      expect(await statusOf(emulator.port, path, method, headers)).toBe(403);
    }
    expect(await statusOf(emulator.port, '/track', 'POST', headers)).toBe(200);
  });
}

test('a page of the emulator itself may use the control paths', async ({ emulator }) => {
  const host = `localhost:${emulator.port}`;
  const headers = { host, origin: `http://${host}`, 'sec-fetch-site': 'same-origin' };
  expect(await statusOf(emulator.port, '/_emulator/state', 'GET', headers)).toBe(200);
});

test('T-43: the caller may read answers, and a preflight allows no header', async ({
  emulator,
}) => {
  const origin = 'https://shop.example';
  const answer = await send(emulator, '/track', { method: 'POST', headers: { origin }, body: 'x' });
  expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
  expect(answer.headers.get('access-control-allow-credentials')).toBe('true');
  const headers = { origin, 'access-control-request-headers': 'content-type' };
  const strict = await send(emulator, '/track', { method: 'OPTIONS', headers });
  expect(strict.status).toBe(204);
  expect(strict.headers.get('access-control-allow-methods')).toBe('GET, POST, OPTIONS');
  expect(strict.headers.get('access-control-allow-headers')).toBeNull();
  await emulator.reset({ token: 'T', corsStrict: false });
  const lax = await send(emulator, '/track', { method: 'OPTIONS', headers });
  expect(lax.headers.get('access-control-allow-headers')).toBe('content-type');
});

test('state answers for one person, and for what came since', async ({ emulator }) => {
  await track(emulator, [
    eventOf('A', { $device_id: 'D' }),
    eventOf('B', { $device_id: 'E' }),
    eventOf('C', { $device_id: 'D', $user_id: 'U' }),
    eventOf('D', { distinct_id: 'U', $ignore: true }),
  ]);
  for (const id of ['U', '$device:D']) {
    const answer = await send(emulator, `/_emulator/state?distinctId=${encodeURIComponent(id)}`);
    expect(answer.json).toMatchObject({
      events: [{ event: 'A' }, { event: 'C' }],
      dropped: [{ event: 'D' }],
      links: { D: 'U' },
      clusters: [{ ids: ['U', '$device:D'], canonical: 'U' }],
    });
  }
  const since = await emulator.state({ since: 2 });
  expect(since.events.map(({ seq }) => seq)).toEqual([3]);
  expect(since.dropped.map(({ seq }) => seq)).toEqual([4]);
  expect((await send(emulator, '/_emulator/state?since=x')).status).toBe(400);
});

test('the stream tells everything as it happens', async ({ emulator }) => {
  const answer = await fetch(`${emulator.url}/_emulator/stream`);
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  const heard: StreamMessage[] = [];
  let text = '';
  const hear = async (type: StreamMessage['type']): Promise<void> => {
    while (!heard.some((message) => message.type === type)) {
      const piece = await reader?.read();
      text += piece?.value ?? '';
      const messages = text.split('\n\n');
      text = messages.pop() ?? '';
      heard.push(...messages.map((one) => JSON.parse(one.slice('data: '.length)) as StreamMessage));
    }
  };
  await hear('hello');
  await track(emulator, [eventOf('A', { $device_id: 'D', $user_id: 'U' }), eventOf('')]);
  await hear('request');
  await emulator.reset({ token: 'T', system: 'original' });
  await hear('reset');
  expect(heard.map(({ type }) => type)).toEqual([
    'hello',
    'warning',
    'event',
    'identity',
    'dropped',
    'warning',
    'request',
    'reset',
  ]);
  await reader?.cancel();
});

test('waiting ends with what came when time is up', async ({ emulator }) => {
  await track(emulator, [eventOf('Came', { distinct_id: 'U' }), eventOf('')]);
  await expect(emulator.waitForEvents(2, { timeoutMs: 20 })).rejects.toThrow(
    /Only 1 of 2 events came within 20 ms\. Stored: Came\. Dropped: {2}\(invalid-record\)\./,
  );
  await expect(emulator.waitFor(() => false, { timeoutMs: 20 })).rejects.toThrow('within 20 ms');
});

test('a body over the limit is refused before it was sent', async ({ emulator }) => {
  const socket = connect(emulator.port, '127.0.0.1');
  socket.write('POST /track HTTP/1.1\r\nhost: localhost\r\ncontent-length: 999999999\r\n\r\n{');
  const [answer] = (await once(socket, 'data')) as [Buffer];
  expect(answer.toString()).toContain('HTTP/1.1 413');
  expect(answer.toString()).toContain('request exceeds max limit of 10485760 bytes');
  socket.destroy();
});

test('T-42: an address that is too long is answered with what to do, and so is no HTTP', async ({
  emulator,
}) => {
  const long = await send(emulator, `/track?data=${'x'.repeat(20_000)}`);
  expect([long.status, long.text]).toEqual([414, expect.stringContaining('body of a POST')]);
  const socket = connect(emulator.port, '127.0.0.1');
  socket.write('nonsense\r\n\r\n');
  const [answer] = (await once(socket, 'data')) as [Buffer];
  expect(answer.toString()).toContain('HTTP/1.1 400 Bad Request');
  socket.destroy();
});

test('T-25: a body over the limit is refused though its length was not told', async ({
  emulator,
}) => {
  await emulator.reset({ token: 'T', maxBodyBytes: 1_000 });
  const gzip = new Blob(['x'.repeat(100_000)]).stream().pipeThrough(new CompressionStream('gzip'));
  const packed = await new Response(gzip).arrayBuffer();
  expect(packed.byteLength).toBeLessThan(1_000);
  const headers = { 'content-encoding': 'gzip', 'content-type': 'application/json' };
  const bomb = await send(emulator, '/track', { method: 'POST', headers, body: packed });
  expect([bomb.status, bomb.json]).toEqual([413, expect.objectContaining({ code: 413 })]);
  const broken = await send(emulator, '/track', { method: 'POST', headers, body: 'no gzip' });
  expect([broken.status, broken.text]).toEqual([400, expect.stringContaining('gzip is broken')]);
});

async function statusOf(
  port: number,
  path: string,
  method: string,
  headers: Record<string, string>,
): Promise<number> {
  const outgoing = request({ host: '127.0.0.1', port, path, method, headers });
  outgoing.end();
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
  answer.destroy();
  return answer.statusCode ?? 0;
}
