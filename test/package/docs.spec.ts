import { readFile } from 'node:fs/promises';

import { expect, test } from 'playwright/test';

const readme = await readFile('README.md', 'utf8');
const performance = await readFile('docs/performance.md', 'utf8');
const errors = await readFile('docs/errors.md', 'utf8');
const options = await readFile('docs/options.md', 'utf8');

interface Size {
  readonly minBytes: number;
  readonly gzipBytes: number;
  readonly brotliBytes: number;
}

/** The string literals of an exported union type of a source file, in order. */
async function literalsOf(file: string, type: string): Promise<string[]> {
  const source = await readFile(file, 'utf8');
  const [, body = ''] = new RegExp(`export type ${type} =([^;]*);`).exec(source) ?? [];
  return [...body.matchAll(/'([^']+)'/g)].map(([, literal = '']) => literal);
}

test('the docs give the sizes that the build measured', async () => {
  const sizes = JSON.parse(await readFile('dist/sizes.json', 'utf8')) as Record<string, Size>;
  const [, table = ''] = /<!-- sizes -->([^]*)<!-- \/sizes -->/.exec(performance) ?? [];
  const rows = [...table.matchAll(/^\|.*\d.*\|$/gm)].map(([row]) =>
    // Cells that are a number alone: a name may have digits too.
    [...row.matchAll(/\| +(\d+)(?= +\|)/g)].map(([, cell]) => Number(cell)),
  );
  const measured = Object.values(sizes);
  expect(rows).toHaveLength(measured.length);
  for (const [index, { minBytes, gzipBytes, brotliBytes }] of measured.entries()) {
    const written = rows[index] ?? [];
    for (const [column, bytes] of [minBytes, gzipBytes, brotliBytes].entries())
      // Compressors of other Node versions differ by some bytes.
      expect(Math.abs((written[column] ?? 0) - bytes)).toBeLessThanOrEqual(bytes * 0.005);
  }
  const [, kilobytes] = /<!-- size:client -->([\d.]+)<!-- \/size -->/.exec(readme) ?? [];
  expect(Number(kilobytes)).toBeCloseTo((sizes['client']?.brotliBytes ?? 0) / 1_000, 1);
});

for (const type of ['ConfigErrorCode', 'DropReason', 'Degradation']) {
  test(`docs/errors.md explains every ${type}`, async () => {
    const codes = await literalsOf('src/errors.ts', type);
    expect(codes.length).toBeGreaterThan(3);
    expect(codes.filter((code) => !errors.includes(`\`${code}\``))).toEqual([]);
  });
}

test('docs/options.md lists the options in the order of their type', async () => {
  const source = await readFile('src/options.ts', 'utf8');
  const [, body = ''] = /export interface TrackerOptions \{([^]*?)\n\}/.exec(source) ?? [];
  const declared = [...body.matchAll(/^ {2}(\w+)\?:/gm)].map(([, name]) => name);
  const listed = [...options.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name);
  expect(declared.length).toBeGreaterThan(10);
  expect(listed).toEqual(declared);
});

test('the changelog and the client name the version of the package', async () => {
  const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
  expect(await readFile('CHANGELOG.md', 'utf8')).toContain(`## ${version}\n`);
  expect(await readFile('src/event/page-properties.ts', 'utf8')).toContain(
    `VERSION = '${version}'`,
  );
});
