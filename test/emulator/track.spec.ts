import { gzipSync } from 'node:zlib';
import { expect, test } from './support/emulator-fixture.js';
import { eventOf, send, track } from './support/send.js';

const EVENT = eventOf('Größe +1 & 100%', { distinct_id: 'U', note: 'a+b&c=d 😀' });
const JSON_TEXT = JSON.stringify(EVENT);
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const base64 = Buffer.from(JSON_TEXT).toString('base64');
const minimal = (text: string): string => text.replace(/[%&+]/g, encodeURIComponent);

const forms: Record<string, readonly [path: string, options: RequestInit]> = {
  'T-6: a JSON array': ['/track', json(`[${JSON_TEXT}]`)],
  'T-6: a JSON object': ['/track', json(JSON_TEXT)],
  'T-6: a JSON object in data': ['/track', json(`{"data":${JSON_TEXT}}`)],
  'T-6: a JSON object with base64 in data': ['/track', json(JSON.stringify({ data: base64 }))],
  'T-3: a form with JSON': ['/track/', form(`data=${encodeURIComponent(JSON_TEXT)}`)],
  'T-3: a form with barely encoded JSON': ['/track/', form(`data=${minimal(JSON_TEXT)}`)],
  'T-4: a form with base64': ['/track/', form(`data=${encodeURIComponent(base64)}`)],
  'T-4: a form with base64 that is not encoded': ['/track', form(`data=${base64}`)],
  'T-4: a form with base64 for URLs, without padding': [
    '/track',
    form(`data=${Buffer.from(JSON_TEXT).toString('base64url')}`),
  ],
  'T-7: the text of a beacon': [
    '/track/?ip=1',
    {
      method: 'POST',
      headers: { 'content-type': 'text/plain;charset=UTF-8' },
      body: `data=${encodeURIComponent(JSON_TEXT)}`,
    },
  ],
  'T-8: gzip': [
    '/track',
    {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      body: new Uint8Array(gzipSync(JSON_TEXT)),
    },
  ],
  'T-2: a query': [`/track?data=${encodeURIComponent(base64)}`, {}],
};

for (const [title, [path, options]] of Object.entries(forms)) {
  test(`${title} arrives as it was meant`, async ({ emulator }) => {
    const answer = await send(emulator, path, options);
    expect([answer.status, answer.text]).toEqual([200, '1']);
    const [stored] = await emulator.waitForEvents(1);
    expect(stored).toMatchObject(EVENT);
    expect((await emulator.state()).requests).toMatchObject([{ status: 200, records: 1 }]);
  });
}

const unreadable: Record<string, readonly [RequestInit, string]> = {
  'no data': [form('verbose=1'), 'data, missing or empty'],
  'broken base64': [form('data=!!!'), 'data, neither JSON nor base64'],
  'base64 of no JSON': [form('data=AAAA'), 'data, invalid JSON'],
  'broken JSON': [json('[{"event":'), 'data, invalid JSON'],
  'an empty list': [json('[]'), 'data, missing or empty'],
  'no objects': [json('[1,"x",null]'), 'record, must be an object'],
  'JSON as plain text': [
    { method: 'POST', headers: { 'content-type': 'text/plain' }, body: JSON_TEXT },
    'data, missing or empty',
  ],
  'an unknown content type': [
    { method: 'POST', headers: { 'content-type': 'application/xml' }, body: '<x/>' },
    'content type, "application/xml" is not one of',
  ],
};

for (const [title, [options, error]] of Object.entries(unreadable)) {
  test(`T-20: a body with ${title} is refused with status 200 and its reason`, async ({
    emulator,
  }) => {
    const answer = await send(emulator, '/track?verbose=1', options);
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({ status: 0, error: expect.stringContaining(error) });
    expect((await emulator.state()).events).toEqual([]);
  });
}

test('parameters count in the form body as in the query', async ({ emulator }) => {
  const answer = await send(emulator, '/track', form(`verbose=1&data=${base64}`));
  expect(answer.json).toEqual({ error: null, status: 1 });
});

test('img answers a pixel, callback a script, and a bad callback is refused', async ({
  emulator,
}) => {
  const data = encodeURIComponent(base64);
  const pixel = await send(emulator, `/track?img=1&data=${data}`);
  expect(pixel.headers.get('content-type')).toBe('image/gif');
  expect(pixel.text.startsWith('GIF89a')).toBe(true);
  const plain = await send(emulator, `/track?callback=on.done[0]&data=${data}`);
  expect(plain.text).toBe('on.done[0](1);');
  expect(plain.headers.get('content-type')).toContain('text/javascript');
  const long = await send(emulator, `/track?callback=done&verbose=1&data=${data}`);
  expect(long.text).toBe('done({"error":null,"status":1});');
  const evil = await send(emulator, `/track?callback=alert(1)//&data=${data}`);
  expect(evil.status).toBe(400);
});

test('redirect stays on the same origin', async ({ emulator }) => {
  const data = encodeURIComponent(base64);
  const own = await send(emulator, `/track?redirect=/thanks&data=${data}`);
  expect([own.status, own.headers.get('location')]).toEqual([302, `${emulator.url}/thanks`]);
  for (const target of ['//evil.example', 'https://evil.example/', 'javascript:alert(1)']) {
    const answer = await send(
      emulator,
      `/track?redirect=${encodeURIComponent(target)}&data=${data}`,
    );
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
  }
});

test('T-21: 1 means any valid record, or all of them where the project says so', async ({
  emulator,
}) => {
  const mixed = [EVENT, { properties: { token: 'T' } }];
  expect((await track(emulator, mixed)).json).toEqual({ error: null, status: 1 });
  await emulator.reset({ token: 'T', plainOne: 'all' });
  expect((await track(emulator, mixed)).json).toEqual({ error: 'event, missing', status: 0 });
});

