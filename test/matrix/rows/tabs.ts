import { expect, type Lab, type Tab } from '../../support/lab.js';
import { trackSteps } from '../../support/steps.js';
import type { FaultRow } from '../scene.js';

const ONLY_CHROMIUM_FREEZES = {
  firefox: 'it does not freeze pages',
  webkit: 'its driver cannot freeze a page',
} as const;

/** Several tabs of one site share one queue. */
export const TAB_ROWS: readonly FaultRow[] = [
  {
    name: 'five tabs of 200 events, one closed midway',
    tracked: 1_000,
    isAmbiguous: true,
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
      await lab.emulator.faults([{ path: '/track', delayMs: 1_000, times: 1 }]);
      await track(freezing, 200);
      await lab.emulator.waitForEvents(200);
      await freeze(lab, freezing);
      for (const tab of others) await track(tab, 200);
      await lab.emulator.waitForEvents(1_000, { timeoutMs: 15_000 });
      return others;
    },
  },
  {
    name: 'what a closed tab left is found by three tabs that open at once',
    tracked: 30,
    isAmbiguous: true,
    async stage({ lab, open, options, track }) {
      await lab.net.set('refuse');
      const tab = await open();
      await track(tab, 0);
      await tab.eval(() => {
        tracker.identify('user-1');
        tracker.people.increment('logins');
      });
      await track(tab, 30);
      await tab.until(() => tracker.stats().stored >= 31);
      await tab.close();
      await lab.net.set('pass');
      const tabs = await Promise.all([open(), open(), open()]);
      await Promise.all(tabs.map((each) => each.eval(trackSteps, { options, count: 0 })));
      await lab.emulator.waitFor(
        ({ events, profiles }) => events.length >= 30 && 'user-1' in profiles,
      );
      return tabs;
    },
    check({ profiles }) {
      expect(profiles['user-1']).toMatchObject({ logins: 1 });
    },
  },
];

async function freeze(lab: Lab, tab: Tab): Promise<void> {
  const { page } = tab;
  if (!page) throw new Error('Only Chromium freezes a page.');
  await tab.hide();
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setWebLifecycleState', { state: 'frozen' });
  expect(lab.engine).toBe('chromium');
}
