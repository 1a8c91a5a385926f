import { performance } from 'node:perf_hooks';
import { countElements } from '../../src/emulator/body/count-elements.js';
import { countLines } from '../../src/emulator/body/count-lines.js';
import { isFormUtf8, readForm } from '../../src/emulator/body/form-fields.js';
import { readRecordBody } from '../../src/emulator/body/record-body.js';
import { createFaultList } from '../../src/emulator/faults/fault-list.js';
import { nearestName } from '../../src/emulator/nearest-name.js';
import { createPropertyList } from '../../src/emulator/profiles/property-list.js';
import fc from 'fast-check';
import { expect, test } from './support/emulator-fixture.js';
import { postJson, send, track } from './support/send.js';

const TEN_MB = 10 * 1024 * 1024;

/** Bodies that were parsed once before they were counted, or looked through for each of their parts. */
const LARGE: Record<string, readonly [type: string, body: string, status: number]> = {
  'lines of {}': ['application/x-ndjson', '{}\n'.repeat(3_300_000), 413],
  'lines of a control character': ['application/x-ndjson', '\x01\n'.repeat(5_000_000), 413],
  'blank lines': ['application/x-ndjson', ' \r\n'.repeat(3_300_000), 200],
  'lines of no-break spaces': ['application/x-ndjson', '\u00a0\n'.repeat(3_300_000), 413],
  'a list of {}': ['application/json', `[${'{},'.repeat(3_300_000)}{}]`, 413],
  'a list of lists': ['application/json', `[${'[],'.repeat(3_300_000)}[]]`, 413],
  'a list of texts with brackets': [
    'application/json',
    `[${'"\\\\[\\"",'.repeat(1_100_000)}1]`,
    413,
  ],
  'a list that does not end': ['application/json', `[${'0,'.repeat(5_000_000)}`, 413],
  'a form with a list': [
    'application/x-www-form-urlencoded',
    `data=[${'0,'.repeat(5_000_000)}0]`,
    413,
  ],
  'a form of fields without a value': [
    'application/x-www-form-urlencoded',
    'a&'.repeat(5_000_000),
    200,
  ],
  'a form of the same field': [
    'application/x-www-form-urlencoded',
    'data=1&'.repeat(1_400_000),
    200,
  ],
  'a form of escapes': [
    'application/x-www-form-urlencoded',
    `data=${'%41'.repeat(3_300_000)}`,
    200,
  ],
};

test('a body of 10 MB takes no longer than its bytes, however many records or fields it has', async ({
  emulator,
}) => {
  test.setTimeout(120_000);
  for (const [title, [type, body, status]] of Object.entries(LARGE)) {
    expect(body.length, title).toBeLessThanOrEqual(TEN_MB);
    const cpu = process.cpuUsage();
    const answer = await send(emulator, '/track', {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    });
    const { user } = process.cpuUsage(cpu);
    expect([title, answer.status]).toEqual([title, status]);
    // Seconds before: the emulator and the sender share this process.
    expect(user / 1_000, `${title}, ms`).toBeLessThan(3_000);
  }
  expect((await emulator.state()).events).toEqual([]);
});

const text = fc.array(fc.constantFrom('[', ']', '{', '}', ',', '"', '\\', '1', ' ', ':'), {
  maxLength: 12,
});

test('the elements of a list are counted as they would be read', () => {
  const value = fc.jsonValue();
  fc.assert(
    fc.property(
      fc.array(value, { minLength: 1 }),
      fc.constantFrom(undefined, 2),
      (list, indent) => {
        expect(countElements(JSON.stringify(list, undefined, indent))).toBe(list.length);
      },
    ),
    { numRuns: 2_000 },
  );
  fc.assert(
    fc.property(text, (parts) => {
      expect(countElements(`[${parts.join('')}`)).toBeGreaterThan(0);
    }),
  );
  expect([countElements('{"a":[1,2]}'), countElements('1'), countElements('')]).toEqual([0, 0, 0]);
});

test('lines are counted as they would be read', () => {
  const line = fc.constantFrom('{}', '', ' ', '\t\r', '\v', '\f', '1', 'x y', '\x01', '"ä"');
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 30 }), (lines) => {
      const body = Buffer.from(lines.join('\n'));
      const read = readRecordBody({
        method: 'POST',
        contentType: 'application/x-ndjson',
        query: {},
        body,
      });
      expect(countLines(body)).toBe(read.ok ? read.records.length : 0);
    }),
    { numRuns: 2_000 },
  );
});

