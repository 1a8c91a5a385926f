import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, test as base, type Browser, type BrowserContext } from 'playwright/test';

import type { Engine } from '../../scripts/browsers.mjs';
import type * as emulatorModule from '../../src/emulator/index.js';
import { launcherOf } from './browsers.js';
import { startNet, type Net } from './net.js';
import { openContext, openPersistentContext } from './playwright-browser.js';
import type { Profile } from './profile.js';
import { startSite, type Site } from './site.js';
import { createTab, type Tab } from './tab.js';
import { openWebKit, startDisplay, type Display } from './webkit.js';

export { expect };
export type { Net, Site, Tab };

/** What a spec chooses with `test.use`. */
export interface LabOptions {
  /** Set by the project. */
  engine: Engine;
  /** The profile is kept on disk, in a browser of its own: needed for `kill` and `relaunch`. WebKit always has one. */
  persistent: boolean;
}

/** Another person's browser, beside the first: nothing is shared but the site and the emulator. */
export interface Neighbor {
  tab(path?: string): Promise<Tab>;
  close(): Promise<void>;
}

/** What a test has: a browser, pages, the emulator, and the network between them. */
export interface Lab {
  readonly engine: Engine;
  /** The built emulator. It stays up whatever happens to the network. */
  readonly emulator: Emulator;
  /** The network between browser and emulator; `lab.net.url` is the client's `apiHost`. */
  readonly net: Net;
  /** The server of the pages. */
  readonly site: Site;
  /** Playwright's browser context; there is none in WebKit. */
  readonly context: BrowserContext | undefined;
  /**
   * Opens a tab in the test's profile.
   *
   * @param path A path of the site or a URL.
   * @default '/blank.html'
   */
  tab(path?: string): Promise<Tab>;
  /** Opens a second browser profile. */
  second(): Promise<Neighbor>;
  /** Where the browser keeps the test's profile, if it is persistent. */
  readonly folder: string;
  /** SIGKILL for the whole browser. */
  kill(): Promise<void>;
  /** Starts the killed browser again with the same profile; its tabs are gone. */
  relaunch(): Promise<void>;
  /** Kills the process of one tab's page. Chromium only: the others lose the whole browser by it. */
  crash(tab: Tab): Promise<void>;
  /**
   * Takes the emulator off the network; in Chromium and Firefox also everything else, with `navigator.onLine` and its
   * events. In WebKit, which cannot be told, the page goes on thinking that it is online.
   */
  offline(isOffline: boolean): Promise<void>;
}

/** The handle of the emulator under test. */
export type Emulator = Awaited<ReturnType<(typeof emulatorModule)['startEmulator']>>;

/** What the tests of one worker share: a running browser, or the screen that WebKit draws on. */
interface Host {
  browser(): Promise<Browser>;
  display(): Promise<Display>;
}

/** Playwright's `test` with a `lab`. */
export const test = base.extend<{ persistent: boolean; lab: Lab }, { engine: Engine; host: Host }>({
  engine: ['chromium', { option: true, scope: 'worker' }],
  persistent: [false, { option: true }],

  host: [
    async ({ engine }, use) => {
      let browser: Promise<Browser> | undefined;
      let display: Promise<Display> | undefined;
      await use({
        browser: () => (browser ??= launch(engine)),
        display: () => (display ??= startDisplay()),
      });
      await (await browser)?.close();
      (await display)?.close();
    },
    { scope: 'worker' },
  ],

  lab: async ({ engine, persistent, host }, use) => {
    const { startEmulator } = await loadEmulator();
    const emulator = await startEmulator();
    const net = await startNet(emulator.port);
    const site = await startSite(net.port);
    const folders: string[] = [];

    const open = async (isPersistent: boolean, folder?: string): Promise<Profile> => {
      if (engine === 'webkit')
        return openWebKit(await host.display(), folder ?? (await newFolder()));
      if (isPersistent) return openPersistentContext(engine, folder ?? (await newFolder()));
      return openContext(engine, await host.browser());
    };
    const newFolder = async () => {
      const folder = await mkdtemp(join(tmpdir(), 'waymark-profile-'));
      folders.push(folder);
      return folder;
    };

    const ownFolder = await newFolder();
    const opened: Profile[] = [];
    let own = await open(persistent, ownFolder);
    opened.push(own);

    const tabOf = async (profile: Profile, path = '/blank.html') => {
      const tab = createTab(await profile.openTab(), site.url);
      await tab.goto(path);
      return tab;
    };

    await use({
      engine,
      emulator,
      net,
      site,
      folder: ownFolder,
      get context() {
        return own.context;
      },
      tab: (path) => tabOf(own, path),
      second: async () => {
        const profile = await open(false);
        opened.push(profile);
        return { tab: (path) => tabOf(profile, path), close: () => profile.close() };
      },
      kill: async () => {
        if (!own.kill) throw new Error('Say test.use({ persistent: true }) to kill the browser.');
        await own.kill();
      },
      relaunch: async () => {
        own = await open(persistent, ownFolder);
        opened.push(own);
      },
      crash,
      offline: async (isOffline) => {
        // A page that is told that it is online tries at once.
        if (!isOffline) await net.set('pass');
        await own.setOffline?.(isOffline);
        // Beacons sent while a page is leaving get through Playwright's own offline mode.
        if (isOffline) await net.set('refuse');
      },
    });

    // A profile that a test closed or killed needs no second end.
    await Promise.allSettled(opened.map((profile) => profile.close()));
    await Promise.all([site.close(), net.close(), emulator.close()]);
    await Promise.all(
      folders.map((folder) => rm(folder, { recursive: true, force: true, maxRetries: 5 })),
    );
  },
});

async function launch(engine: Engine): Promise<Browser> {
  if (engine === 'webkit') throw new Error('WebKit is started for each profile.');
  const { type, options } = await launcherOf(engine);
  return type.launch(options);
}

async function crash(tab: Tab): Promise<void> {
  if (!tab.page || tab.page.context().browser()?.browserType().name() !== 'chromium') {
    throw new Error('Only Chromium survives the crash of one tab.');
  }
  const session = await tab.page.context().newCDPSession(tab.page);
  const hasCrashed = tab.page.waitForEvent('crash');
  // The command is never answered by a page that is gone.
  session.send('Page.crash').catch(() => undefined);
  await hasCrashed;
}

/** The built one, typed from its source so that types can be checked before anything is built. */
async function loadEmulator(): Promise<typeof emulatorModule> {
  const built = new URL('../../dist/emulator/index.js', import.meta.url);
  return (await import(built.href)) as typeof emulatorModule;
}
