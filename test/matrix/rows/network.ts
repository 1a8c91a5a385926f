import { expect } from '../../support/lab.js';
import type { NetMode } from '../../support/net.js';
import type { FaultRow } from '../scene.js';

const broken = (name: string, mode: NetMode): FaultRow => ({
  name: `${name}, then all is well`,
  tracked: 20,
  async stage({ lab, open, track }) {
    await lab.net.set(mode);
    const tab = await open();
    await track(tab, 20);
    expect(await tab.eval(() => tracker.flush())).toMatchObject({ delivered: 0, kept: 20 });
    await lab.net.set('pass');
    // By itself: nobody calls flush().
    await lab.emulator.waitForEvents(20, { timeoutMs: 15_000 });
    return [tab];
  },
});

/** Nothing gets through. */
export const NETWORK_ROWS: readonly FaultRow[] = [
  broken('connection refused', 'refuse'),
  broken('connection reset', 'reset'),
  {
    name: 'no answer at all, then the connection breaks',
    tracked: 20,
    async stage({ lab, open, track }) {
      await lab.net.set('blackhole');
      const tab = await open();
      await track(tab, 20);
      await expect.poll(() => lab.net.connectionCount).toBeGreaterThan(0);
      await lab.net.set('reset');
      await lab.net.set('pass');
      await lab.emulator.waitForEvents(20, { timeoutMs: 15_000 });
      return [tab];
    },
  },
  {
    name: 'no answer at all, page reloaded',
    tracked: 40,
    ambiguousCount: 40,
    async stage({ lab, open, track }) {
      await lab.net.set('blackhole');
      const tab = await open();
      await track(tab, 20);
      await expect.poll(() => lab.net.connectionCount).toBeGreaterThan(0);
      await tab.reload();
      await track(tab, 20);
      await lab.net.set('reset');
      await lab.net.set('pass');
      await lab.emulator.waitForEvents(40, { timeoutMs: 15_000 });
      return [tab];
    },
  },
  {
    name: 'offline, then online again',
    tracked: 20,
    async stage({ lab, open, track }) {
      const tab = await open();
      await lab.offline(true);
      await track(tab, 20);
      expect(await tab.eval(() => tracker.flush())).toMatchObject({ delivered: 0, kept: 20 });
      await lab.offline(false);
      // WebKit cannot be told that it was offline: it is told that it is online.
      if (lab.engine === 'webkit') await tab.eval(() => void dispatchEvent(new Event('online')));
      await lab.emulator.waitForEvents(20);
      return [tab];
    },
  },
  {
    name: 'offline for 200 events, reloaded while the service is still out of reach',
    tracked: 220,
    async stage({ lab, open, track }) {
      const tab = await open();
      await lab.offline(true);
      for (let task = 0; task < 10; task++) await track(tab, 20);
      await lab.context?.setOffline(false);
      await tab.reload();
      await track(tab, 20);
      expect(await tab.eval(() => tracker.flush())).toMatchObject({ delivered: 0, kept: 220 });
      await lab.net.set('pass');
      return [tab];
    },
  },
  {
    name: 'the name of the host does not resolve',
    tracked: 20,
    async stage({ lab, open, options, track }) {
      // Firefox is told to take every name for this machine, but names of this kind it never looks up (RFC 7686).
      const domain = lab.engine === 'firefox' ? 'onion' : 'invalid';
      const tab = await open();
      await track(tab, 20, { options: { ...options, apiHost: `http://service.${domain}` } });
      expect(await tab.eval(() => tracker.flush())).toMatchObject({ delivered: 0, kept: 20 });
      await tab.close();
    },
  },
  {
    name: 'stored, but the answer is withheld by CORS',
    tracked: 20,
    // Two answers are withheld.
    ambiguousCount: 40,
    async stage({ lab, open, track }) {
      await lab.emulator.faults([{ path: '/track', cors: false, times: 2 }]);
      const tab = await open();
      await track(tab, 20);
      await lab.emulator.waitFor(({ requests }) => requests.length >= 3, { timeoutMs: 15_000 });
      return [tab];
    },
  },
  {
    name: 'profile updates blocked, events not',
    tracked: 40,
    async stage({ lab, open, options, track }) {
      await lab.emulator.faults([{ path: '/engage', cut: 'before' }]);
      const tab = await open();
      await tab.eval((options) => {
        globalThis.tracker = createTracker('T', options);
        tracker.identify('user-1');
        tracker.people.set('plan', 'pro');
      }, options);
      await track(tab, 20);
      await lab.emulator.waitForEvents(20, { timeoutMs: 15_000 });
      await tab.until(() => tracker.stats().pending === 1);
      // A page that is new knows it too.
      await tab.reload();
      await track(tab, 20);
      await lab.emulator.waitForEvents(40, { timeoutMs: 15_000 });
      expect((await lab.emulator.state()).profiles).toEqual({});
      return [tab];
    },
    check(state) {
      expect(state.profiles['user-1']).toMatchObject({ plan: 'pro' });
    },
  },
  {
    name: 'requests blocked while the browser is online',
    tracked: 20,
    async stage({ lab, open, track }) {
      const headers = { 'content-security-policy': "connect-src 'none'" };
      lab.site.answer('/blank.html', { headers });
      const tab = await open();
      expect(await tab.eval(() => navigator.onLine)).toBe(true);
      await track(tab, 20);
      expect(await tab.eval(() => tracker.flush())).toMatchObject({ delivered: 0, kept: 20 });
      await tab.close();
    },
  },
];
