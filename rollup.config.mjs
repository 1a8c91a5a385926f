import { fileURLToPath } from 'node:url';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import commonjs from '@rollup/plugin-commonjs';
import json from '@rollup/plugin-json';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import typescript from '@rollup/plugin-typescript';

// Absolute, because the plugin reads it as relative to the folder of each tsconfig.
const sourceRoot = fileURLToPath(new URL('src', import.meta.url));

const minify = (compress = {}, format = {}) =>
  terser({ ecma: 2020, compress: { passes: 3, ...compress }, format });

/**
 * Asks V8 to compile every function while the script loads, beside the page, instead of each on the page's time when it
 * is first called: nearly all of them are called at the start.
 */
const COMPILE_HINT = '//# allFunctionsCalledOnLoad';

/** Compiles one TypeScript project, and writes its declarations where `declarationDir` says. */
const compile = (tsconfig, declarationDir) =>
  typescript({
    tsconfig,
    noEmit: false,
    noEmitOnError: true,
    outputToFilesystem: false,
    ...(declarationDir && { declaration: true, declarationDir, rootDir: sourceRoot }),
  });

/** For bundlers: the two runtime packages stay imports. */
const library = {
  input: 'src/index.ts',
  external: ['uuid', 'idb-keyval'],
  plugins: [compile('tsconfig.json', 'dist')],
  output: { dir: 'dist', format: 'es', sourcemap: true },
};

/** For a script tag: everything inside. */
const scriptTag = {
  input: 'src/snippet.ts',
  plugins: [nodeResolve({ browser: true }), compile('tsconfig.json')],
  output: {
    file: 'dist/waymark.min.js',
    format: 'iife',
    sourcemap: true,
    plugins: [minify({}, { preamble: COMPILE_HINT })],
  },
};

/** What a page inlines before the script arrives. */
const stub = {
  input: 'src/stub.ts',
  plugins: [compile('tsconfig.json')],
  output: { file: 'dist/stub.min.js', format: 'iife', plugins: [minify()] },
};

/** The receiving side, for Node; its libraries are bundled so that installing the client pulls in none of them. */
const emulator = {
  input: { 'emulator/index': 'src/emulator/index.ts', 'emulator/cli': 'src/emulator/cli/cli.ts' },
  external: [/^node:/],
  plugins: [
    nodeResolve({ preferBuiltins: true, exportConditions: ['node'] }),
    commonjs(),
    json(),
    compile('src/emulator/tsconfig.json', 'dist'),
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
  ],
  output: {
    file: 'dist/emulator/page/main.js',
    format: 'es',
    plugins: [minify({ passes: 5, unsafe_arrows: true, keep_fargs: false })],
  },
};

export default [library, scriptTag, stub, emulator, emulatorPage];
