import { fileURLToPath } from 'node:url';

import commonjs from '@rollup/plugin-commonjs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';

const bundled = new Map<string, Promise<string>>();

/**
 * A file below `test/support/` with all that it imports, as a classic script. Each is made once.
 *
 * @param path Relative to `test/support/`.
 */
export function bundlePageScript(path: string): Promise<string> {
  const made = bundled.get(path) ?? bundle(fileURLToPath(new URL(path, import.meta.url)));
  bundled.set(path, made);
  return made;
}

async function bundle(input: string): Promise<string> {
  const { generate, close } = await rollup({
    input,
    plugins: [nodeResolve({ browser: true }), commonjs()],
    // What packages do is not ours to mend.
    onwarn: () => undefined,
  });
  const { output } = await generate({ format: 'iife', name: 'page' });
  await close();
  return output[0].code;
}
