import { expect } from '../../support/lab.js';
import { NO_PAGE_KILL, type FaultRow } from '../scene.js';

const browserKilled = (afterMs: number): FaultRow => ({
  name: `no network, browser killed ${afterMs / 1_000} s after tracking`,
  tracked: 21,
  isPersistent: true,
  async stage({ lab, open, track, warm }) {
    await lab.net.set('refuse');
    const tab = await open();
    await warm(tab);
    await track(tab, 20);
    await untilPageTime(tab, afterMs);
    await lab.kill();
    await lab.relaunch();
  },
});

/** The process ends without a word. */
export const KILLED_ROWS: readonly FaultRow[] = [
  {
    name: 'no network, page killed as soon as the tracking task has ended',
    tracked: 21,
    cannot: NO_PAGE_KILL,
    async stage({ lab, open, track, warm }) {
      await lab.net.set('refuse');
      const tab = await open();
      await warm(tab);
      await track(tab, 20);
      await lab.crash(tab);
    },
  },
  {
    name: 'first visit ever, no network, page killed before the database was open',
    tracked: 20,
    cannot: NO_PAGE_KILL,
    async stage({ lab, open, track }) {
      await lab.net.set('refuse');
      const tab = await open();
      await track(tab, 20);
      await lab.crash(tab);
    },
  },
  {
    name: 'page killed while a request is in flight',
    tracked: 20,
    isAmbiguous: true,
    cannot: NO_PAGE_KILL,
    async stage({ lab, open, track }) {
      await lab.emulator.faults([{ path: '/track', delayMs: 60_000 }]);
      const tab = await open();
      await track(tab, 20);
      await lab.emulator.waitForEvents(20);
      await lab.crash(tab);
    },
  },
  {
    name: 'browser killed while a request is in flight',
    tracked: 20,
    isAmbiguous: true,
    isPersistent: true,
    async stage({ lab, open, track }) {
      await lab.emulator.faults([{ path: '/track', delayMs: 60_000 }]);
      const tab = await open();
      await track(tab, 20);
      await lab.emulator.waitForEvents(20);
      await lab.kill();
      await lab.relaunch();
    },
  },
  ...[100, 1_000, 4_000].map(browserKilled),
  {
    name: 'hidden, then killed (mobile app switch)',
    tracked: 21,
    isAmbiguous: true,
    isPersistent: true,
    async stage({ lab, open, track, warm }) {
      const tab = await open();
      await warm(tab);
      await track(tab, 20);
      await tab.hide();
      await lab.kill();
      await lab.relaunch();
    },
  },
  {
    name: 'tracked while hidden, then killed',
    tracked: 21,
    isAmbiguous: true,
    isPersistent: true,
    async stage({ lab, open, track, warm }) {
      const tab = await open();
      await warm(tab);
      await tab.hide();
      await track(tab, 20);
      await lab.emulator.waitForEvents(21);
      await lab.kill();
      await lab.relaunch();
    },
  },
];

/** When a fault strikes is part of the fault: the page's own clock tells. */
async function untilPageTime(
  tab: { eval: (fn: () => number) => Promise<number> },
  afterMs: number,
): Promise<void> {
  const started = await tab.eval(() => performance.now());
  await expect
    .poll(async () => (await tab.eval(() => performance.now())) - started, { intervals: [20] })
    .toBeGreaterThanOrEqual(afterMs);
}
