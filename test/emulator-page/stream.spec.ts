import { expect, test } from 'playwright/test';

import type { EmulatorState } from '../../src/emulator/emulator-state.js';
import { applyMessages, unseenMessages } from '../../src/emulator-page/model/apply-message.js';
import {
  addWarning,
  clustersOf,
  createModel,
  currentIdOf,
  keptRow,
  MAX_ROW_COUNT,
  putRow,
  rowOfSeq,
  setState,
} from '../../src/emulator-page/model/model.js';
import { isOfKind, type RowKind } from '../../src/emulator-page/model/row.js';
import { isFiltering, NO_FILTER, rowMatcher } from '../../src/emulator-page/model/search.js';
import { problemCount, tallyDrops, tallyWarnings } from '../../src/emulator-page/model/tally.js';
import type { StreamMessage } from '../../src/emulator/stream/stream-message.js';
import { sampleRow, storedEvent } from './sample.js';

const NOW_MS = 1_800_000_000_000;

const emptyState: EmulatorState = {
  system: 'simplified',
  now: NOW_MS / 1_000,
  events: [],
  dropped: [],
  links: {},
  clusters: [],
  profiles: {},
  groups: {},
  lookupTables: {},
  warnings: [],
  requests: [],
};

const request = {
  method: 'POST',
  path: '/track',
  query: {},
  contentType: 'text/plain',
  status: 200,
  bytes: 10,
  records: 1,
};

const apply = (model: ReturnType<typeof createModel>, ...messages: StreamMessage[]) =>
  applyMessages(model, messages, NOW_MS);

test('kept and dropped events stand in one order of arrival', () => {
  const model = createModel();
  const dropped = { ...storedEvent({ seq: 2 }), reason: 'too-old' } as const;
  setState(
    model,
    {
      ...emptyState,
      events: [storedEvent({ seq: 1 }), storedEvent({ seq: 3 })],
      dropped: [dropped],
    },
    NOW_MS,
  );
  expect(model.rows.map(({ seq, dropReason }) => [seq, dropReason])).toEqual([
    [1, undefined],
    [2, 'too-old'],
    [3, undefined],
  ]);
});

test('a join moves earlier events to the user, and marks their properties as out of date (ID-7)', () => {
  const model = createModel();
  const anonymous = storedEvent({ seq: 1, ingestDistinctId: '$device:D' });
  apply(model, { type: 'event', event: anonymous });
  expect(clustersOf(model)).toEqual([{ ids: ['$device:D'], canonical: '$device:D' }]);
  const wanted = apply(
    model,
    { type: 'event', event: storedEvent({ seq: 2 }) },
    { type: 'identity', ids: ['ada', '$device:D'], canonical: 'ada' },
  );
  expect(rowOfSeq(model, 1)).toMatchObject({ distinctId: 'ada', isStale: true });
  expect(rowOfSeq(model, 2)).toMatchObject({ distinctId: 'ada', isStale: false });
  expect(clustersOf(model)).toEqual([{ ids: ['ada', '$device:D'], canonical: 'ada' }]);
  expect(wanted).toEqual({ state: false, profiles: true });
});

test('in Legacy nothing is retroactive', () => {
  const model = createModel();
  setState(model, { ...emptyState, system: 'legacy' }, NOW_MS);
  const event = storedEvent({ ingestDistinctId: 'A' });
  apply(model, { type: 'event', event }, { type: 'identity', ids: ['A', 'ada'], canonical: 'ada' });
  expect(currentIdOf(model, event)).toBe('A');
  expect(rowOfSeq(model, 1)?.distinctId).toBe('A');
});

test('a newer arrival marks the one it replaces (I-40)', () => {
  const model = createModel();
  apply(
    model,
    { type: 'event', event: storedEvent({ seq: 1 }) },
    { type: 'event', event: storedEvent({ seq: 2 }) },
    { type: 'superseded', seq: 1, by: 2 },
    { type: 'superseded', seq: 99, by: 2 },
  );
  expect(model.rows.map(({ duplicateOf }) => duplicateOf)).toEqual([2, null]);
});

test('a message that the state already holds is not counted twice', () => {
  const warning = { code: 'unknown-token', message: 'Event "A" …', seq: 1 };
  const messages: StreamMessage[] = [
    { type: 'event', event: storedEvent() },
    { type: 'warning', warning },
    { type: 'request', request },
    { type: 'request', request },
  ];
  const model = createModel();
  setState(
    model,
    { ...emptyState, events: [storedEvent()], warnings: [warning], requests: [request] },
    NOW_MS,
  );
  apply(model, ...unseenMessages(model, messages));
  expect([model.rows.length, model.warnings.length, model.requests.length]).toEqual([1, 1, 2]);
});

