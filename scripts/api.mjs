// `npm run api`, after a build: renews what says what the package offers. The reports in `api/` hold the declarations of
// each entry, and package.json says where each entry is. Both are compared by test/package/api.spec.ts.
import { mkdir, readFile, writeFile } from 'node:fs/promises';

import { ENTRIES, packageFields, reportOf, specifierOf } from './entries.mjs';

/**
 * The report of an entry.
 *
 * @param {import('./entries.mjs').Entry} entry
 * @returns {Promise<string>} Its built declarations under a line that says what they are. Rejects before the first build.
 */
export async function readReport(entry) {
  const declarations = await readFile(`dist/${entry.file}.d.ts`, 'utf8');
  return `// What \`${specifierOf(entry)}\` offers. Renewed by \`npm run api\`.\n\n${declarations}`;
}

/** @returns {Promise<string>} package.json as it should be: the fields of the table in their place, all others as they are. */
export async function readManifest() {
  const manifest = JSON.parse(await readFile('package.json', 'utf8'));
  return `${JSON.stringify({ ...manifest, ...packageFields() }, null, 2)}\n`;
}

if (process.argv[1] === import.meta.filename) {
  await mkdir('api', { recursive: true });
  for (const entry of ENTRIES) await writeFile(reportOf(entry), await readReport(entry));
  await writeFile('package.json', await readManifest());
}
