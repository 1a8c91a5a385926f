import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * Where one browser engine was found.
 *
 * @typedef {object} FoundBrowser
 * @property {string} path The program to run: the browser, or WebKitGTK's WebDriver.
 * @property {'installed' | 'playwright'} origin Whether it is the system's own or one of Playwright's builds.
 */

/** @typedef {'chromium' | 'firefox' | 'webkit'} Engine */

/** @type {readonly Engine[]} */
export const ENGINES = ['chromium', 'firefox', 'webkit'];

const PROGRAMS = {
  chromium: {
    variable: 'CHROMIUM_BIN',
    names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    paths: [
      '/usr/bin/chromium',
      '/usr/bin/google-chrome',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ],
  },
  firefox: {
    variable: 'FIREFOX_BIN',
    names: ['firefox-esr', 'firefox'],
    paths: ['/usr/bin/firefox-esr', '/Applications/Firefox.app/Contents/MacOS/firefox'],
  },
  webkit: {
    variable: 'WEBKIT_WEBDRIVER_BIN',
    names: ['WebKitWebDriver'],
    paths: ['/usr/bin/WebKitWebDriver'],
  },
};

/** The interpreter that Debian's GObject bindings are installed for; `python3` on the path may be another one. */
export const SYSTEM_PYTHON = '/usr/bin/python3';

/**
 * Looks for an engine: what its variable names (`CHROMIUM_BIN`, `FIREFOX_BIN`, `WEBKIT_WEBDRIVER_BIN`), then an
 * installed one, then Playwright's own build.
 *
 * @param {Engine} engine
 * @returns {Promise<FoundBrowser | null>} `null` when there is none that could be driven.
 */
export async function findBrowser(engine) {
  const installed = findInstalled(engine);
  if (engine === 'webkit') return installed && canShowWebKit() ? installed : null;
  return installed ?? (await findPlaywrightBuild(engine));
}

/**
 * What the environment says where an engine is, right or wrong.
 *
 * @param {Engine} engine
 * @returns {{ variable: string, path: string | undefined }}
 */
export function namedBrowser(engine) {
  const { variable } = PROGRAMS[engine];
  return { variable, path: process.env[variable] || undefined };
}

/** @param {Engine} engine @returns {FoundBrowser | null} */
function findInstalled(engine) {
  const { names, paths } = PROGRAMS[engine];
  const { path: named } = namedBrowser(engine);
  if (named) return existsSync(named) ? { path: named, origin: 'installed' } : null;
  const searched = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const candidates = [
    ...paths,
    ...names.flatMap((name) => searched.map((folder) => join(folder, name))),
  ];
  const path = candidates.find((candidate) => existsSync(candidate));
  return path ? { path, origin: 'installed' } : null;
}

/** @param {'chromium' | 'firefox'} engine @returns {Promise<FoundBrowser | null>} */
async function findPlaywrightBuild(engine) {
  try {
    const playwright = await import('playwright');
    const path = playwright[engine].executablePath();
    return existsSync(path) ? { path, origin: 'playwright' } : null;
  } catch {
    // Before the first install there is no Playwright, and so no build of its own either.
    return null;
  }
}

/** WebKitGTK needs a display to draw on and the bindings that test/support/wk-browser.py is written against. */
function canShowWebKit() {
  const hasDisplay = spawnSync('Xvfb', ['-help'], { stdio: 'ignore' }).error === undefined;
  const bindings =
    "import gi; gi.require_version('WebKit2', '4.1'); gi.require_version('Gtk', '3.0')";
  return hasDisplay && spawnSync(SYSTEM_PYTHON, ['-c', bindings], { stdio: 'ignore' }).status === 0;
}