test('a warning that no longer holds leaves the list and its event', () => {
  const model = createModel();
  const awaited = { code: 'identify-without-event', message: 'Not yet.', seq: 1 };
  const other = { code: 'identity-event-ignored', message: 'Does nothing.', seq: 1 };
  apply(
    model,
    { type: 'warning', warning: awaited },
    { type: 'warning', warning: other },
    { type: 'settled', warning: awaited },
    { type: 'settled', warning: { ...awaited, seq: 9 } },
  );
  expect([model.warnings, model.warningsBySeq.get(1)]).toEqual([[other], [other]]);
});

test('a reset or a new connection asks for the state from the start', () => {
  const model = createModel();
  expect(apply(model, { type: 'reset', system: 'original' }).state).toBe(true);
  expect(apply(model, { type: 'hello', name: 'x', version: '1', system: 'legacy' }).state).toBe(
    true,
  );
  expect(apply(model, { type: 'request', request }).state).toBe(false);
});

test('a clock that was set is told apart from this machine’s', () => {
  const model = createModel();
  apply(model, { type: 'clock', now: NOW_MS / 1_000 + 60 });
  expect(model.clockLeadSeconds).toBe(60);
});

test('the page keeps the newest lines and no more than its share', () => {
  const model = createModel();
  model.rows = Array.from({ length: MAX_ROW_COUNT * 1.1 }, (_, index) =>
    keptRow(storedEvent({ seq: index + 1 })),
  );
  const seq = model.rows.length + 1;
  putRow(model, keptRow(storedEvent({ seq })));
  expect(model.rows).toHaveLength(MAX_ROW_COUNT);
  expect(model.rows.at(-1)?.seq).toBe(seq);
  expect(rowOfSeq(model, 1)).toBeUndefined();
});

test('a search finds every word in name, ids and properties, in any letter case', () => {
  const row = sampleRow({
    event: 'Order Placed',
    ingestDistinctId: '$device:D7',
    distinctId: 'ada',
    properties: { plan: 'Pro', nested: { city: 'Ulm' } },
  });
  const finds = (query: string) => rowMatcher({ ...NO_FILTER, query }, new Map())(row);
  for (const query of ['', 'order', 'PRO order', 'd7', 'ADA', 'ulm', '  placed  ']) {
    expect(finds(query), query).toBe(true);
  }
  for (const query of ['bob', 'order bob', 'orderplaced']) expect(finds(query), query).toBe(false);
});

test('a person is found by the id an event was sent under, and by the one it counts for', () => {
  const row = sampleRow({ ingestDistinctId: '$device:D', distinctId: 'ada' });
  const finds = (...ids: string[]) =>
    rowMatcher({ ...NO_FILTER, personIds: new Set(ids) }, new Map())(row);
  expect([finds('ada'), finds('$device:D'), finds('bob')]).toEqual([true, true, false]);
});

test('each kind holds what its name says', () => {
  const warnings = new Map([[4, [{ code: 'x', message: 'y', seq: 4 }]]]);
  const rows = [
    sampleRow({ seq: 1, duplicateOf: 2 }),
    sampleRow({ seq: 2, properties: { $identity_failure_reason: 'e' } }),
    sampleRow({ seq: 3, properties: { $failure_reason: 'e' } }),
    sampleRow({ seq: 4 }),
    sampleRow({ seq: 5, dropReason: 'too-old' }),
  ];
  const seqs = (kind: RowKind) =>
    rows.filter((row) => isOfKind(row, kind, warnings)).map(({ seq }) => seq);
  expect(seqs('all')).toEqual([1, 2, 3, 4, 5]);
  expect(seqs('duplicates')).toEqual([1]);
  expect(seqs('failures')).toEqual([2, 3]);
  expect(seqs('warnings')).toEqual([4]);
  expect(seqs('dropped')).toEqual([5]);
  expect(isFiltering(NO_FILTER)).toBe(false);
  expect(isFiltering({ ...NO_FILTER, query: ' a ' })).toBe(true);
});

test('problems are counted by code, and a warning that repeats a drop is not counted again', () => {
  const model = createModel();
  const drop = (seq: number, dropReason: string) => putRow(model, sampleRow({ seq, dropReason }));
  drop(1, 'too-old');
  drop(2, 'unknown-token');
  drop(3, 'too-old');
  addWarning(model, { code: 'too-old', message: 'old', seq: 1 });
  addWarning(model, { code: 'bare-uuid-distinct-id', message: 'first', seq: 4 });
  addWarning(model, { code: 'bare-uuid-distinct-id', message: 'second', seq: null });
  const drops = tallyDrops(model.rows);
  expect(drops.map(({ code, seqs }) => [code, seqs])).toEqual([
    ['too-old', [1, 3]],
    ['unknown-token', [2]],
  ]);
  expect(tallyWarnings(model.warnings, drops)).toEqual([
    { code: 'bare-uuid-distinct-id', count: 2, message: 'second', seqs: [4] },
  ]);
  expect(problemCount(model)).toBe(5);
});
