import { existsSync, readFileSync } from 'node:fs';

import { ENGINES, findBrowser, namedBrowser } from './browsers.mjs';
import { CommandError, runCommand } from './run-command.mjs';

/** Something this machine lacks that could not be installed. The message says what to do. */
export class SetUpError extends Error {
  name = 'SetUpError';
}

const ROOT = new URL('../', import.meta.url);
const OLDEST_NODE = [20, 19];
const DEBIAN_PACKAGES = {
  chromium: ['chromium'],
  firefox: ['firefox-esr'],
  webkit: ['webkit2gtk-driver', 'xvfb', 'gir1.2-webkit2-4.1', 'python3-gi'],
};
// Playwright builds a WebKit of its own, but the tests drive WebKitGTK, which keeps a profile on disk.
const PLAYWRIGHT_BUILDS = ['chromium', 'firefox'];

/**
 * Makes `node_modules` hold what package-lock.json says; does nothing when it already does.
 *
 * @returns {Promise<void>} Rejects with a SetUpError when Node is too old or the packages cannot be fetched.
 */
export async function setUpModules() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
    throw new SetUpError(
      `Node ${process.versions.node} is too old: install Node ${OLDEST_NODE.join('.')} or later.`,
    );
  }
  if (hasLockedModules()) return;
  console.log('Installing the packages of package-lock.json.');
  try {
    await runCommand('npm', [
      'ci',
      '--no-audit',
      '--no-fund',
      '--fetch-retries=1',
      '--fetch-retry-mintimeout=1000',
    ]);
  } catch (cause) {
    throw new SetUpError(
      'The npm packages could not be installed: connect this machine to its npm registry, or mend what npm names above, and run "npm ci".',
      { cause },
    );
  }
}

/**
 * Finds the browsers of the tests and installs those that are missing: from Debian's packages as root on Debian, else
 * Playwright's own builds. Chromium is required everywhere; Firefox and WebKitGTK on Debian and in continuous
 * integration, and elsewhere a line says which is left out.
 *
 * @returns {Promise<void>} Rejects with a SetUpError when a required browser is missing after that.
 */
export async function setUpBrowsers() {
  for (const { variable, path } of ENGINES.map(namedBrowser)) {
    if (path && !existsSync(path)) {
      throw new SetUpError(`${variable} names ${path}, where nothing is: correct or unset it.`);
    }
  }
  const missing = await missingEngines();
  if (missing.length > 0) await installBrowsers(missing);
  const stillMissing = missing.length > 0 ? await missingEngines() : [];
  const required = stillMissing.filter((engine) => engine === 'chromium' || needsAllEngines());
  if (required.length > 0) throw new SetUpError(missingSentence(required));
  for (const engine of stillMissing) {
    console.log(`Left out: the tests in ${engine}, which is not installed here.`);
  }
}

async function missingEngines() {
  const found = await Promise.all(ENGINES.map((engine) => findBrowser(engine)));
  return ENGINES.filter((_, index) => found[index] === null);
}

async function installBrowsers(engines) {
  console.log(`Installing ${engines.join(', ')} for the tests.`);
  try {
    if (isDebian() && process.getuid?.() === 0) await installDebianPackages(engines);
    else await installPlaywrightBuilds(engines.filter((e) => PLAYWRIGHT_BUILDS.includes(e)));
  } catch (error) {
    // What is missing now is judged by looking again, and reported in one sentence.
    if (!(error instanceof CommandError)) throw error;
    console.log(error.message);
  }
}

async function installDebianPackages(engines) {
  const packages = engines.flatMap((engine) => DEBIAN_PACKAGES[engine]);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await runCommand('apt-get', ['-qq', 'update'], { env });
  await runCommand('apt-get', ['-qq', 'install', '-y', '--no-install-recommends', ...packages], {
    env,
  });
}

async function installPlaywrightBuilds(engines) {
  if (engines.length > 0) await runCommand('npx', ['playwright', 'install', ...engines]);
}

function missingSentence(engines) {
  const packages = engines.flatMap((engine) => DEBIAN_PACKAGES[engine]).join(' ');
  const builds = engines.filter((engine) => PLAYWRIGHT_BUILDS.includes(engine));
  const ways = [
    isDebian() &&
      `run "apt-get update && apt-get install -y --no-install-recommends ${packages}" as root`,
    !isDebian() && builds.length > 0 && `run "npx playwright install ${builds.join(' ')}"`,
    !isDebian() &&
      engines.includes('webkit') &&
      "install WebKitGTK's WebDriver, Xvfb and PyGObject",
  ].filter(Boolean);
  return `The tests need ${engines.join(', ')}, neither found nor installable here: with a network, ${ways.join(' and ')}.`;
}

/** Whether every package that the lock file requires is there in its version; packages for other systems may be absent. */
function hasLockedModules() {
  const installed = readLock('node_modules/.package-lock.json');
  if (installed === null) return false;
  return Object.entries(readLock('package-lock.json') ?? {}).every(
    ([path, { version, optional }]) =>
      path === '' || optional || installed[path]?.version === version,
  );
}

function readLock(path) {
  const url = new URL(path, ROOT);
  return existsSync(url) ? JSON.parse(readFileSync(url, 'utf8')).packages : null;
}

function needsAllEngines() {
  return isDebian() || Boolean(process.env.CI);
}

function isDebian() {
  const release = '/etc/os-release';
  return existsSync(release) && /^ID="?debian"?$/m.test(readFileSync(release, 'utf8'));
}
