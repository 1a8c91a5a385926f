import { readdir, readFile } from 'node:fs/promises';

import { expect, test } from 'playwright/test';

const DIST = new URL('../../dist/', import.meta.url);

const licences = (): Promise<string> => readFile(new URL('LICENSES.txt', DIST), 'utf8');

/** Packages that a source map names, which says of each bundle what is in it. */
async function packagesIn(map: string): Promise<string[]> {
  const { sources } = JSON.parse(await readFile(new URL(map, DIST), 'utf8')) as {
    sources: string[];
  };
  return sources.flatMap((source) => {
    const [, name] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source) ?? [];
    return name === undefined ? [] : [name];
  });
}

test('every package of which dist has a part is there with its licence', async () => {
  const text = await licences();
  const maps = (await readdir(DIST, { recursive: true })).filter((name) =>
    name.endsWith('.js.map'),
  );
  const names = new Set((await Promise.all(maps.map(packagesIn))).flat());
  expect([...names].toSorted()).toEqual(
    expect.arrayContaining(['csv-parse', 'idb-keyval', 'uuid']),
  );
  // The emulator's window has no source map.
  for (const name of [...names, 'preact']) {
    const folder = new URL(`../../node_modules/${name}/`, import.meta.url);
    const file = (await readdir(folder)).find((each) => /^licen[cs]e/i.test(each)) ?? '';
    expect(text).toContain((await readFile(new URL(file, folder), 'utf8')).trim());
    expect(text).toMatch(new RegExp(`^${name} \\d+\\.\\d+`, 'm'));
  }
});

test('no other package is named', async () => {
  const named = [...(await licences()).matchAll(/^([\w@/-]+) \d+\.\d+\.\d+ \(/gm)];
  expect(named.map(([, name]) => name)).toEqual(['csv-parse', 'idb-keyval', 'preact', 'uuid']);
});