test('T-29: strict lists what is wrong, and stores the rest', async ({ emulator }) => {
  const options = form(`data=${encodeURIComponent(JSON.stringify([EVENT, { event: 'B' }]))}`);
  const answer = await send(emulator, '/track?strict=1', options);
  expect([answer.status, answer.json]).toEqual([
    400,
    expect.objectContaining({
      num_records_imported: 1,
      failed_records: [expect.objectContaining({ index: 1, field: 'properties.token' })],
    }),
  ]);
});

test('T-10: 2,000 records are taken, 2,001 are refused whole', async ({ emulator }) => {
  const records = Array.from({ length: 2_001 }, (_, n) => eventOf('E', { distinct_id: 'U', n }));
  expect((await track(emulator, records.slice(1))).status).toBe(200);
  expect((await track(emulator, records)).status).toBe(413);
  expect((await emulator.state()).events).toHaveLength(2_000);
});

test('T-11: names and texts are cut to 255 characters, with a warning', async ({ emulator }) => {
  const long = '😀'.repeat(300);
  await track(emulator, eventOf(long, { distinct_id: 'U', [long]: 1, text: long }));
  const [stored] = await emulator.waitForEvents(1);
  const cut = '😀'.repeat(255);
  expect(stored?.event).toBe(cut);
  expect(stored?.properties).toMatchObject({ [cut]: 1, text: cut });
  const { warnings } = await emulator.state();
  const cuts = warnings.filter(({ code }) => code === 'text-cut');
  expect(cuts.map(({ message }) => message.slice(0, 8))).toEqual([
    'The name',
    'Property',
    'Property',
  ]);
});

test('T-11: 255 characters are kept whole, in pairs of surrogates or not, without a warning', async ({
  emulator,
}) => {
  const texts = ['x', 'ä', '😀'].map((character) => character.repeat(255));
  for (const text of texts) {
    await track(emulator, eventOf(text, { distinct_id: text, [text]: 1, text }));
  }
  const { events, warnings } = await emulator.state();
  expect(events.map(({ event }) => event)).toEqual(texts);
  expect(events.map(({ properties }) => properties['text'])).toEqual(texts);
  expect(warnings.filter(({ code }) => code === 'text-cut')).toEqual([]);
});

test('T-13: time is read in seconds and milliseconds, T-15: the future becomes now', async ({
  emulator,
}) => {
  await emulator.clock({ now: 1_760_000_000 });
  const times = [1_759_999_990, 1_759_999_990.5, 1_759_999_990_500, 1_760_003_000, undefined];
  await track(
    emulator,
    times.map((time) => eventOf('E', { distinct_id: 'U', $insert_id: 'one', time })),
  );
  const { events, warnings } = await emulator.state();
  expect(events.map(({ properties }) => properties['time'])).toEqual([
    1_759_999_990, 1_759_999_990.5, 1_759_999_990_500, 1_760_000_000, 1_760_000_000,
  ]);
  expect(events.map(({ duplicateOf }) => duplicateOf)).toEqual([null, 3, null, 5, null]);
  expect(warnings.map(({ code }) => code)).toContain('future-time');
});

test('I-40: the newest of several equal events counts, and a difference in the key is warned of', async ({
  emulator,
}) => {
  const sent = (n: number, more: Record<string, unknown> = {}): unknown =>
    eventOf('Buy', { distinct_id: 'U', $insert_id: 'i', time: 1_759_999_990, n, ...more });
  await emulator.clock({ now: 1_760_000_000 });
  await track(emulator, [sent(1), sent(2), sent(3), sent(4, { time: 1_759_999_991 })]);
  const { events, warnings } = await emulator.state();
  expect(events.map(({ duplicateOf }) => duplicateOf)).toEqual([2, 3, null, null]);
  expect(warnings).toMatchObject([{ code: 'insert-id-reused', seq: 4 }]);
  expect(await emulator.waitForEvents(2)).toHaveLength(2);
});

test('everything that the service swallows is warned of', async ({ emulator }) => {
  await emulator.clock({ now: 1_760_000_000 });
  await track(emulator, [
    { event: 'A', properties: { token: 'X', distinct_id: 'U' } },
    eventOf('B', { time: 1_759_000_000 }),
    eventOf('C', { $ignore: 'yes' }),
    eventOf('$identify', { distinct_id: 'U', $device_id: 'D', $user_id: 'U' }),
    eventOf('E', { distinct_id: 'aaaaaaaa-0000-4000-8000-000000000000', $insert_id: 'i' }),
    eventOf('F', { $user_id: 'undefined', $insert_id: 'a:b' }),
    eventOf('G', { $user_id: 'U', bucket: 1, time: 'soon', $insert_id: 'g' }),
  ]);
  const { warnings, dropped } = await emulator.state();
  expect(warnings.map(({ code, seq }) => `${seq} ${code}`).toSorted()).toEqual([
    '1 unknown-token',
    '2 too-old',
    '3 ignored-by-property',
    '4 identify-without-event',
    '4 identity-event-ignored',
    '5 bare-uuid-distinct-id',
    '6 insert-id-malformed',
    '6 placeholder-id',
    '7 reserved-property',
    '7 time-unreadable',
  ]);
  expect(dropped.map(({ seq, reason }) => `${seq} ${reason}`)).toEqual([
    '1 unknown-token',
    '2 too-old',
    '3 ignored-by-property',
    '4 identity-event-ignored',
  ]);
});

function json(text: string): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: text };
}

function form(text: string): RequestInit {
  return { method: 'POST', headers: FORM, body: text };
}
