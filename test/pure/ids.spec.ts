import { expect, test } from 'playwright/test';
import { validate, version } from 'uuid';

import { createInsertIds, newInsertId } from '../../src/ids.js';
import { madeMs } from '../../src/queue/rows.js';

/** Ids made at these times, one each. */
function idsAt(times: readonly number[]): string[] {
  let index = 0;
  const newId = createInsertIds(() => times[index++] ?? 0);
  return times.map(newId);
}

test('an insert id is a UUID v7 of the present time, and one that the service takes', () => {
  const beforeMs = Date.now();
  const id = newInsertId();
  expect(validate(id)).toBe(true);
  expect(version(id)).toBe(7);
  expect(id).toMatch(/^[A-Za-z0-9-]{1,36}$/);
  expect(madeMs(id)).toBeGreaterThanOrEqual(beforeMs);
  expect(madeMs(id)).toBeLessThanOrEqual(Date.now());
});

test('ids of one millisecond are in the order of calls, also when there are more than it can number', () => {
  const ids = idsAt(Array.from({ length: 10_000 }, () => 1_700_000_000_000));
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(10_000);
  expect(ids.every((id) => validate(id) && version(id) === 7)).toBe(true);
  expect(madeMs(ids[0] ?? '')).toBe(1_700_000_000_000);
  expect(madeMs(ids.at(-1) ?? '')).toBe(1_700_000_000_002);
});

test('a clock that is set back does not turn the order', () => {
  const ids = idsAt([2_000, 1_000, 1_000, 500, 2_000, 2_001]);
  expect(ids.toSorted()).toEqual(ids);
  expect(ids.map(madeMs)).toEqual([2_000, 2_000, 2_000, 2_000, 2_000, 2_001]);
});

test('ids of two pages of the same millisecond differ', () => {
  const [one, other] = [idsAt([1_000]), idsAt([1_000])];
  expect(one).not.toEqual(other);
});
