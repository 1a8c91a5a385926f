// `npm run api`, which builds first: renews what says what the package offers. The reports in `api/` hold the declarations
// of each entry, and package.json says where each entry is. test/package/api.spec.ts compares both.
import { spawnSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';

import { ENTRIES, packageFields, reportOf, specifierOf } from './entries.mjs';

/** A text as `npm run fix` would leave it, so that a union is a line for each of its members in a diff. */
function format(path, text) {
  const args = ['node_modules/oxfmt/bin/oxfmt', `--stdin-filepath=${path}`];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    input: text,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${path} could not be formatted: ${stderr}`);
  return stdout;
}

/**
 * The report of an entry.
 *
 * @param {import('./entries.mjs').Entry} entry
 * @returns {Promise<string>} Its built declarations under a line that says what they are. Rejects before the first build.
 */
export async function readReport(entry) {
  const declarations = await readFile(`dist/${entry.file}.d.ts`, 'utf8');
  const head = `// What \`${specifierOf(entry)}\` offers. Renewed by \`npm run api\`.\n\n`;
  return format(reportOf(entry), head + declarations);
}

/** @returns {Promise<string>} package.json as it should be: the fields of the table in their place, all others as they are. */
export async function readManifest() {
  const manifest = JSON.parse(await readFile('package.json', 'utf8'));
  return format('package.json', JSON.stringify({ ...manifest, ...packageFields() }));
}

if (process.argv[1] === import.meta.filename) {
  await mkdir('api', { recursive: true });
  for (const entry of ENTRIES) await writeFile(reportOf(entry), await readReport(entry));
  await writeFile('package.json', await readManifest());
}
