import { nodeResolve } from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';
import { fileURLToPath } from 'node:url';

import type { Site } from '../support/lab.js';

/** The page of the schedules. */
export const CLIENT_PAGE = '/model.html';

const CLIENT = fileURLToPath(new URL('../../dist/index.js', import.meta.url));

/** Lets the site serve the built client with its packages in one page: schedules load a great many. */
export async function serveClientPage(site: Site): Promise<void> {
  const bundle = await rollup({ input: CLIENT, plugins: [nodeResolve({ browser: true })] });
  const { output } = await bundle.generate({ format: 'iife', name: 'waymark' });
  await bundle.close();
  site.answer(CLIENT_PAGE, {
    body: `<!doctype html><html lang="en"><head><meta charset="utf-8" /><title>A page</title>
      <link rel="icon" href="data:," /><script>${output[0].code}
      globalThis.createTracker = waymark.createTracker;</script></head><body></body></html>`,
  });
}
