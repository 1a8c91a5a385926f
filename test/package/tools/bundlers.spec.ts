import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { ENTRIES, specifierOf } from '../../../scripts/entries.mjs';
import { type Project, type ProjectParts, expect, test } from '../project.js';

const clientEntries = ENTRIES.filter(({ kind }) => kind === 'client').map(specifierOf);

/** A page that takes every entry, and a part of it, older than itself, which requires the client. */
const APP = {
  'app.js': `
    ${clientEntries.map((specifier, index) => `import * as entry${index} from '${specifier}';`).join('\n')}
    import { createTracker } from 'waymark';
    import older from './older.cjs';
    const tracker = createTracker('T', { apiHost: window.apiHost });
    tracker.track('Bundled', {
      isOneCopy: older.createTracker === createTracker,
      entries: [${clientEntries.map((_, index) => `Object.keys(entry${index}).length > 0`).join(', ')}],
    });`,
  'older.cjs': `module.exports = { createTracker: require('waymark').createTracker };`,
};

interface Bundler extends ProjectParts {
  readonly name: string;
  readonly packages: Readonly<Record<string, string>>;
  /** A module that builds `app.js` into the folder `out`. */
  readonly build: string;
}

const BUNDLERS: readonly Bundler[] = [
  {
    name: 'Vite',
    packages: { vite: '8.4.0' },
    files: { 'index.html': '<script type="module" src="/app.js"></script>' },
    build: `
      import { build } from 'vite';
      await build({ logLevel: 'error', build: { outDir: 'out', assetsDir: '.', modulePreload: false } });`,
  },
  {
    name: 'webpack',
    packages: { webpack: '5.113.0' },
    build: `
      import webpack from 'webpack';
      const config = { mode: 'production', entry: './app.js', output: { path: import.meta.dirname + '/out' } };
      webpack(config, (error, stats) => {
        if (error ?? stats.hasErrors()) { console.error(error ?? stats.toString()); process.exitCode = 1; }
      });`,
  },
  {
    name: 'Rollup',
    packages: {
      rollup: '4.68.8',
      '@rollup/plugin-commonjs': '29.0.3',
      '@rollup/plugin-node-resolve': '16.0.3',
    },
    build: `
      import commonjs from '@rollup/plugin-commonjs';
      import { nodeResolve } from '@rollup/plugin-node-resolve';
      import { rollup } from 'rollup';
      const bundle = await rollup({ input: 'app.js', plugins: [nodeResolve({ browser: true }), commonjs()] });
      await bundle.write({ dir: 'out', format: 'es' });`,
  },
  {
    name: 'esbuild',
    packages: { esbuild: '0.28.2' },
    build: `
      import { build } from 'esbuild';
      await build({ entryPoints: ['app.js'], bundle: true, minify: true, format: 'esm', outdir: 'out', logLevel: 'error' });`,
  },
];

/** The code of the built page, in one piece. */
async function readBundle(project: Project): Promise<string> {
  const folder = join(project.folder, 'out');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.js'));
  expect(names, 'one file is built').toHaveLength(1);
  return readFile(join(folder, names[0] ?? ''), 'utf8');
}

/** A text of the client that every copy of it holds once. */
const MARK = '$lib_version';

for (const { name, packages, files, build } of BUNDLERS) {
  test(`a page that ${name} bundles has one copy of the client, and its event arrives`, async ({
    createProject,
    lab,
  }) => {
    test.setTimeout(300_000);
    const project = await createProject({
      packages,
      manifest: { type: 'module' },
      files: { ...APP, ...files, 'build.mjs': build },
    });
    const { code, output } = await project.runOwn('build.mjs');
    expect(output).toBe('');
    expect(code).toBe(0);
    const bundle = await readBundle(project);
    expect(bundle.split(MARK).length - 1).toBe(1);

    lab.site.answer('/bundle.js', { headers: { 'content-type': 'text/javascript' }, body: bundle });
    lab.site.answer('/bundled', {
      body: `<!doctype html><link rel="icon" href="data:," />
        <script>apiHost = ${JSON.stringify(lab.net.url)}</script>
        <script type="module" src="/bundle.js"></script>`,
    });
    await lab.tab('/bundled');
    const [event] = await lab.emulator.waitForEvents(1);
    expect(event?.event).toBe('Bundled');
    expect(event?.properties['isOneCopy']).toBe(true);
    expect(event?.properties['entries']).toEqual(clientEntries.map(() => true));
  });
}

/** A block of code of a page of the docs, by a line that it holds. */
async function snippetWith(page: string, line: string): Promise<string> {
  const text = await readFile(page, 'utf8');
  const blocks = [...text.matchAll(/```\w+\n([^]*?)```/g)].map(([, code = '']) => code);
  const snippet = blocks.find((code) => code.includes(line));
  if (snippet === undefined) throw new Error(`${page} has no code with "${line}".`);
  return snippet;
}

test('the settings for Vite in docs/script-tag.md inline the stub of the installed package, and its check finds an old one', async ({
  createProject,
}) => {
  test.setTimeout(300_000);
  const page = 'docs/script-tag.md';
  const check = await snippetWith(page, 'grep -qF');
  const project = await createProject({
    packages: { vite: '8.4.0' },
    manifest: { type: 'module' },
    files: {
      'index.html': '<!doctype html><html><head><title>T</title></head><body></body></html>',
      'vite.config.js': await snippetWith(page, 'transformIndexHtml'),
      'build.mjs': `import { build } from 'vite'; await build({ logLevel: 'error', build: { outDir: 'public' } });`,
    },
  });
  expect(await project.runOwn('build.mjs')).toEqual({ code: 0, output: '' });
  const stub = await readFile('dist/stub.min.js', 'utf8');
  const built = await readFile(join(project.folder, 'public/index.html'), 'utf8');
  expect(built).toContain(`<script>${stub}</script>`);

  expect(await project.shell(check)).toEqual({ code: 0, output: '' });
  await project.write({ 'public/index.html': built.replace(stub, '/* older */') });
  expect(await project.shell(check)).toEqual({
    code: 1,
    output: 'public/index.html has an old stub.\n',
  });
});
