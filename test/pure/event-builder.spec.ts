import { expect, test } from 'playwright/test';

import type { ErrorCode } from '../../src/errors.js';
import {
  createEventBuilder,
  type BeforeSend,
  type DraftEvent,
} from '../../src/event/event-builder.js';
import { createRecordMaker } from '../../src/event/record.js';
import type { QueuedRecord } from '../../src/ports.js';

const IDENTITY = { distinct_id: 'u', $device_id: 'd', $user_id: 'u' };

interface Built {
  readonly event: string;
  readonly properties: Record<string, unknown>;
}

/** A builder with a clock that only moves when told, under page properties `{ layer: 'page', under: 1 }`. */
function builder(beforeSend?: BeforeSend) {
  const reports: { readonly code: ErrorCode; readonly dropCount: number | undefined }[] = [];
  const clock = { nowMs: 1_000 };
  let idCount = 0;
  const report = (code: ErrorCode, _detail?: unknown, dropCount?: number) =>
    void reports.push({ code, dropCount });
  const build = createEventBuilder({
    token: 'TOKEN',
    makeRecord: createRecordMaker(() => `id-${++idCount}`, report),
    nowMs: () => clock.nowMs,
    underlay: () =>
      Object.assign(Object.create(null) as Record<string, string>, { layer: '"page"', under: '1' }),
    ...(beforeSend && { beforeSend }),
    report,
  });
  return { build, clock, reports };
}

const read = (record: QueuedRecord | undefined): Built => {
  if (!record) throw new Error('Nothing was built.');
  return JSON.parse(record.payload) as Built;
};

const times = <Value>(count: number, value: Value): Value[] =>
  Array.from({ length: count }, () => value);

/** What the tracker sets itself; a first event at the builder's first time. */
const OWN = { token: 'TOKEN', time: 1_000, $insert_id: 'id-1', ...IDENTITY };

test('an event has its own properties over those of the page, then identity, token, time and insert id', () => {
  const { build, reports } = builder();
  const record = build('Bought', { layer: 'own', price: 2 }, IDENTITY);
  expect(read(record)).toEqual({
    event: 'Bought',
    properties: { layer: 'own', under: 1, price: 2, ...OWN },
  });
  expect(record).toMatchObject({ id: 'id-1', path: '/track/' });
  expect(record).not.toHaveProperty('once');
  expect(reports).toEqual([]);
});

test('nothing that the caller gives overrides what the tracker sets (G-4)', () => {
  const { build, reports } = builder();
  const forged = Object.fromEntries(Object.keys(OWN).map((name) => [name, 'forged']));
  expect(read(build('Bought', { ...forged, mine: 1 }, IDENTITY)).properties).toEqual({
    layer: 'page',
    under: 1,
    mine: 1,
    ...OWN,
  });
  expect(reports.map(({ code }) => code)).toEqual(Object.keys(OWN).map(() => 'reserved-property'));
});

test('a name that is none is dropped, and counted', () => {
  const { build, reports } = builder();
  for (const name of [undefined, null, '', '  ', 7, {}, ['Bought'], Symbol('Bought')])
    expect(build(name, {}, IDENTITY)).toBeUndefined();
  expect(reports).toEqual(times(8, { code: 'invalid-event-name', dropCount: 1 }));
});

test('the verbs of identity are not the caller’s to send', () => {
  const { build, reports } = builder();
  for (const name of ['$identify', '$create_alias', '$merge'])
    expect(build(name, { $identified_id: 'x' }, IDENTITY)).toBeUndefined();
  expect(reports).toEqual(times(3, { code: 'reserved-event-name', dropCount: 1 }));
});

test('odd names arrive as they are', () => {
  const { build } = builder();
  for (const name of ['😀', 'a"b\\', 'lone \ud800', '__proto__', 'x'.repeat(300), ' padded '])
    expect(read(build(name, {}, IDENTITY)).event).toBe(name);
});

test('an event of a megabyte is dropped, and one just below is not (T-10)', () => {
  const { build, reports } = builder();
  const fits = build('Big', { text: 'x'.repeat(999_000) }, IDENTITY);
  expect(read(fits).properties['text']).toHaveLength(999_000);
  expect(build('Big', { text: 'x'.repeat(1_000_000) }, IDENTITY)).toBeUndefined();
  expect(build('Big', { text: '€'.repeat(340_000) }, IDENTITY)).toBeUndefined();
  expect(build('Big', { text: 'x'.repeat(10_000_000) }, IDENTITY)).toBeUndefined();
  expect(reports).toEqual(times(3, { code: 'event-too-large', dropCount: 1 }));
});

test('time follows the clock, and stands still where the clock is set back a little', () => {
  const { build, clock } = builder();
  const timeAt = (nowMs: number) => {
    clock.nowMs = nowMs;
    return read(build('Tick', {}, IDENTITY)).properties['time'];
  };
  expect([1_000_000, 1_000_005, 1_000_001, 990_000].map(timeAt)).toEqual([
    1_000_000, 1_000_005, 1_000_005, 1_000_005,
  ]);
  expect(timeAt(1_000_006)).toBe(1_000_006);
  expect(timeAt(500_000)).toBe(500_000);
});

