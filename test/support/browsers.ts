import { hostname } from 'node:os';

import { chromium, firefox, type BrowserType, type LaunchOptions } from 'playwright/test';

import { findBrowser, type Engine } from '../../scripts/browsers.mjs';

/** An engine that Playwright drives; WebKitGTK is driven by webkit.ts. */
export type PlaywrightEngine = Exclude<Engine, 'webkit'>;

/** Host names that reach the site in Chromium; every other name is not found, so that nothing leaves the machine. */
const LOCAL_NAMES = ['127.0.0.1', 'localhost', '*.localhost', hostname()];

/** Public suffixes, of a registry and of a host of pages, whose every name is this machine in Chromium. */
const LOCAL_SUFFIXES = ['co.uk', 'herokuapp.com'];

/** The first rule that fits a name decides. */
const RESOLVER_RULES = [
  ...LOCAL_SUFFIXES.map((suffix) => `MAP *.${suffix} 127.0.0.1`),
  'MAP * ~NOTFOUND',
  ...LOCAL_NAMES.map((name) => `EXCLUDE ${name}`),
];

/** What Playwright switches off in Chromium and a tracking client has to live with. */
const RESTORED_DEFAULTS = [
  '--disable-back-forward-cache',
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
];

/**
 * Chromium reads the last list only, so this one repeats of Playwright's what matters here. Local network checks can
 * refuse every request to loopback after offline emulation.
 */
const DISABLED_FEATURES = [
  'LocalNetworkAccessChecks',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'MediaRouter',
  'DialMediaRouteProvider',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'Translate',
];

const CHROMIUM_OPTIONS: LaunchOptions = {
  ignoreDefaultArgs: RESTORED_DEFAULTS,
  args: [
    `--host-resolver-rules=${RESOLVER_RULES.join(' , ')}`,
    `--disable-features=${DISABLED_FEATURES.join(',')}`,
    // Without it `navigator.webdriver` is true, and a bot filter would drop everything.
    '--disable-blink-features=AutomationControlled',
  ],
};

/** Any name is this machine in Firefox, which otherwise looks up its settings service; and `persist()` does not ask. */
const FIREFOX_OPTIONS: LaunchOptions = {
  firefoxUserPrefs: {
    'network.dns.forceResolve': '127.0.0.1',
    'dom.storageManager.prompt.testing': true,
    'dom.storageManager.prompt.testing.allow': true,
  },
};

/**
 * How to launch an engine so that it behaves as on a person's desk and talks to loopback only.
 *
 * @throws Error when the browser is not installed.
 */
export async function launcherOf(
  engine: PlaywrightEngine,
): Promise<{ type: BrowserType; options: LaunchOptions }> {
  const found = await findBrowser(engine);
  if (found === null) throw new Error(`${engine} is not installed: run "npm test" once.`);
  const executablePath = found.path;
  if (engine === 'chromium') {
    return { type: chromium, options: { ...CHROMIUM_OPTIONS, executablePath } };
  }
  // Playwright's own build speaks its own protocol; an installed Firefox is driven over WebDriver BiDi.
  const channel = found.origin === 'installed' ? { channel: 'moz-firefox' } : {};
  return { type: firefox, options: { ...FIREFOX_OPTIONS, ...channel, executablePath } };
}
