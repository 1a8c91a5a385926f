import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, test } from 'playwright/test';

const HOUSE = fileURLToPath(new URL('../../src/emulator/', import.meta.url));
const ARCHITECTURE = fileURLToPath(new URL('../../ARCHITECTURE.md', import.meta.url));

/** A folder is a room, and so is each file that lies beside the folders. */
const roomOf = (file: string): string => file.split('/')[0] ?? '';

const files = readdirSync(HOUSE, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.ts'),
);

/** Room to the rooms that it imports, types included: a linter that looks for circles passes over those. */
function readRooms(): ReadonlyMap<string, ReadonlySet<string>> {
  const rooms = new Map<string, Set<string>>();
  for (const file of files) {
    const imported = rooms.get(roomOf(file)) ?? new Set<string>();
    rooms.set(roomOf(file), imported);
    for (const [, specifier = ''] of readFileSync(join(HOUSE, file), 'utf8').matchAll(
      /from '(\.[^']+)'/g,
    )) {
      const target = roomOf(normalize(join(dirname(file), specifier.replace(/\.js$/, '.ts'))));
      if (target !== roomOf(file) && target !== '..') {
        imported.add(target);
      }
    }
  }
  return rooms;
}

/** Takes out, floor by floor, the rooms that import none of those left. What stays stands in a circle. */
function findCircle(rooms: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  let left = [...rooms.keys()];
  for (;;) {
    const above = left.filter((room) => left.some((other) => rooms.get(room)?.has(other)));
    if (above.length === left.length) {
      return left;
    }
    left = above;
  }
}

test('the rooms of the emulator import each other in one direction, types included', () => {
  expect(findCircle(readRooms())).toEqual([]);
});

test('a circle of rooms is found', () => {
  const rooms = new Map([
    ['low', new Set<string>()],
    ['first', new Set(['low', 'second'])],
    ['second', new Set(['first'])],
  ]);
  expect(findCircle(rooms)).toEqual(['first', 'second']);
});

test('ARCHITECTURE has a row for each room of the emulator', () => {
  const text = readFileSync(ARCHITECTURE, 'utf8');
  const folders = [...new Set(files.filter((file) => file.includes('/')).map(roomOf))];
  expect(folders.filter((folder) => !text.includes(`| \`${folder}/\``))).toEqual([]);
});
