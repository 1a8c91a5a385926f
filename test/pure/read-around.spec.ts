import { expect, test } from 'playwright/test';

import { readAround } from '../../src/queue/read-around.js';

/** A list of which some cannot be read, nor can any that are read together with them. */
function fakeRows(rows: string, lost: string) {
  let left = [...rows];
  const read = (maxCount: number): Promise<string[]> => {
    const found = left.slice(0, maxCount);
    return found.some((row) => lost.includes(row))
      ? Promise.reject(new DOMException('missing file', 'NotReadableError'))
      : Promise.resolve(found);
  };
  const dropFirst = () => Promise.resolve(void left.shift());
  return {
    take: async (maxCount: number) => {
      const found = await readAround(read, maxCount, dropFirst);
      left = left.slice(found.length);
      return found.join('');
    },
    left: () => left.join(''),
  };
}

test('what can be read is read at once', async () => {
  expect(await fakeRows('abcdef', '').take(4)).toBe('abcd');
});

test('what stands before a lost value is read, the value is dropped alone, and the rest follows', async () => {
  const rows = fakeRows('abcXdeXf', 'X');
  let taken = '';
  for (let turn = 0; turn < 20 && rows.left(); turn++) taken += await rows.take(100);
  expect(taken).toBe('abcdef');
});

test('a value that is lost is all that is dropped', async () => {
  const rows = fakeRows('Xab', 'X');
  expect(await rows.take(1)).toBe('');
  expect(rows.left()).toBe('ab');
});

test('every other failure is passed on, and nothing dropped', async () => {
  const failing = () => Promise.reject(new DOMException('closing', 'InvalidStateError'));
  const dropFirst = () => Promise.reject(new Error('It was asked to drop.'));
  await expect(readAround(failing, 10, dropFirst)).rejects.toThrow('closing');
});
