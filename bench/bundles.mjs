import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import commonjs from '@rollup/plugin-commonjs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { rollup } from 'rollup';

const ENTRY = 'bench-entry';
const fromRoot = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/**
 * What a bundler makes of a page's code, dependencies included, minified as the client's own builds are.
 *
 * @param {string} code The page's module; bare imports are looked up in node_modules.
 * @param {'es' | 'iife'} format
 * @returns {Promise<string>}
 */
export async function bundle(code, format) {
  const entry = {
    name: ENTRY,
    resolveId: (id) => (id === ENTRY ? fromRoot(ENTRY) : null),
    load: (id) => (id === fromRoot(ENTRY) ? code : null),
  };
  const built = await rollup({
    input: ENTRY,
    plugins: [entry, nodeResolve({ browser: true }), commonjs()],
  });
  const minify = terser({ ecma: 2020, compress: { passes: 3 }, toplevel: true });
  const { output } = await built.generate({ format, plugins: [minify] });
  await built.close();
  return output[0].code;
}

/**
 * Reads a file of the repository, or of a package installed in it.
 *
 * @param {string} path Relative to the root of the repository.
 * @returns {Promise<string>}
 */
export const readFromRoot = (path) => readFile(fromRoot(path), 'utf8');
