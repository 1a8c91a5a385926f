import type { BrowserContext } from 'playwright/test';

import type { TabDriver } from './tab.js';

/** One person's browser: storage of its own, and any number of tabs. */
export interface Profile {
  openTab(): Promise<TabDriver>;
  close(): Promise<void>;
  /** SIGKILL for every process of the browser. Only a profile on disk has it. */
  readonly kill?: () => Promise<void>;
  /** `navigator.onLine`, its events, and every request. Not in WebKit. */
  readonly setOffline?: (isOffline: boolean) => Promise<void>;
  /** Playwright's context; there is none in WebKit. */
  readonly context?: BrowserContext;
}
