import { setFrozen } from '../../support/freeze.js';
import { expect, type Tab } from '../../support/lab.js';
import { trackSteps } from '../../support/steps.js';
import { hangDatabase, type FaultRow } from '../scene.js';

const ONLY_CHROMIUM_FREEZES = {
  firefox: 'it does not freeze pages',
  webkit: 'its driver cannot freeze a page',
} as const;

/** A tab leaves events and what may not be said twice, `storedCount` of them in the database. */
const inherited = (name: string, storedCount: number, breakIt = () => {}): FaultRow => ({
  name,
  tracked: 30,
  // The beacon of the one that is closed may come late.
  ambiguousCount: 30,
  async stage({ lab, open, options, track }) {
    await lab.net.set('refuse');
    const tab = await open();
    await tab.eval(breakIt);
    await track(tab, 0);
    await tab.eval(() => {
      tracker.identify('user-1');
      tracker.people.increment('logins');
    });
    await track(tab, 30);
    await tab.until((count) => tracker.stats().stored === count, storedCount);
    // A tab that is slow to close may get its request out, and be gone before the answer.
    await lab.emulator.faults([{ path: '/engage', status: 503 }]);
    await tab.close();
    await lab.net.set('pass');
    const tabs = await Promise.all([open(), open(), open()]);
    await lab.emulator.faults([]);
    await Promise.all(tabs.map((each) => each.eval(trackSteps, { options, count: 0 })));
    // A staged update that may not be said twice is taken over ten seconds later.
    await lab.emulator.waitFor(
      ({ events, profiles }) => events.length >= 30 && 'user-1' in profiles,
      { timeoutMs: 20_000 },
    );
    return tabs;
  },
  check({ profiles }) {
    expect(profiles['user-1']).toMatchObject({ logins: 1 });
  },
});

/** Several tabs of one site share one queue. */
export const TAB_ROWS: readonly FaultRow[] = [
  {
    name: 'five tabs of 200 events, one closed midway',
    tracked: 1_000,
    // What the closing tab tracked goes by beacon as well; its last request, of 60 KiB, may hold what others tracked.
    ambiguousCount: 350,
    async stage({ open, track }) {
      const tabs: Tab[] = [];
      for (let index = 0; index < 5; index++) tabs.push(await open());
      for (let burst = 0; burst < 3; burst++) for (const tab of tabs) await track(tab, 50);
      const [closing, ...others] = tabs as [Tab, ...Tab[]];
      await track(closing, 50);
      await closing.close();
      for (const tab of others) await track(tab, 50);
      return others;
    },
  },
  {
    name: 'five tabs of 200 events, one frozen while it sends',
    tracked: 1_000,
    ambiguousCount: 200,
    cannot: ONLY_CHROMIUM_FREEZES,
    async stage({ lab, open, track }) {
      const tabs: Tab[] = [];
      for (let index = 0; index < 5; index++) tabs.push(await open());
      const [freezing, ...others] = tabs as [Tab, ...Tab[]];
      await lab.emulator.faults([{ path: '/track', delayMs: 10_000, times: 1 }]);
      await track(freezing, 200);
      // Behind the others it is hidden, and sends no more at once than may outlive it.
      await lab.emulator.waitForEvents(100);
      await freezing.hide();
      await setFrozen(freezing, true);
      expect(await freezing.eval(() => tracker.stats().delivered)).toBe(0);
      for (const tab of others) await track(tab, 200);
      await lab.emulator.waitForEvents(1_000, { timeoutMs: 15_000 });
      await setFrozen(freezing, false);
      return tabs;
    },
  },
  inherited('what a closed tab left is found by three tabs that open at once', 31),
  inherited(
    'what a closed tab could not store is found by three tabs that open at once',
    0,
    hangDatabase,
  ),
];
