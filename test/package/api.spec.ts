import { readdir, readFile } from 'node:fs/promises';
import { basename } from 'node:path';

import { expect, test } from 'playwright/test';

import { readManifest, readReport } from '../../scripts/api.mjs';
import { ENTRIES, reportOf, specifierOf } from '../../scripts/entries.mjs';

const ADVICE = 'Is the change meant? Then run "npm run api" and review the difference.';

for (const entry of ENTRIES) {
  test(`${specifierOf(entry)} offers what its report says`, async () => {
    expect(await readFile(reportOf(entry), 'utf8'), ADVICE).toBe(await readReport(entry));
  });

  test(`the declarations of ${specifierOf(entry)} import nothing, and need no types of Node`, async () => {
    const report = await readReport(entry);
    expect(report.match(/\b(?:from|import)\b ?\(?'[^']*'/g)).toBeNull();
    expect(report.match(/\b(?:Buffer|NodeJS)\b/g)).toBeNull();
  });
}

test('every report is that of an entry', async () => {
  const names = ENTRIES.map((entry) => basename(reportOf(entry)));
  expect((await readdir('api')).toSorted()).toEqual(names.toSorted());
});

test('package.json says where each entry is', async () => {
  expect(await readFile('package.json', 'utf8'), ADVICE).toBe(await readManifest());
});

test('a page that copies the script tag finds it under every name that the package gives it', async () => {
  const manifest = JSON.parse(await readFile('package.json', 'utf8')) as {
    unpkg: string;
    jsdelivr: string;
    exports: Record<string, unknown>;
  };
  const file = manifest.exports['./waymark.min.js'];
  expect([manifest.unpkg, manifest.jsdelivr]).toEqual([file, file]);
});
