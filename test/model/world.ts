import type { BrowserContext, CDPSession } from 'playwright/test';

import type { TrackerOptions } from '../../src/index.js';
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
}

/** The browser of one schedule, beside the ledger of what must come of it. */
export interface World {
  readonly lab: Lab;
  readonly ledger: Ledger;
  readonly tabs: ModelTab[];
  /** Opens a tab with the client; `clockOffsetMs` is that of the machine where it is left out. */
  open(clockOffsetMs?: number): Promise<ModelTab>;
  /** The `index`th of the open tabs, with its client in front; one is opened where there is none. */
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
  let quota: CDPSession | undefined;
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
    const modelTab: ModelTab = { tab, visit: { isAlive: false }, isAway: false };
    tabs.push(modelTab);
    await begin(modelTab, clockOffsetMs);
    return modelTab;
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
      for (const { tab, isAway } of tabs) if (!isAway) await tab.eval(putClock, next);
    },
    async setFull(isFull) {
      ledger.setFull(isFull);
      await quota?.detach().catch(() => undefined);
      const page = tabs[0]?.tab.page;
      quota = isFull && page ? await page.context().newCDPSession(page) : undefined;
      await quota?.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: FULL_BYTES });
    },
    async killBrowser() {
      tabs.length = 0;
      quota = undefined;
      context = undefined;
      await lab.kill();
      ledger.kill();
      await lab.relaunch();
      await open();
    },
    async killPage(modelTab) {
      await lab.crash(modelTab.tab);
      modelTab.visit.isAlive = false;
      tabs.splice(tabs.indexOf(modelTab), 1);
      await modelTab.tab.page?.close();
    },
  };
}

/** For `tab.eval`. */
const putClock = (offsetMs: number): void => {
  globalThis.clockOffsetMs = offsetMs;
};
