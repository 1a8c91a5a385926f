import { readFile } from 'node:fs/promises';
import { runInNewContext } from 'node:vm';

import { expect, test } from 'playwright/test';

import { COMMONJS_FOLDER, ENTRIES, specifierOf } from '../../scripts/entries.mjs';

/** What a world has beside the language itself. */
type Globals = Readonly<Record<string, PropertyDescriptor>>;

/** Runs a CommonJS file, and what it requires, in a world of its own. */
async function load(file: string, globals: Globals = {}): Promise<Record<string, unknown>> {
  const folder = new URL(`../../dist/${COMMONJS_FOLDER}/`, import.meta.url);
  const url = new URL(file, folder);
  const source = await readFile(url, 'utf8');
  const required: Record<string, unknown> = {};
  for (const [, path = ''] of source.matchAll(/require\('([^']+)'\)/g))
    required[path] = await load(new URL(path, url).href, globals);
  const module = { exports: {} as Record<string, unknown> };
  const { exports } = module;
  const world = { module, exports, require: (path: string) => required[path] };
  runInNewContext(source, Object.defineProperties(world, globals));
  return exports;
}

/** Answers for every one of the names with the same. */
const each = (names: string, described: (name: string) => PropertyDescriptor): Globals =>
  Object.fromEntries(names.split(' ').map((name) => [name, described(name)]));

const deny = (name: string) => () => {
  throw new Error(`${name} is denied.`);
};

/** A world that has all that a page has, and denies it: storage at the first look, as sandboxed frames do. */
const DENYING: Globals = {
  ...each('localStorage sessionStorage indexedDB caches', (name) => ({ get: deny(name) })),
  ...each(
    'window self document navigator location crypto fetch TextEncoder Blob setTimeout queueMicrotask addEventListener',
    (name) => ({ value: deny(name) }),
  ),
};

for (const entry of ENTRIES.filter(({ kind }) => kind === 'client')) {
  test(`importing ${specifierOf(entry)} throws nowhere: not where there is only the language, nor where all else is denied`, async () => {
    for (const globals of [{}, DENYING]) {
      const exports = await load(`${entry.file}.cjs`, globals);
      expect(Object.keys(exports).length).toBeGreaterThan(0);
    }
  });

  test(`${specifierOf(entry)} exports the same from its CommonJS build as from its ES module`, async () => {
    const built = new URL(`../../dist/${entry.file}.js`, import.meta.url);
    const esModule = (await import(built.href)) as object;
    expect(Object.keys(await load(`${entry.file}.cjs`)).toSorted()).toEqual(
      Object.keys(esModule).toSorted(),
    );
  });
}
