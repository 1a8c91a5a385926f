import * as fc from 'fast-check';
import { expect, test } from 'playwright/test';

import { cutBatch } from '../../src/delivery/batch.js';
import type { QueuedRecord } from '../../src/ports.js';

const record = (id: string, payload: string): QueuedRecord => ({ id, path: '/track/', payload });
const json = (value: unknown): string => JSON.stringify(value);
const bytesOf = (text: string): number => Buffer.byteLength(text, 'utf8');

/** What a form parser makes of a body. */
const parse = (body: string): unknown => JSON.parse(new URLSearchParams(body).get('data') ?? '');

test('a batch is one form field with a JSON list of its records', () => {
  const batch = cutBatch([record('1', json({ a: 1 })), record('2', json({ b: 2 }))], 10, 1_000);
  expect(batch.body).toBe('data=[{"a":1},{"b":2}]');
  expect(batch.records.map(({ id }) => id)).toEqual(['1', '2']);
  expect(batch.bytes).toBe(bytesOf(batch.body));
});

test('only what a form parser would take for something else is encoded (T-3)', () => {
  const text = '100% & more + "quotes" <tags> = ? # / \\ ünï 😀';
  const { body } = cutBatch([record('1', json({ text }))], 1, 1_000);
  expect(body).toContain('100%25 %26 more %2B');
  expect(body).toContain('ünï 😀');
  expect(parse(body)).toEqual([{ text }]);
});

test('a batch holds no more records than it may', () => {
  const records = Array.from({ length: 10 }, (_, index) => record(String(index), '{}'));
  expect(cutBatch(records, 3, 1_000).records.map(({ id }) => id)).toEqual(['0', '1', '2']);
});

test('bytes are counted as they travel, not characters', () => {
  const [euro, percent] = [json('€'.repeat(10)), json('%'.repeat(10))];
  for (const payload of [euro, percent]) {
    const records = [record('1', payload), record('2', payload)];
    const both = bytesOf(cutBatch(records, 2, 10_000).body);
    expect(both).toBe('data=[,]'.length + 2 * 32);
    expect(cutBatch(records, 2, both).records).toHaveLength(2);
    expect(cutBatch(records, 2, both - 1).records).toHaveLength(1);
  }
});

test('a record too large for the limit goes alone', () => {
  const records = [record('large', json('x'.repeat(500))), record('small', '{}')];
  expect(cutBatch(records, 10, 100).records.map(({ id }) => id)).toEqual(['large']);
  const turned = records.toReversed();
  expect(cutBatch(turned, 10, 100).records.map(({ id }) => id)).toEqual(['small']);
});

test('where the limit is strict records too large for it are passed over at the front', () => {
  const records = [
    record('large', json('x'.repeat(500))),
    record('small', '{}'),
    record('small too', '{}'),
    record('large too', json('x'.repeat(500))),
    record('small, but behind it', '{}'),
  ];
  const batch = cutBatch(records, 10, 100, true);
  expect(batch.records.map(({ id }) => id)).toEqual(['small', 'small too']);
  expect(batch.body).toBe('data=[{},{}]');
});

test('nothing makes an empty batch', () => {
  expect(cutBatch([], 10, 100).records).toEqual([]);
});

test('whatever the records, a batch is within its limits, in order, counted right, and parses to what was put in', () => {
  const values = fc.array(
    fc.record({ text: fc.string({ unit: 'binary' }), more: fc.jsonValue({ maxDepth: 2 }) }),
    { minLength: 1, maxLength: 30 },
  );
  fc.assert(
    fc.property(
      values,
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 10, max: 2_000 }),
      fc.boolean(),
      (given, maxCount, maxBytes, isStrict) => {
        const records = given.map((value, index) => record(String(index), json(value)));
        const { records: taken, body, bytes } = cutBatch(records, maxCount, maxBytes, isStrict);
        expect(bytes).toBe(bytesOf(body));
        expect(taken.length).toBeLessThanOrEqual(maxCount);
        if (isStrict || taken.length > 1) expect(bytes).toBeLessThanOrEqual(maxBytes);
        if (!isStrict) expect(taken).toEqual(records.slice(0, Math.max(1, taken.length)));
        if (taken.length > 0)
          expect(parse(body)).toEqual(taken.map(({ payload }) => JSON.parse(payload) as unknown));
        if (isStrict || taken.length === maxCount || taken.length === records.length) return;
        const oneMore = cutBatch(records.slice(0, taken.length + 1), Infinity, Infinity);
        expect(oneMore.bytes).toBeGreaterThan(maxBytes);
      },
    ),
    { numRuns: 300 },
  );
});

test('the body is hardly longer than the JSON of ordinary events', () => {
  const payload = json({
    event: 'Page Viewed',
    properties: { $current_url: 'https://shop.example/a?b=c&d=e', plan: 'pro', price: 12.5 },
  });
  const records = Array.from({ length: 100 }, (_, index) => record(String(index), payload));
  const { bytes } = cutBatch(records, 100, 1_000_000);
  expect(bytes / bytesOf(`[${Array(100).fill(payload).join()}]`)).toBeLessThan(1.05);
});
