import { readFile } from 'node:fs/promises';
import { runInNewContext } from 'node:vm';

import { expect, test } from 'playwright/test';
import ts from 'typescript';

import type { createTracker } from '../../src/index.js';

/** The names of an object of the API: its methods, and its properties that are no methods. */
interface Names {
  readonly methods: readonly string[];
  readonly values: readonly string[];
}

const checker = (() => {
  const program = ts.createProgram(['dist/index.d.ts'], { types: [], lib: ['lib.es2022.d.ts'] });
  const types = program.getTypeChecker();
  const file = program.getSourceFile('dist/index.d.ts');
  const module = file && types.getSymbolAtLocation(file);
  if (!module) throw new Error('dist/index.d.ts is no module: build first.');
  return { types, exported: types.getExportsOfModule(module) };
})();

/** What the declarations give an interface. */
function declaredNames(name: string): Names {
  const { types, exported } = checker;
  const symbol = exported.find((candidate) => candidate.name === name);
  if (!symbol) throw new Error(`${name} is not exported.`);
  const members = types.getDeclaredTypeOfSymbol(symbol).getProperties();
  const isMethod = (member: ts.Symbol) =>
    types.getTypeOfSymbol(member).getCallSignatures().length > 0;
  const sorted = (symbols: ts.Symbol[]) => symbols.map((member) => member.name).toSorted();
  return {
    methods: sorted(members.filter(isMethod)),
    values: sorted(members.filter((member) => !isMethod(member))),
  };
}

/** What an object has by itself. */
function ownNames(target: object): Names {
  const entries = Object.entries(target);
  const sorted = (isMethod: boolean) =>
    entries
      .filter(([, value]) => (typeof value === 'function') === isMethod)
      .map(([name]) => name)
      .toSorted();
  return { methods: sorted(true), values: sorted(false) };
}

/** The built stub, as a page has it that begins with it. */
async function stubOf(): Promise<Record<string, object>> {
  const page: { waymark?: Record<string, object> } = {};
  runInNewContext(await readFile('dist/stub.min.js', 'utf8'), { window: page });
  return page.waymark ?? {};
}

async function trackerOf() {
  const built = new URL('../../dist/index.js', import.meta.url);
  const module = (await import(built.href)) as { createTracker: typeof createTracker };
  return module.createTracker('T');
}

const TRACKER = declaredNames('Tracker');
const PEOPLE = declaredNames('People');
const GROUP = declaredNames('Group');

test('a tracker has every member that its type declares, and no other', async () => {
  expect(TRACKER.methods).toContain('track');
  const tracker = await trackerOf();
  expect(ownNames(tracker)).toEqual(TRACKER);
  expect(ownNames(tracker.people)).toEqual(PEOPLE);
  expect(ownNames(tracker.group('company', 'acme'))).toEqual(GROUP);
});

test('the stub has every method of a tracker, and keeps its calls in a list beside them', async () => {
  const stub = await stubOf();
  expect(ownNames(stub)).toEqual({ methods: TRACKER.methods, values: ['people', 'q'] });
  expect(ownNames(stub['people'] ?? {})).toEqual(PEOPLE);
  const group = stub['group'] as (key: string, id: string) => object;
  expect(ownNames(group('company', 'acme'))).toEqual(GROUP);
});
