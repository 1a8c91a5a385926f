import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import commonjs from '@rollup/plugin-commonjs';
import json from '@rollup/plugin-json';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import typescript from '@rollup/plugin-typescript';
import { dts } from 'rollup-plugin-dts';

import { COMMONJS_FOLDER, ENTRIES } from './scripts/entries.mjs';
import { licences } from './scripts/licences.mjs';

const minify = (compress = {}, format = {}) =>
  terser({ ecma: 2020, compress: { passes: 3, ...compress }, format });

/**
 * Asks V8 to compile every function while the script loads, beside the page, instead of each on the page's time when it
 * is first called: nearly all of them are called at the start.
 */
const COMPILE_HINT = '//# allFunctionsCalledOnLoad';

/** Compiles one TypeScript project. */
const compile = (tsconfig) =>
  typescript({ tsconfig, noEmit: false, noEmitOnError: true, outputToFilesystem: false });

/** The entries of one kind, as Rollup takes them: the file to build, and its source. */
const inputOf = (kind) =>
  Object.fromEntries(
    ENTRIES.filter((entry) => entry.kind === kind).map(({ file, source }) => [file, source]),
  );

/** For bundlers: the two runtime packages stay imports. */
const library = {
  input: inputOf('client'),
  external: ['uuid', 'idb-keyval'],
  plugins: [compile('tsconfig.json'), licences],
  output: {
    dir: 'dist',
    format: 'es',
    sourcemap: true,
    chunkFileNames: 'shared/[name]-[hash].js',
  },
};

/**
 * For what calls `require`, such as Jest: made of the ES modules, and with everything inside, because `uuid` is an ES
 * module alone.
 */
const commonJs = {
  input: Object.fromEntries(
    Object.keys(inputOf('client')).map((file) => [file, `dist/${file}.js`]),
  ),
  plugins: [nodeResolve({ browser: true }), licences],
  output: {
    dir: `dist/${COMMONJS_FOLDER}`,
    format: 'cjs',
    exports: 'named',
    entryFileNames: '[name].cjs',
    chunkFileNames: 'shared/[name]-[hash].cjs',
  },
};

/** The declarations of an entry, in one file that imports none of ours. */
const declarations = ({ source, file, kind }) => ({
  input: source,
  external: [/^node:/],
  plugins: [dts({ tsconfig: kind === 'node' ? 'src/emulator/tsconfig.json' : 'tsconfig.json' })],
  output: [
    { file: `dist/${file}.d.ts` },
    ...(kind === 'client' ? [{ file: `dist/${COMMONJS_FOLDER}/${file}.d.cts` }] : []),
  ],
});

/** For a script tag: everything inside. */
const scriptTag = {
  input: 'src/snippet.ts',
  plugins: [nodeResolve({ browser: true }), compile('tsconfig.json'), licences],
  output: {
    file: 'dist/waymark.min.js',
    format: 'iife',
    sourcemap: true,
    plugins: [minify({}, { preamble: COMPILE_HINT })],
  },
};

/** Ends a file without a line break, so that its hash is that of the text which a page inlines, however that is read. */
const noLastLineBreak = {
  name: 'no-last-line-break',
  generateBundle(_, bundle) {
    for (const chunk of Object.values(bundle)) chunk.code = chunk.code.trimEnd();
  },
};

/** What a page inlines before the script arrives. */
const stub = {
  input: 'src/stub.ts',
  plugins: [compile('tsconfig.json')],
  output: { file: 'dist/stub.min.js', format: 'iife', plugins: [minify(), noLastLineBreak] },
};

/** The receiving side, for Node; its libraries are bundled so that installing the client pulls in none of them. */
const emulator = {
  input: { ...inputOf('node'), 'emulator/cli': 'src/emulator/cli/cli.ts' },
  external: [/^node:/],
  plugins: [
    nodeResolve({ preferBuiltins: true, exportConditions: ['node'] }),
    commonjs(),
    json(),
    compile('src/emulator/tsconfig.json'),
    licences,
  ],
  output: {
    dir: 'dist',
    format: 'es',
    sourcemap: true,
    chunkFileNames: 'emulator/[name]-[hash].js',
  },
};

/** Emits the files of a folder that are served as they are: HTML, styles, pictures. */
const staticFiles = (folder) => ({
  name: 'static-files',
  async buildStart() {
    for (const name of await readdir(folder, { recursive: true })) {
      if (!/\.(?:html|css|svg)$/.test(name)) continue;
      const path = join(folder, name);
      this.addWatchFile(path);
      this.emitFile({ type: 'asset', fileName: name, source: await readFile(path) });
    }
  },
});

/** The emulator's page for people. */
const emulatorPage = {
  input: 'src/emulator-page/main.ts',
  plugins: [
    nodeResolve({ browser: true }),
    compile('src/emulator-page/tsconfig.json'),
    staticFiles('src/emulator-page'),
    licences,
  ],
  output: {
    file: 'dist/emulator/page/main.js',
    format: 'es',
    plugins: [minify({ passes: 5, unsafe_arrows: true, keep_fargs: false })],
  },
};

export default [
  library,
  commonJs,
  scriptTag,
  stub,
  emulator,
  emulatorPage,
  ...ENTRIES.map(declarations),
];
