import { expect, test } from './support/emulator-fixture.js';
import { eventOf, postJson, send, track } from './support/send.js';

const EVENT = eventOf('E', { distinct_id: 'U', $insert_id: 'i', time: Date.now() });

test('a status is answered with its Retry-After, as often as asked, and stores nothing', async ({
  emulator,
}) => {
  await emulator.faults([{ path: '/track/', status: 503, retryAfter: 7, times: 2 }]);
  for (let n = 0; n < 2; n++) {
    const answer = await track(emulator, EVENT);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '7']);
  }
  expect((await track(emulator, EVENT)).status).toBe(200);
  const { events, requests } = await emulator.state();
  expect(events).toHaveLength(1);
  expect(requests.map(({ status, records }) => [status, records])).toEqual([
    [503, 1],
    [503, 1],
    [200, 1],
  ]);
});

test('a fault leaves other paths and preflights alone, and [] clears it', async ({ emulator }) => {
  await emulator.faults([{ path: '/engage', status: 500 }]);
  expect((await track(emulator, EVENT)).status).toBe(200);
  await emulator.faults([{ status: 500 }]);
  expect((await send(emulator, '/track', { method: 'OPTIONS' })).status).toBe(204);
  expect((await track(emulator, EVENT)).status).toBe(500);
  await emulator.faults([]);
  expect((await track(emulator, EVENT)).status).toBe(200);
});

test('the known statuses have the bodies of the service', async ({ emulator }) => {
  for (const [status, body] of [
    [413, { code: 413, status: 'Request Entity Too Large' }],
    [429, { code: 429, status: 'Too Many Requests' }],
    [401, { status: 'error' }],
  ] as const) {
    await emulator.faults([{ status }]);
    const answer = await track(emulator, EVENT);
    expect([answer.status, answer.json]).toEqual([status, expect.objectContaining(body)]);
  }
});

test('a body, a redirect and headers are answered as given', async ({ emulator }) => {
  await emulator.faults([{ body: '<html>sign in</html>', headers: { 'x-more': 'yes' } }]);
  const page = await track(emulator, EVENT);
  expect([page.status, page.text]).toEqual([200, '<html>sign in</html>']);
  expect(page.headers.get('content-type')).toContain('text/html');
  expect(page.headers.get('x-more')).toBe('yes');
  await emulator.faults([{ location: 'http://portal.example/' }]);
  const redirect = await send(emulator, '/track', { method: 'POST' });
  expect([redirect.status, redirect.headers.get('location')]).toEqual([
    302,
    'http://portal.example/',
  ]);
  expect((await emulator.state()).events).toEqual([]);
});

test('a faulted answer can be read by other origins, unless that is the fault', async ({
  emulator,
}) => {
  const options = { method: 'POST', headers: { origin: 'http://shop.example' } };
  await emulator.faults([{ status: 503, times: 1 }, { cors: false }]);
  const readable = await send(emulator, '/track', options);
  expect(readable.headers.get('access-control-allow-origin')).toBe('http://shop.example');
  const hidden = await send(emulator, '/track', options);
  expect([hidden.status, hidden.headers.get('access-control-allow-origin')]).toEqual([200, null]);
});

for (const [cut, stored] of [
  ['before', 0],
  ['after', 1],
] as const) {
  test(`a connection cut ${cut} storing leaves ${stored} events and no answer`, async ({
    emulator,
  }) => {
    await emulator.faults([{ cut, times: 1 }]);
    await expect(track(emulator, EVENT)).rejects.toThrow();
    const { events, requests } = await emulator.state();
    expect(events).toHaveLength(stored);
    expect(requests).toMatchObject([{ status: 0 }]);
    expect((await track(emulator, EVENT)).status).toBe(200);
    expect(await emulator.waitForEvents(1)).toHaveLength(1);
  });
}

test('a delayed request is stored at once and answered late', async ({ emulator }) => {
  await emulator.faults([{ delayMs: 50 }]);
  let isAnswered = false;
  const answer = track(emulator, EVENT).then(({ status }) => {
    isAnswered = true;
    return status;
  });
  await emulator.waitForEvents(1);
  expect(isAnswered).toBe(false);
  expect(await answer).toBe(200);
});

test('a hanging request is listed, stores nothing, and ends with its sender', async ({
  emulator,
}) => {
  await emulator.faults([{ delayMs: null }]);
  const sender = new AbortController();
  const answer = send(emulator, '/track', { method: 'POST', body: 'x', signal: sender.signal });
  const failure = expect(answer).rejects.toThrow('aborted');
  const state = await emulator.waitFor(({ requests }) => requests.length === 1);
  expect(state).toMatchObject({ events: [], requests: [{ status: 0 }] });
  sender.abort();
  await failure;
});

test('reset clears the faults', async ({ emulator }) => {
  await emulator.faults([{ status: 500 }]);
  await emulator.reset({ token: 'T' });
  expect((await track(emulator, EVENT)).status).toBe(200);
});

test('a Retry-After alone is a 429', async ({ emulator }) => {
  await emulator.faults([{ retryAfter: 5, times: 1 }]);
  const answer = await track(emulator, EVENT);
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '5']);
  expect((await emulator.state()).events).toEqual([]);
});

test('a cut after storing goes before the status that stands beside it', async ({ emulator }) => {
  await emulator.faults([{ status: 503, cut: 'after', times: 1 }]);
  await expect(track(emulator, EVENT)).rejects.toThrow();
  expect((await emulator.state()).events).toHaveLength(1);
});

for (const [title, fault] of Object.entries({
  'a body of null': { body: null },
  'a header name with a space': { headers: { 'not a name': 'x' } },
  'a header value of two lines': { headers: { 'x-more': 'a\r\nb' } },
  'a header that is a number': { headers: { 'x-more': 1 } },
  'a location of two lines': { location: 'http://x.example/\n' },
  'a Retry-After of two lines': { status: 503, retryAfter: '1\n2' },
})) {
  test(`${title} is refused before it can spoil an answer`, async ({ emulator }) => {
    const answer = await postJson(emulator, '/_emulator/faults', [fault]);
    expect([answer.status, answer.json]).toEqual([
      400,
      { error: expect.stringContaining('Fault 0: ') },
    ]);
    expect((await track(emulator, EVENT)).status).toBe(200);
  });
}
