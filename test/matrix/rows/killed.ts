import { expect, type Tab } from '../../support/lab.js';
import { hangDatabase, NO_PAGE_KILL, type FaultRow, type Scene } from '../scene.js';

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
      // It is still opening when the page ends.
      await tab.eval(hangDatabase);
      await track(tab, 20);
      expect(await tab.eval(() => tracker.stats().stored)).toBe(0);
      await lab.crash(tab);
    },
  },
  {
    name: 'page killed while a request is in flight that never arrives',
    tracked: 20,
    // What was on its way may come through when the way is free.
    ambiguousCount: 20,
    cannot: NO_PAGE_KILL,
    async stage(scene) {
      const tab = await scene.open();
      await trackIntoTheVoid(scene, tab);
      await scene.lab.crash(tab);
    },
  },
  {
    name: 'browser killed while a request is in flight that never arrives',
    tracked: 21,
    ambiguousCount: 20,
    isPersistent: true,
    async stage(scene) {
      const tab = await scene.open();
      await scene.warm(tab);
      await tab.until(() => tracker.flush().then(({ kept }) => kept === 0));
      await trackIntoTheVoid(scene, tab);
      await scene.lab.kill();
      await scene.lab.relaunch();
    },
  },
  {
    name: 'page killed while a request is in flight',
    tracked: 20,
    ambiguousCount: 20,
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
    ambiguousCount: 20,
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
    ambiguousCount: 21,
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
    ambiguousCount: 21,
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

/** Tracks 20 steps, and waits until the request that carries them is under way, to a service that never gets it. */
async function trackIntoTheVoid({ lab, track }: Scene, tab: Tab): Promise<void> {
  // A connection that stands would be used again, and not be counted.
  await lab.net.set('reset');
  await lab.net.set('blackhole');
  const before = lab.net.connectionCount;
  await track(tab, 20);
  await expect.poll(() => lab.net.connectionCount).toBeGreaterThan(before);
}

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
