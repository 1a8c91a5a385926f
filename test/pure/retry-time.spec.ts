import { expect, test } from 'playwright/test';

import { createRetryTime } from '../../src/delivery/retry-time.js';
import type { KeyValueStore } from '../../src/ports.js';
import { createMemoryStorage } from './memory-storage.js';

const KEY = 'waymark:T:retry';
const now = () => 1_000_000;

test('nothing is due at first', () => {
  const retryTime = createRetryTime(createMemoryStorage(), KEY, now);
  expect([retryTime.dueMs(), retryTime.failures()]).toEqual([0, 0]);
});

test('what one tab sets, every tab and the next page sees, until one clears it', () => {
  const store = createMemoryStorage();
  const [left, right] = [createRetryTime(store, KEY, now), createRetryTime(store, KEY, now)];
  left.set(now() + 5_000, 3, '/engage/');
  expect([right.dueMs(), right.failures(), right.failedPath()]).toEqual([
    now() + 5_000,
    3,
    '/engage/',
  ]);
  right.clear();
  expect([left.dueMs(), left.failures()]).toEqual([0, 0]);
  expect(store.get(KEY)).toBeUndefined();
});

test('where storage is denied it holds for the page', () => {
  const denied: KeyValueStore = {
    get: () => undefined,
    set: () => false,
    remove: () => undefined,
    keys: () => [],
  };
  const retryTime = createRetryTime(denied, KEY, now);
  retryTime.set(now() + 5_000, 2, '/track/');
  expect([retryTime.dueMs(), retryTime.failures()]).toEqual([now() + 5_000, 2]);
  retryTime.clear();
  expect([retryTime.dueMs(), retryTime.failures()]).toEqual([0, 0]);
});

test('a due time further away than any wait is a clock that was set back, and not waited for', () => {
  const store = createMemoryStorage();
  const retryTime = createRetryTime(store, KEY, now);
  retryTime.set(now() + 3_600_000, 1, '/track/');
  expect(retryTime.dueMs()).toBe(now() + 3_600_000);
  retryTime.set(now() + 3_600_001, 1, '/track/');
  expect(retryTime.dueMs()).toBe(0);
});

test('what somebody else wrote under the key delays nothing', () => {
  for (const text of ['', ' ', 'x', 'x y', '{}', 'NaN NaN', '1e999 1', '-5 1', 'undefined']) {
    const store = createMemoryStorage();
    store.set(KEY, text);
    const retryTime = createRetryTime(store, KEY, now);
    expect(retryTime.dueMs() > now(), text).toBe(false);
    expect(retryTime.failures() + 1, text).toBeGreaterThan(0);
  }
});
