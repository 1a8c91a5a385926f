import { expect, test } from 'playwright/test';

import type { QueuedRecord } from '../../src/ports.js';
import { createStaging, STAGED_ONCE_MS } from '../../src/queue/staging.js';
import { createMemoryStorage } from './memory-storage.js';

const PREFIX = 'waymark:T:staged:';
const MADE_MS = 1_700_000_000_000;

/** The n-th record of a page, under the insert id that it would have. */
function makeRecord(n: number, once?: true): QueuedRecord {
  const made = (MADE_MS + n).toString(16).padStart(12, '0');
  const id = `${made.slice(0, 8)}-${made.slice(8)}-7000-8000-000000000000`;
  return { id, path: once ? '/engage/' : '/track/', payload: `{"n":${n}}`, ...(once && { once }) };
}

/** A page that staged a task of an event and an increment, and what is left of it when it is gone. */
function stageTask() {
  const storage = createMemoryStorage();
  const page = createStaging(storage, PREFIX);
  const event = makeRecord(1);
  const increment = makeRecord(2, true);
  page.put([event, increment], MADE_MS);
  const adoptAll = () => createStaging(storage, PREFIX).adopt(MADE_MS + 2 * STAGED_ONCE_MS).records;
  return { storage, page, event, increment, adoptAll };
}

test('what is staged already is not written again without its companions', () => {
  const { page, event, increment, adoptAll } = stageTask();
  page.put([event], MADE_MS);
  expect(adoptAll()).toEqual([event, increment]);
});

test('what is new is staged beside it', () => {
  const { page, event, increment, adoptAll } = stageTask();
  const another = makeRecord(3);
  page.put([event, another], MADE_MS);
  expect(adoptAll()).toEqual([event, increment, another]);
});

test('what another page found in the database and settled is not taken over again', () => {
  const { storage, event, increment, adoptAll } = stageTask();
  createStaging(storage, PREFIX).settle([increment.id]);
  expect(adoptAll()).toEqual([event]);
});

test('nothing is left of a task that was settled whole', () => {
  const { storage, event, increment } = stageTask();
  createStaging(storage, PREFIX).settle([event.id, increment.id]);
  expect(storage.keys(PREFIX)).toEqual([]);
});

test('a page that comes back lets all be that was taken over; one that stayed, what counts each time alone', () => {
  const { storage, page } = stageTask();
  const event = makeRecord(3);
  page.put([event], MADE_MS + 3);
  createStaging(storage, PREFIX).adopt(MADE_MS + 4);
  expect(page.lost(false)).toEqual([]);
  expect(page.lost(true)).toEqual([event.id]);
});

test('a page that comes back lets be what was taken over of a task, and keeps the rest', () => {
  const { storage, page, event, increment } = stageTask();
  const other = createStaging(storage, PREFIX);
  expect(other.adopt(MADE_MS + 1_000).records).toEqual([event]);
  expect(page.lost(true)).toEqual([event.id]);
  page.remove([increment.id]);
  other.remove([event.id]);
  expect(storage.keys(PREFIX)).toEqual([]);
});

test('what was settled of a task is not taken over with the rest', () => {
  const { page, event, increment, adoptAll } = stageTask();
  page.remove([event.id]);
  expect(adoptAll()).toEqual([increment]);
});

test('what is settled of a task does not bring back what another page took over of it', () => {
  const { storage, page, event, increment } = stageTask();
  const another = makeRecord(3, true);
  page.put([makeRecord(4), another], MADE_MS + 4);
  const other = createStaging(storage, PREFIX);
  other.adopt(MADE_MS + 1_000);
  other.remove([event.id, makeRecord(4).id]);
  page.remove([increment.id]);
  const { records } = createStaging(storage, PREFIX).adopt(MADE_MS + 2 * STAGED_ONCE_MS);
  expect(records).toEqual([another]);
});

test('two pages that find each other’s records do not both let them be', () => {
  const { storage, page, event, increment } = stageTask();
  const later = MADE_MS + 2 * STAGED_ONCE_MS;
  const other = createStaging(storage, PREFIX);
  expect(other.adopt(later).records).toEqual([event, increment]);
  expect(page.adopt(later).records).toEqual([]);
  expect(page.lost(true)).toEqual([event.id, increment.id]);
  expect(other.lost(true)).toEqual([]);
});

test('what counts each time is left to a page that may be alive, for a while; the rest is taken over', () => {
  const { storage, event, increment } = stageTask();
  const { records, waitMs } = createStaging(storage, PREFIX).adopt(MADE_MS + 1_000);
  expect(records).toEqual([event]);
  expect(waitMs).toBeGreaterThan(0);
  expect(storage.keys(PREFIX)).toHaveLength(2);
  const { records: all } = createStaging(storage, PREFIX).adopt(MADE_MS + 2 + STAGED_ONCE_MS);
  expect(all.toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual([event, increment]);
});

test('a page that took over a part takes the rest when its time has come', () => {
  const { storage, page, event, increment } = stageTask();
  const other = createStaging(storage, PREFIX);
  expect(other.adopt(MADE_MS + 1_000).records).toEqual([event]);
  expect(page.lost(false)).toEqual([]);
  expect(other.adopt(MADE_MS + 2 + STAGED_ONCE_MS).records).toEqual([increment]);
  expect(page.lost(false)).toEqual([increment.id]);
  other.remove([event.id, increment.id]);
  expect(storage.keys(PREFIX)).toEqual([]);
});

test('the age of what is staged counts from its staging, whenever it was made', () => {
  const storage = createMemoryStorage();
  const held = makeRecord(0, true);
  createStaging(storage, PREFIX).put([held], MADE_MS + 3_600_000);
  const adopted = (ms: number) =>
    createStaging(storage, PREFIX).adopt(MADE_MS + 3_600_000 + ms).records;
  expect(adopted(STAGED_ONCE_MS - 1)).toEqual([]);
  expect(adopted(STAGED_ONCE_MS)).toEqual([held]);
});
