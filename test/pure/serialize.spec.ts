import { expect, test } from 'playwright/test';

import type { ErrorCode } from '../../src/errors.js';
import { joinProperties, RESERVED_NAMES, serializeProperties } from '../../src/event/serialize.js';

/** What arrives of properties, and what was reported on the way: code and name. */
function serialize(properties: unknown) {
  const reports: (readonly [ErrorCode, unknown])[] = [];
  const report = (code: ErrorCode, detail?: unknown) => void reports.push([code, detail]);
  const json = joinProperties(serializeProperties(properties, report, RESERVED_NAMES));
  return { arrived: JSON.parse(json) as unknown, reports };
}

const cyclic: Record<string, unknown> = { name: 'cyclic' };
cyclic['self'] = cyclic;
const throwing = (): never => {
  throw new Error('hostile');
};

/** Values that JSON cannot hold: each costs its own property, and is reported. */
const UNSENDABLE: readonly (readonly [string, unknown])[] = [
  ['a cycle', cyclic],
  ['a BigInt', 10n],
  ['a BigInt inside', { deep: [10n] }],
  ['a getter that throws', Object.defineProperty({}, 'x', { enumerable: true, get: throwing })],
  ['a toJSON that throws', { toJSON: throwing }],
  ['a proxy whose traps throw', new Proxy({}, { get: throwing, ownKeys: throwing })],
  [
    'a map that holds itself',
    (() => {
      const map = new Map<string, unknown>();
      return map.set('map', map);
    })(),
  ],
];
for (const [name, value] of UNSENDABLE) {
  test(`${name} costs that property and no other`, () => {
    expect(serialize({ before: 1, bad: value, after: 2 })).toEqual({
      arrived: { before: 1, after: 2 },
      reports: [['unserializable-property', 'bad']],
    });
  });
}

test('a getter that throws among the properties themselves costs itself', () => {
  const properties = {
    before: 1,
    get bad() {
      return throwing();
    },
    after: 2,
  };
  expect(serialize(properties)).toEqual({
    arrived: { before: 1, after: 2 },
    reports: [['unserializable-property', 'bad']],
  });
});

test('properties that cannot be listed cost the properties, not the event', () => {
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  for (const properties of [new Proxy({}, { ownKeys: throwing }), revoked.proxy])
    expect(serialize(properties)).toEqual({
      arrived: {},
      reports: [['unserializable-property', '*']],
    });
});

test('what is no object has no properties', () => {
  for (const properties of [undefined, null, 'text', 7, true, 10n, Symbol('x'), () => 1])
    expect(serialize(properties)).toEqual({ arrived: {}, reports: [] });
});

/** Values with the form in which they arrive; `undefined` where the property is left out, as JSON does. */
const SENDABLE: readonly (readonly [string, unknown, unknown])[] = [
  ['text', 'x', 'x'],
  ['empty text', '', ''],
  ['emoji', '😀👩‍👩‍👧', '😀👩‍👩‍👧'],
  ['a lone surrogate', 'a\ud800b', 'a\ud800b'],
  ['line separators and quotes', '\u2028\u2029"\\\u0000', '\u2028\u2029"\\\u0000'],
  ['a number', 1.5, 1.5],
  ['no number', NaN, null],
  ['no end', Infinity, null],
  ['a truth', true, true],
  ['null', null, null],
  ['a date', new Date(Date.UTC(2026, 0, 2)), '2026-01-02T00:00:00.000Z'],
  ['no date', new Date(NaN), null],
  ['a list', [1, 'two', null], [1, 'two', null]],
  ['a list with holes and functions', [undefined, () => 1], [null, null]],
  ['an object', { a: { b: 1 } }, { a: { b: 1 } }],
  ['an object that looks like a list', { length: 3, 0: 'a' }, { length: 3, 0: 'a' }],
  ['a map', new Map([['a', 1]]), { a: 1 }],
  ['a set', new Set([1, 1, 2]), [1, 2]],
  ['a map in a set in a list', [new Set([new Map([['a', 1]])])], [[{ a: 1 }]]],
  ['an object with a toJSON of its own', { toJSON: () => 'mine' }, 'mine'],
  [
    'an object without a prototype',
    Object.assign(Object.create(null) as object, { a: 1 }),
    { a: 1 },
  ],
  ['typed numbers', new Uint8Array([1, 2]), { 0: 1, 1: 2 }],
  ['undefined', undefined, undefined],
  ['a function', () => 1, undefined],
  ['a symbol', Symbol('x'), undefined],
];
for (const [name, value, arrived] of SENDABLE) {
  test(`${name} arrives as ${JSON.stringify(arrived) ?? 'nothing'}`, () => {
    const expected = arrived === undefined ? {} : { value: arrived };
    expect(serialize({ value })).toEqual({ arrived: expected, reports: [] });
  });
}

test('names that mean something to JavaScript are ordinary names', () => {
  const text =
    '{"__proto__":{"polluted":true},"constructor":1,"hasOwnProperty":2,"toString":3,"":4}';
  const { arrived } = serialize(JSON.parse(text));
  expect(JSON.stringify(arrived)).toBe(text);
  expect(Reflect.get({}, 'polluted')).toBeUndefined();
});

test('only own properties are taken, and symbols are not', () => {
  const properties = Object.assign(Object.create({ inherited: 1 }) as object, {
    own: 2,
    [Symbol('s')]: 3,
  });
  expect(serialize(properties).arrived).toEqual({ own: 2 });
});

test('each property is read once, and nothing is changed', () => {
  let reads = 0;
  const nested = Object.freeze({ list: Object.freeze([1, 2]) });
  const properties = Object.freeze({
    get counted() {
      return ++reads;
    },
    nested,
  });
  expect(serialize(properties).arrived).toEqual({ counted: 1, nested: { list: [1, 2] } });
  expect(reads).toBe(1);
});

const RESERVED = [
  'token',
  '$token',
  'time',
  '$time',
  'distinct_id',
  '$distinct_id',
  'bucket',
  '$bucket',
  '$device_id',
  '$user_id',
  '$insert_id',
  '$event_name',
  '$identified_id',
  '$anon_id',
  '$anon_distinct_id',
  '$distinct_ids',
];
for (const name of RESERVED) {
  test(`"${name}" is the tracker's to set, and reported (G-4)`, () => {
    expect(serialize({ [name]: 'forged', mine: 1 })).toEqual({
      arrived: { mine: 1 },
      reports: [['reserved-property', name]],
    });
  });
}

test('names that only look reserved are the caller’s', () => {
  const mine = {
    Token: 1,
    timed: 2,
    user_id: 3,
    device_id: 4,
    $ignore: true,
    ip: '0',
    $email: 'x',
  };
  expect(serialize(mine)).toEqual({ arrived: mine, reports: [] });
});
