import { expect, test } from 'playwright/test';

import { backoffMs, retryAfterMs } from '../../src/delivery/backoff.js';

const NOW_MS = Date.UTC(2026, 0, 2, 3, 4, 5);

test('the ceiling doubles from one second to five minutes', () => {
  const ceiling = (failures: number) => backoffMs(failures, () => 1);
  expect([1, 2, 3, 4, 8, 9].map(ceiling)).toEqual([1_000, 2_000, 4_000, 8_000, 128_000, 256_000]);
  expect([10, 11, 50, 1_000, 5_000].map(ceiling)).toEqual(Array<number>(5).fill(300_000));
});

test('the wait is anywhere below the ceiling', () => {
  expect(backoffMs(3, () => 0)).toBe(0);
  expect(backoffMs(3, () => 0.25)).toBe(1_000);
  expect(backoffMs(3, () => 0.5)).toBe(2_000);
});

const HEADERS: readonly (readonly [string | null, number | undefined])[] = [
  ['0', 0],
  ['1', 1_000],
  ['2.5', 2_500],
  [' 30 ', 30_000],
  ['3600', 3_600_000],
  ['86400', 3_600_000],
  [new Date(NOW_MS + 90_000).toUTCString(), 90_000],
  [new Date(NOW_MS + 86_400_000).toUTCString(), 3_600_000],
  [new Date(NOW_MS - 1_000).toUTCString(), undefined],
  ['-1', undefined],
  ['', undefined],
  ['  ', undefined],
  ['soon', undefined],
  [null, undefined],
];
for (const [header, waitMs] of HEADERS) {
  test(`Retry-After ${JSON.stringify(header)} asks for ${waitMs ?? 'nothing usable'}`, () => {
    expect(retryAfterMs(header, NOW_MS)).toBe(waitMs);
  });
}
