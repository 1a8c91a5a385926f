import { expect, test } from 'playwright/test';

import { refuseId } from '../../src/identity/refuse-id.js';

/** The ids that I-10 lists, and the one more that ingestion is known to compare with. */
const PLACEHOLDERS = [
  '00000000-0000-0000-0000-000000000000',
  'anon',
  'anonymous',
  'nil',
  'none',
  'null',
  'n/a',
  'na',
  'undefined',
  'unknown',
  '<nil>',
  '0',
  '-1',
  'true',
  'false',
  '[]',
  '{}',
  'lmy47d',
];

const capitalised = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);
const alternating = (text: string) =>
  text.replace(/(.)(.)/g, (_, first: string, second: string) => first + second.toUpperCase());

for (const placeholder of PLACEHOLDERS) {
  test(`"${placeholder}" is nobody's id, in any letter case and with blanks around it (I-10)`, () => {
    for (const form of [
      placeholder,
      placeholder.toUpperCase(),
      capitalised(placeholder),
      alternating(placeholder),
      ` ${placeholder}\n`,
    ]) {
      expect(refuseId(form), form).toBe('id-placeholder');
    }
  });
}

const NOT_STRINGS: readonly (readonly [string, unknown])[] = [
  ['undefined', undefined],
  ['null', null],
  ['a number', 42],
  ['zero', 0],
  ['not a number', NaN],
  ['a boolean', true],
  ['a BigInt', 1n],
  ['a symbol', Symbol('id')],
  ['an object', {}],
  ['an object that reads as a string', { toString: () => 'user-1' }],
  ['a String object', Object('user-1')],
  ['a list', ['user-1']],
  ['a function', () => 'user-1'],
];

for (const [name, value] of NOT_STRINGS) {
  test(`${name} is refused because it is no string`, () => {
    expect(refuseId(value)).toBe('id-not-string');
  });
}

test('an id without a visible character is blank', () => {
  for (const blank of ['', ' ', '\t', '\n', '\u00a0', ' \r\n\t ', '\u2003', '\ufeff']) {
    expect(refuseId(blank), JSON.stringify(blank)).toBe('id-blank');
  }
});

test('an id of 255 bytes is taken and one of 256 is too long, in any script (ID-5)', () => {
  expect(refuseId('a'.repeat(255))).toBeUndefined();
  expect(refuseId('a'.repeat(256))).toBe('id-too-long');
  expect(refuseId('é'.repeat(127))).toBeUndefined();
  expect(refuseId('é'.repeat(128))).toBe('id-too-long');
  expect(refuseId('😀'.repeat(63))).toBeUndefined();
  expect(refuseId('😀'.repeat(64))).toBe('id-too-long');
  expect(refuseId('a'.repeat(300))).toBe('id-too-long');
});

test('an anonymous id of a device is nobody’s user id (ID-73)', () => {
  for (const id of ['$device:', '$device:x', '$device:$device:x', ' $device:x']) {
    expect(refuseId(id), id).toBe('id-device-prefix');
  }
});

test('ids of people are taken, odd as they may look', () => {
  for (const id of [
    'user-1',
    'u',
    '1',
    '00',
    '-10',
    'nobody@example.com',
    'nullable',
    'anonymous-coward',
    'true-blue',
    'device:x',
    'x$device:x',
    '00000000-0000-4000-8000-000000000000',
    'Ünïcødé 😀',
    '__proto__',
    'constructor',
    'two words',
  ]) {
    expect(refuseId(id), id).toBeUndefined();
  }
});
