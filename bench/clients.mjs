import { bundle, readFromRoot } from './bundles.mjs';

/**
 * One of the clients that are compared.
 *
 * @typedef {object} BenchClient
 * @property {'waymark' | 'mixpanel-browser'} name
 * @property {string} version
 * @property {string} adapter The page script that drives it.
 * @property {string} script What the pages evaluate: a classic script with everything inside.
 * @property {Readonly<Record<'bundled' | 'scriptTag', string>>} builds What is weighed: the smallest build that a
 *   bundler makes of the package, and the script that a script tag loads.
 */

const versionOf = async (path) => JSON.parse(await readFromRoot(path)).version;

/** @returns {Promise<BenchClient>} */
async function ours() {
  const scriptTag = await readFromRoot('dist/waymark.min.js');
  const page = `import { createTracker } from './dist/index.js'; window.tracker = createTracker('T');`;
  return {
    name: 'waymark',
    version: await versionOf('package.json'),
    adapter: 'adapter-waymark.js',
    script: scriptTag,
    builds: { scriptTag, bundled: await bundle(page, 'es') },
  };
}

/**
 * The incumbent's smallest entry, which leaves the session recorder out.
 *
 * @returns {Promise<BenchClient>}
 */
async function theirs() {
  const entry = 'mixpanel-browser/src/loaders/loader-module-core.js';
  const page = `import mixpanel from '${entry}'; window.mixpanel = mixpanel;`;
  return {
    name: 'mixpanel-browser',
    version: await versionOf('node_modules/mixpanel-browser/package.json'),
    adapter: 'adapter-mixpanel.js',
    script: await bundle(page, 'iife'),
    builds: {
      scriptTag: await readFromRoot('node_modules/mixpanel-browser/dist/mixpanel.min.js'),
      bundled: await bundle(page, 'es'),
    },
  };
}

/**
 * The clients, ours first.
 *
 * @returns {Promise<readonly BenchClient[]>}
 */
export const loadClients = () => Promise.all([ours(), theirs()]);
