// Part of the build: what is bundled goes along with its licence.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Where the licences of everything that is bundled in `dist` are. */
export const LICENCES_FILE = 'dist/LICENSES.txt';

/** The folder of the innermost package that a module belongs to. */
const PACKAGE_FOLDER = /^\0?(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)/;

/** A package that is bundled, as the file tells of it. */
const sections = new Map();

/**
 * A Rollup plugin: writes the licence of every package of which something is left in a bundle. The bundles of one build
 * add up in one file.
 */
export const licences = {
  name: 'licences',
  async generateBundle(_, bundle) {
    for (const folder of bundledFolders(bundle)) {
      if (!sections.has(folder)) sections.set(folder, await describe(folder));
    }
  },
  async writeBundle() {
    const texts = [...sections.values()].toSorted((a, b) => (a < b ? -1 : 1));
    await mkdir(dirname(LICENCES_FILE), { recursive: true });
    await writeFile(LICENCES_FILE, [INTRODUCTION, ...texts].join(`\n\n${'-'.repeat(80)}\n\n`));
  },
};

const INTRODUCTION =
  'The files in this folder contain parts of the following packages, each under its own licence.';

function bundledFolders(bundle) {
  const modules = Object.values(bundle).flatMap((chunk) =>
    Object.entries(chunk.modules ?? {}).filter(([, { renderedLength }]) => renderedLength > 0),
  );
  const folders = modules.map(([id]) => PACKAGE_FOLDER.exec(id)?.[1]);
  return new Set(folders.filter((folder) => folder !== undefined));
}

async function describe(folder) {
  const { name, version, license } = JSON.parse(
    await readFile(join(folder, 'package.json'), 'utf8'),
  );
  const file = (await readdir(folder)).find((each) => /^licen[cs]e/i.test(each));
  if (file === undefined) throw new Error(`${name} is bundled, and comes without its licence.`);
  const text = await readFile(join(folder, file), 'utf8');
  return `${name} ${version} (${license})\n\n${text.trim()}`;
}