test('a form is read as a browser would read it', () => {
  const part = fc.constantFrom(
    'data',
    'ip',
    'x',
    '=',
    '&',
    '%64ata',
    '%',
    '+',
    '?',
    'ä',
    '%ff',
    '#',
    'a'.repeat(40),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
      const form = parts.join('');
      const known = [...new URLSearchParams(form)].filter(([name]) =>
        ['data', 'ip'].includes(name),
      );
      expect(readForm(form)).toEqual(Object.fromEntries(known));
    }),
    { numRuns: 5_000 },
  );
});

test('the bytes behind percent signs are looked at', () => {
  const cases = {
    '%C3%A4': true,
    '%c3': false,
    'ä%': true,
    '%zz': true,
    '%2': true,
    '%ff': false,
    '%4 1': true,
  };
  for (const [form, isText] of Object.entries(cases)) {
    expect([form, isFormUtf8(Buffer.from(form))]).toEqual([form, isText]);
  }
});

test('a list does what operations on a plain list would do', () => {
  const element = fc.constantFrom<unknown>(1, '1', { a: 1, b: 2 }, { b: 2, a: 1 }, [1], [], true);
  const step = fc.tuple(fc.constantFrom('append', 'unite', 'remove'), element);
  const key = (value: unknown): string =>
    JSON.stringify(value, (_, inner: unknown) =>
      inner instanceof Object && !Array.isArray(inner)
        ? Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))
        : inner,
    );
  fc.assert(
    fc.property(fc.array(element), fc.array(step), (start, steps) => {
      const list = createPropertyList(start);
      let plain = [...start];
      for (const [operation, value] of steps) {
        const isThere = plain.some((each) => key(each) === key(value));
        if (operation === 'remove') {
          list.remove(value);
          plain = plain.filter((each) => key(each) !== key(value));
        } else if (operation === 'append') {
          list.append(value);
          plain.push(value);
        } else {
          list.unite(value);
          plain = isThere ? plain : [...plain, value];
        }
      }
      expect(list.toArray()).toEqual(plain);
    }),
    { numRuns: 2_000 },
  );
});

test('a name as long as a body is near to none', () => {
  const startMs = performance.now();
  expect(nearestName(`$${'x'.repeat(900_000)}`, ['$set', '$union'])).toBeUndefined();
  expect(performance.now() - startMs).toBeLessThan(100);
  expect(nearestName('$unoin', ['$set', '$union'])).toBe('$union');
});

test('a fault that is used up is looked at no more, and of too many none is taken', async ({
  emulator,
}) => {
  const list = createFaultList();
  list.replace([{ times: 1, status: 500 }, { status: 503 }]);
  expect(['/a', '/a', '/a'].map((path) => list.take(path)?.status)).toEqual([500, 503, 503]);
  const answer = await postJson(
    emulator,
    '/_emulator/faults',
    Array.from({ length: 1_001 }, () => ({ status: 500 })),
  );
  expect([answer.status, String(Object(answer.json).error)]).toEqual([
    400,
    expect.stringContaining('at most 1000'),
  ]);
});

test('what is read is the state of one moment, whatever comes in meanwhile', async ({
  emulator,
}) => {
  const records = (first: number) =>
    Array.from({ length: 2_000 }, (_, n) => ({
      event: 'E',
      properties: { token: 'T', $device_id: `d${n % 50}`, $insert_id: `i${first + n}` },
    }));
  for (let n = 0; n < 5; n++) {
    await track(emulator, records(n * 2_000));
  }
  const list = { $token: 'T', $distinct_id: 'U', $append: { list: 1 } };
  await postJson(emulator, '/engage', [list]);
  const { now: _, ...before } = await emulator.state();
  const reading = await fetch(`${emulator.url}/_emulator/state`);
  // The head is there, and not yet the rest: links, a duplicate and an update come in.
  await track(emulator, [
    ...Array.from({ length: 50 }, (_, n) => ({
      event: 'Link',
      properties: { token: 'T', $device_id: `d${n}`, $user_id: `U${n}`, $insert_id: `l${n}` },
    })),
    { event: 'E', properties: { ...before.events[9_999]?.properties, token: 'T' } },
  ]);
  await postJson(emulator, '/engage', [list]);
  const { now: __, ...read } = (await reading.json()) as typeof before & { now: number };
  expect(read).toEqual(JSON.parse(JSON.stringify(before)));
  const after = await emulator.state();
  expect(after.profiles['U']?.['list']).toEqual([1, 1]);
  expect(Object.keys(after.links)).toHaveLength(50);
});
