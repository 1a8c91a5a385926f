import type { BrowserContext, CDPSession, Page } from 'playwright/test';

import type { TrackerOptions } from '../../src/index.js';
import { setFrozen } from '../support/freeze.js';
import type { Lab, Tab } from '../support/lab.js';
import { CLIENT_PAGE } from './client-page.js';
import { boot } from './in-page.js';
import { createLedger, type Ledger } from './ledger.js';
import type { Visit } from './promised.js';
import type { Schedule } from './schedule.js';

/** A tab and the document of the client in it, which may be in the back-forward cache behind another page. */
export interface ModelTab {
  readonly tab: Tab;
  visit: Visit;
  /** Whether a page without the client was gone to from it. */
  isAway: boolean;
  /** Whether the browser has halted it. */
  isFrozen: boolean;
}

/** The browser of one schedule, beside the ledger of what must come of it. */
export interface World {
  readonly lab: Lab;
  readonly ledger: Ledger;
  readonly tabs: ModelTab[];
  /** Opens a tab with the client; `clockOffsetMs` is that of the machine where it is left out. */
  open(clockOffsetMs?: number): Promise<ModelTab>;
  /** The `index`th of the open tabs, with its client in front and running; one is opened where there is none. */
  at(index: number): Promise<ModelTab>;
  /** The document of the client that a tab has loaded anew. */
  begin(modelTab: ModelTab): Promise<void>;
  /** Does what loads pages: the browser reaches the site even where it is told that it is offline. */
  loading<Result>(work: () => Promise<Result>): Promise<Result>;
  urlOf(path: string): string;
  setOffline(isOffline: boolean): Promise<void>;
  setClock(offsetMs: number): Promise<void>;
  setFull(isFull: boolean): Promise<void>;
  killBrowser(): Promise<void>;
  killPage(modelTab: ModelTab): Promise<void>;
  close(modelTab: ModelTab): Promise<void>;
  freeze(modelTab: ModelTab): Promise<void>;
  /** Lets all pages run again. */
  thawAll(): Promise<void>;
}

/** How the world of one schedule differs from that of another. */
export interface WorldPlan {
  readonly system: Schedule['system'];
  readonly token: string;
  /** Origin of the pages. */
  readonly origin: string;
  /** Opens a tab in the browser of the schedule. */
  readonly openTab: (url: string) => Promise<Tab>;
}

/** Far more than IndexedDB can do with. */
const FULL_BYTES = 1;

/** Begins a world; the service is empty and well. */
export function createWorld(lab: Lab, { system, token, origin, openTab }: WorldPlan): World {
  const ledger = createLedger(system);
  const options: TrackerOptions = { apiHost: lab.net.url, idMerge: system, logLevel: 'silent' };
  const tabs: ModelTab[] = [];
  let offsetMs = 0;
  let isOffline = false;
  let isFull = false;
  let quota: { readonly session: CDPSession; readonly page: Page } | undefined;
  let context: BrowserContext | undefined;

  const urlOf = (path: string): string => new URL(path, origin).href;

  const tellOffline = async (isTold: boolean): Promise<void> => {
    await context?.setOffline(isTold);
  };

  const loading: World['loading'] = async (work) => {
    if (isOffline) await tellOffline(false);
    const result = await work();
    if (isOffline) await tellOffline(true);
    return result;
  };

  const begin = async (modelTab: ModelTab, clockOffsetMs = offsetMs): Promise<void> => {
    modelTab.visit.isAlive = false;
    const identity = await modelTab.tab.eval(boot, { token, options, offsetMs: clockOffsetMs });
    modelTab.visit = ledger.begin(identity);
    modelTab.isAway = false;
  };

  const open: World['open'] = async (clockOffsetMs) => {
    const tab = await loading(() => openTab(urlOf(CLIENT_PAGE)));
    context = tab.page?.context();
    const modelTab: ModelTab = { tab, visit: { isAlive: false }, isAway: false, isFrozen: false };
    tabs.push(modelTab);
    await putQuota();
    await begin(modelTab, clockOffsetMs);
    return modelTab;
  };

  /** The disk is full for as long as the session lasts that says so, and that ends with its page. */
  const putQuota = async (): Promise<void> => {
    const page = isFull ? tabs[0]?.tab.page : undefined;
    if (quota?.page === page) return;
    await quota?.session.detach().catch(() => undefined);
    const session = await page?.context().newCDPSession(page);
    quota = session && page && { session, page };
    await session?.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: FULL_BYTES });
  };

  const end = async (modelTab: ModelTab, close: () => Promise<void> | undefined): Promise<void> => {
    modelTab.visit.isAlive = false;
    tabs.splice(tabs.indexOf(modelTab), 1);
    await close();
    await putQuota();
  };

  const thaw = async (modelTab: ModelTab): Promise<void> => {
    // A page that is woken looks at the clock at once.
    await modelTab.tab.eval(putClock, offsetMs);
    await setFrozen(modelTab.tab, false);
    modelTab.isFrozen = false;
    await modelTab.tab.show();
  };

  const comeBack = async (modelTab: ModelTab): Promise<void> => {
    await loading(() => modelTab.tab.back());
    modelTab.isAway = false;
    const isRestored = await modelTab.tab.eval(() => 'tracker' in globalThis);
    if (isRestored) await modelTab.tab.eval(putClock, offsetMs);
    else await begin(modelTab);
  };

  return {
    lab,
    ledger,
    tabs,
    open,
    begin: (modelTab) => begin(modelTab),
    loading,
    urlOf,
    async at(index) {
      const modelTab = tabs[index % tabs.length] ?? (await open());
      if (modelTab.isAway) await comeBack(modelTab);
      if (modelTab.isFrozen) await thaw(modelTab);
      return modelTab;
    },
    async setOffline(next) {
      isOffline = next;
      await tellOffline(next);
      // Beacons sent while a page is leaving get through Playwright's own offline mode.
      await lab.net.set(next ? 'refuse' : 'pass');
    },
    async setClock(next) {
      offsetMs = next;
      ledger.setClock(next);
      for (const { tab, isAway, isFrozen } of tabs)
        if (!isAway && !isFrozen) await tab.eval(putClock, next);
    },
    async setFull(next) {
      isFull = next;
      ledger.setFull(next);
      await putQuota();
    },
    async killBrowser() {
      tabs.length = 0;
      isFull = false;
      quota = undefined;
      context = undefined;
      await lab.kill();
      ledger.kill();
      await lab.relaunch();
      await open();
    },
    async killPage(modelTab) {
      await lab.crash(modelTab.tab);
      await end(modelTab, () => modelTab.tab.page?.close());
    },
    close: (modelTab) => end(modelTab, () => modelTab.tab.close()),
    async freeze(modelTab) {
      modelTab.isFrozen = true;
      await modelTab.tab.hide();
      await setFrozen(modelTab.tab, true);
    },
    async thawAll() {
      for (const modelTab of tabs) if (modelTab.isFrozen) await thaw(modelTab);
    },
  };
}

/** For `tab.eval`. */
const putClock = (offsetMs: number): void => {
  globalThis.clockOffsetMs = offsetMs;
};
