import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

import type { Browser, BrowserContext, CDPSession, Page } from 'playwright/test';

import { launcherOf, type PlaywrightEngine } from './browsers.js';
import type { Profile } from './profile.js';
import type { TabDriver } from './tab.js';

/** The parts of Playwright's inside that it has no public door to. */
interface Inside {
  readonly _connection: { toImpl(of: unknown): unknown };
}
interface PageInside {
  readonly delegate: {
    readonly _mainFrameSession: { readonly _client: Pick<CDPSession, 'send'> };
  };
}
interface ContextInside {
  readonly _browser: {
    readonly options: { readonly browserProcess: { readonly process: ChildProcess } };
  };
}

const insideOf = (of: BrowserContext | Page): unknown =>
  (of as unknown as Inside)._connection.toImpl(of);

/** A profile in a browser that other tests use as well; it is gone when closed. */
export async function openContext(engine: PlaywrightEngine, browser: Browser): Promise<Profile> {
  return profileOf(engine, await browser.newContext());
}

/** A profile on disk with a browser process of its own, which can be killed and started again. */
export async function openPersistentContext(
  engine: PlaywrightEngine,
  folder: string,
): Promise<Profile> {
  const { type, options } = await launcherOf(engine);
  const context = await type.launchPersistentContext(folder, options);
  const browser = (insideOf(context) as ContextInside)._browser.options.browserProcess.process;
  const { pid } = browser;
  if (pid === undefined) throw new Error('The browser has no process.');
  return {
    ...profileOf(engine, context),
    kill: async () => {
      const hasClosed = context.waitForEvent('close');
      // What the profile is locked by must be gone before a browser starts with it again.
      const hasEnded = once(browser, 'exit');
      // Playwright gives the browser a process group of its own; this ends all of it at once.
      process.kill(-pid, 'SIGKILL');
      await Promise.all([hasClosed, hasEnded]);
    },
  };
}

function profileOf(engine: PlaywrightEngine, context: BrowserContext): Profile {
  return {
    context,
    openTab: () => openTab(engine, context),
    setOffline: (isOffline) => context.setOffline(isOffline),
    close: () => context.close(),
  };
}

async function openTab(engine: PlaywrightEngine, context: BrowserContext): Promise<TabDriver> {
  const page = await context.newPage();
  if (engine === 'chromium') await unfreezeVisibility(page);
  return {
    page,
    goto: async (url) => {
      await page.goto(url);
    },
    reload: async () => {
      await page.reload();
    },
    eval: (fn, argument) =>
      page.evaluate(fn as (argument: unknown) => unknown, argument) as Promise<never>,
    close: async () => {
      // A plain close skips what a page gets to do when a person closes it.
      const hasClosed = page.waitForEvent('close');
      await page.close({ runBeforeUnload: true });
      await hasClosed;
    },
    cover: () => (engine === 'chromium' ? coverByTab(context, page) : coverByWindow(page)),
  };
}

/** Playwright keeps every Chromium page visible; only its own session can end that. */
async function unfreezeVisibility(page: Page): Promise<void> {
  const session = (insideOf(page) as PageInside).delegate._mainFrameSession._client;
  await session.send('Emulation.setFocusEmulationEnabled', { enabled: false });
}

async function coverByTab(context: BrowserContext, page: Page): Promise<() => Promise<void>> {
  const cover = await context.newPage();
  return async () => {
    await cover.close();
    await page.bringToFront();
  };
}

async function coverByWindow(page: Page): Promise<() => Promise<void>> {
  const [cover] = await Promise.all([
    page.waitForEvent('popup'),
    page.evaluate(() => {
      window.open('about:blank');
    }),
  ]);
  return () => cover.close();
}
