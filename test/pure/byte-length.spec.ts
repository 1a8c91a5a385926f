import fc from 'fast-check';
import { expect, test } from 'playwright/test';

import { byteLength, byteLengthBy } from '../../src/byte-length.js';

const byBlob = byteLengthBy(undefined);

test('a text is measured in UTF-8, also where there is no TextEncoder', () => {
  const text = fc.string({ unit: 'binary', maxLength: 60 });
  const anyUnits = fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 })
    .map((units) => String.fromCharCode(...units));
  fc.assert(
    fc.property(fc.oneof(text, anyUnits), (sample) => {
      const bytes = Buffer.byteLength(sample);
      return byteLength(sample) === bytes && byBlob(sample) === bytes;
    }),
    { numRuns: 2_000 },
  );
});

const EDGES: readonly (readonly [text: string, bytes: number])[] = [
  ['', 0],
  ['\u0000\u007f', 2],
  ['\u0080\u07ff', 4],
  ['\u0800\uffff', 6],
  ['😀', 4],
  // Halves of a pair are sent as U+FFFD.
  ['\ud83d', 3],
  ['\ude00\ud83d', 6],
];

test('the first and the last character of each length are measured as such', () => {
  const measured = EDGES.map(([text]) => [text, byteLength(text), byBlob(text)]);
  expect(measured).toEqual(EDGES.map(([text, bytes]) => [text, bytes, bytes]));
});
