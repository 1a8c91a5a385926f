import { chromium } from 'playwright';

import { startEmulator } from '../dist/emulator/index.js';
import { findBrowser } from '../scripts/browsers.mjs';
import { startSite } from './site.mjs';

const TOKEN = 'bench';
/** How often a page is asked whether it is done; each question costs it some microseconds of main thread. */
const POLL_MS = 50;
const DELIVERY_LIMIT_MS = 300_000;

/** Nothing may leave the machine, and a client's bot filter must not drop what it is asked to track. */
const CHROMIUM_ARGS = [
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
  '--disable-features=LocalNetworkAccessChecks,OptimizationHints,Translate,MediaRouter',
  '--disable-blink-features=AutomationControlled',
];

/**
 * A page in a profile of its own, with a client's adapter and the workload in it.
 *
 * @typedef {object} BenchPage
 * @property {import('playwright').Page} page
 * @property {(rate: number) => Promise<void>} throttle Slows the processor down so many times.
 * @property {() => Promise<number>} mainThreadMs Processor time that the main thread has spent on tasks so far.
 * @property {(work: () => Promise<unknown>) => Promise<number>} evaluationMs What evaluating scripts of the client's
 *   address cost the main thread while the work went on.
 * @property {() => Promise<void>} start Loads the script, creates the client and waits until nothing happens any more.
 * @property {() => Promise<void>} quiet Waits until the main thread has next to nothing to do.
 * @property {() => Promise<void>} settled Waits until the client has nothing to deliver.
 * @property {(count: number) => Promise<void>} stored Waits until so many events are in storage.
 * @property {() => Promise<void>} close
 */

/**
 * Everything that a measurement needs: one Chromium, one emulator, a site for each client.
 *
 * @typedef {object} Lab
 * @property {import('../dist/emulator/index.js').Emulator} emulator
 * @property {string} browserVersion
 * @property {(client: import('./clients.mjs').BenchClient, scripts?: readonly string[]) => Promise<BenchPage>} open Empties
 *   the emulator and opens a page; `scripts` are files of bench/page/ to be run before any other.
 * @property {() => Promise<void>} close
 */

/**
 * Starts a lab.
 *
 * @param {readonly import('./clients.mjs').BenchClient[]} clients
 * @returns {Promise<Lab>}
 */
export async function startLab(clients) {
  const found = await findBrowser('chromium');
  if (!found) throw new Error('Chromium is not installed: run "npm test" once.');
  const emulator = await startEmulator();
  const sites = new Map();
  for (const client of clients) sites.set(client, await startSite(client, emulator.url));
  const browser = await chromium.launch({ executablePath: found.path, args: CHROMIUM_ARGS });
  return {
    emulator,
    browserVersion: browser.version(),
    async open(client, scripts = []) {
      await emulator.faults([]);
      await emulator.reset({ token: TOKEN });
      return openPage(browser, sites.get(client).url, scripts);
    },
    async close() {
      await browser.close();
      await Promise.all([...sites.values(), emulator].map((server) => server.close()));
    },
  };
}

/** @returns {Promise<BenchPage>} */
async function openPage(browser, url, scripts) {
  // A profile of its own has a process of its own, so that no compiled code is left from an earlier page.
  const context = await browser.newContext();
  const page = await context.newPage();
  for (const name of scripts) {
    await page.addInitScript({ path: new URL(`page/${name}`, import.meta.url).pathname });
  }
  const session = await context.newCDPSession(page);
  // Time on the processor, not on the clock: other programs on the machine do not count.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.goto(url);

  const mainThreadMs = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration').value * 1_000;
  };
  const poll = { polling: POLL_MS, timeout: DELIVERY_LIMIT_MS };
  return {
    page,
    mainThreadMs,
    throttle: (rate) => session.send('Emulation.setCPUThrottlingRate', { rate }),
    async evaluationMs(work) {
      await browser.startTracing(page, { categories: ['devtools.timeline'] });
      await work();
      const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
      return traceEvents
        .filter(({ name, args }) => name === 'EvaluateScript' && isClient(args?.data?.url))
        .reduce((sum, { dur }) => sum + dur / 1_000, 0);
    },
    async start() {
      await page.evaluate(() => window.workload.load());
      await page.evaluate(() => window.workload.create());
      await quiet(mainThreadMs);
    },
    quiet: () => quiet(mainThreadMs),
    async settled() {
      await page.waitForFunction(() => window.adapter.isSettled(), undefined, poll);
    },
    async stored(count) {
      await page.waitForFunction((n) => window.adapter.storedCount() >= n, count, poll);
    },
    close: () => context.close(),
  };
}

const isClient = (url = '') => url.includes('/client.js');

/** Asking costs a slowed-down page about a millisecond each time. */
const QUIET_MS_PER_LOOK = 3;
const QUIET_LOOKS = 3;
const LOOK_EVERY_MS = 100;
/** A page that is never quiet is measured as it is. */
const MAX_LOOKS = 100;

/** Waits until the main thread has had next to nothing to do for some looks in a row. */
async function quiet(mainThreadMs) {
  let before = await mainThreadMs();
  for (let look = 0, quietLooks = 0; look < MAX_LOOKS && quietLooks < QUIET_LOOKS; look++) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    const now = await mainThreadMs();
    quietLooks = now - before < QUIET_MS_PER_LOOK ? quietLooks + 1 : 0;
    before = now;
  }
}
