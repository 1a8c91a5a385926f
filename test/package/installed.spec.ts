/** A sample of what `npm run test:package` tries with every tool. */
import { ENTRIES, specifierOf } from '../../scripts/entries.mjs';
import { expect, test, type Project } from './project.js';
import { JEST_PACKAGES, jestTest } from './runner-project.js';
import { writeTypeProject } from './type-project.js';

const clientEntries = ENTRIES.filter(({ kind }) => kind === 'client');

/** The names that each entry exports, as it is built in this repository. */
async function builtNames(entries: typeof ENTRIES): Promise<Record<string, string[]>> {
  const names: Record<string, string[]> = {};
  for (const entry of entries) {
    const built = new URL(`../../dist/${entry.file}.js`, import.meta.url);
    names[specifierOf(entry)] = Object.keys((await import(built.href)) as object).toSorted();
  }
  return names;
}

/** A script that prints what each entry exports, however `load` gets at it. */
const printNames = (entries: typeof ENTRIES, load: string): string => `
(async () => {
  const names = {};
  for (const specifier of ${JSON.stringify(entries.map(specifierOf))})
    names[specifier] = Object.keys(${load}).filter((name) => name !== '__esModule').sort();
  console.log(JSON.stringify(names));
})();`;

test('in an empty project every entry is there: imported, required, in TypeScript, and in Jest', async ({
  createProject,
}) => {
  test.setTimeout(180_000);
  const project = await createProject({
    packages: { ...JEST_PACKAGES, typescript: '5.9.3' },
    files: {
      'import.mjs': printNames(ENTRIES, 'await import(specifier)'),
      'require.cjs': printNames(clientEntries, 'require(specifier)'),
      'import.cjs': printNames(ENTRIES, 'await import(specifier)'),
      'page.test.js': jestTest('jsdom'),
    },
  });
  await test.step('an ES module imports every entry', async () => {
    expect(await project.print('import.mjs')).toEqual(await builtNames(ENTRIES));
  });
  await test.step('CommonJS requires every entry for pages, and imports the others', async () => {
    expect(await project.print('require.cjs')).toEqual(await builtNames(clientEntries));
    expect(await project.print('import.cjs')).toEqual(await builtNames(ENTRIES));
  });
  await test.step('files are there under the names that the docs give', () =>
    filesAreThere(project));
  await test.step('TypeScript finds the types of every entry', async () => {
    const tsconfig = await writeTypeProject(project, 'node16', 5);
    expect(await project.run('typescript/bin/tsc', '-p', tsconfig)).toEqual({
      code: 0,
      output: '',
    });
  });
  await test.step('a test in Jest with jsdom passes', async () => {
    const { code, output } = await project.run('jest/bin/jest.js');
    expect(output).toContain('1 passed');
    expect(code).toBe(0);
  });
});

async function filesAreThere(project: Project): Promise<void> {
  await project.write({
    'files.cjs': `
      const names = ['waymark.min.js', 'stub.min.js', 'integrity.json', 'package.json'];
      console.log(JSON.stringify(names.map((name) => require.resolve('waymark/' + name).split('node_modules/')[1])));`,
  });
  expect(await project.print('files.cjs')).toEqual([
    'waymark/dist/waymark.min.js',
    'waymark/dist/stub.min.js',
    'waymark/dist/integrity.json',
    'waymark/package.json',
  ]);
}