test.describe('beforeSend', () => {
  test('sees name and properties, and none of what the tracker sets', () => {
    const seen: DraftEvent[] = [];
    const { build } = builder((draft) => {
      seen.push(structuredClone(draft));
      return draft;
    });
    build('Bought', { price: 2, when: new Date(0), token: 'forged' }, IDENTITY);
    expect(seen).toEqual([
      {
        event: 'Bought',
        properties: { layer: 'page', under: 1, price: 2, when: '1970-01-01T00:00:00.000Z' },
      },
    ]);
  });

  test('changes an event, in place or with a new one, and never what the caller holds', () => {
    const properties = Object.freeze({ list: [1], secret: 'x' });
    const inPlace = builder((draft) => {
      delete draft.properties['secret'];
      (draft.properties['list'] as number[]).push(2);
      draft.event = 'Renamed';
      return draft;
    });
    const built = read(inPlace.build('Bought', properties, IDENTITY));
    expect(built.event).toBe('Renamed');
    expect(built.properties).toMatchObject({ list: [1, 2], ...OWN });
    expect(built.properties).not.toHaveProperty('secret');
    expect(properties).toEqual({ list: [1], secret: 'x' });

    const anew = builder(() => ({ event: 'Other', properties: { only: 1 } }));
    expect(read(anew.build('Bought', properties, IDENTITY))).toEqual({
      event: 'Other',
      properties: { only: 1, ...OWN },
    });
  });

  test('cannot set what the tracker sets, nor send a verb', () => {
    const forging = builder((draft) => {
      draft.properties['distinct_id'] = 'forged';
      draft.properties['$insert_id'] = 'forged';
      draft.properties['bucket'] = 'forged';
      return draft;
    });
    const built = read(forging.build('Bought', {}, IDENTITY));
    expect(built.properties).toEqual({ layer: 'page', under: 1, ...OWN });

    const verb = builder((draft) => ({ ...draft, event: '$identify' }));
    expect(verb.build('Bought', {}, IDENTITY)).toBeUndefined();
    expect(verb.reports).toEqual([{ code: 'before-send-failed', dropCount: 1 }]);
  });

  test('drops an event by returning null or nothing', () => {
    for (const hook of [() => null, () => undefined]) {
      const { build, reports } = builder(hook);
      expect(build('Bought', {}, IDENTITY)).toBeUndefined();
      expect(reports).toEqual([{ code: 'before-send-dropped', dropCount: 1 }]);
    }
  });

  const throwing = (): never => {
    throw new Error('hostile');
  };
  const FAILING: readonly (readonly [string, () => unknown])[] = [
    ['throws', throwing],
    [
      'throws nothing',
      () => {
        throw undefined;
      },
    ],
    ['returns text', () => 'rubbish'],
    ['returns true', () => true],
    ['returns a number', () => 7],
    ['returns a promise', () => Promise.resolve({ event: 'x', properties: {} })],
    ['returns an event without a name', () => ({ properties: {} })],
    ['returns an event with a blank name', () => ({ event: ' ', properties: {} })],
    ['returns an event whose properties are text', () => ({ event: 'x', properties: 'text' })],
    ['returns an event without properties', () => ({ event: 'x' })],
    [
      'returns an event whose getter throws',
      () => ({
        get event() {
          return throwing();
        },
      }),
    ],
    ['returns a proxy that throws', () => new Proxy({}, { get: throwing })],
  ];
  for (const [name, hook] of FAILING) {
    test(`that ${name} costs the event, is counted, and never throws`, () => {
      const { build, reports } = builder(hook as BeforeSend);
      expect(build('Bought', {}, IDENTITY)).toBeUndefined();
      expect(reports).toEqual([{ code: 'before-send-failed', dropCount: 1 }]);
    });

    test(`that ${name} cannot drop a link`, () => {
      const { build } = builder(hook as BeforeSend);
      const verb = { $identified_id: 'u', $anon_id: 'd' };
      const built = read(build('$identify', undefined, IDENTITY, verb));
      expect(built.event).toBe('$identify');
      expect(built.properties).toMatchObject({ ...verb, ...OWN });
    });
  }

  test('that returns properties which JSON cannot hold costs those properties', () => {
    const { build, reports } = builder(() => ({ event: 'x', properties: { bad: 1n, good: 1 } }));
    expect(read(build('Bought', {}, IDENTITY)).properties).toEqual({ good: 1, ...OWN });
    expect(reports.map(({ code }) => code)).toEqual(['unserializable-property']);
  });

  test('has nothing to take off the events of identity, which say nothing of the page', () => {
    const seen: string[] = [];
    const { build } = builder((draft) => {
      seen.push(draft.event);
      return draft;
    });
    const verb = { $identified_id: 'u', $anon_id: 'd' };
    const built = read(build('$identify', undefined, IDENTITY, verb));
    expect(built).toEqual({ event: '$identify', properties: { ...verb, ...OWN } });
    expect(seen).toEqual([]);
  });
});
