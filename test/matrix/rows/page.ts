import { expect } from '../../support/lab.js';
import type { FaultRow } from '../scene.js';

const HOUR_MS = 3_600_000;

const wrongClock = (
  name: string,
  offsetMs: number,
  row: Pick<FaultRow, 'unpromised' | 'check'> = {},
): FaultRow => ({
  name: `clock ${name}`,
  tracked: 20,
  ...row,
  async stage({ open, track }) {
    const tab = await open();
    await tab.eval((offsetMs) => {
      const rightNow = Date.now;
      Date.now = () => rightNow() + offsetMs;
    }, offsetMs);
    await track(tab, 10);
    await track(tab, 10);
    return [tab];
  },
});

/** What sends is replaced before the tracker is made; what is tracked waits for the next page. */
const replaced = (name: string, replace: () => void): FaultRow => ({
  name,
  tracked: 20,
  ambiguousCount: 20,
  async stage({ open, track }) {
    const tab = await open();
    await tab.eval(replace);
    await track(tab, 20);
    await tab.until(() => tracker.stats().stored === 20);
    await tab.close();
  },
});

/** What the page itself, its scripts or its machine do. */
export const PAGE_ROWS: readonly FaultRow[] = [
  {
    name: 'back-forward cache, there and back',
    tracked: 40,
    ambiguousCount: 40,
    async stage({ lab, open, track }) {
      const tab = await open();
      await track(tab, 20);
      await tab.until(() => tracker.stats().pending === 0);
      await tab.eval(() => {
        tracker.track('Step', { n: 20, page: 'tab 1' });
      });
      await tab.eval(() => {
        addEventListener('pageshow', ({ persisted }) => Object.assign(window, { persisted }));
      });
      await tab.leave('/plain.html');
      await tab.back();
      // Firefox does not keep a page that holds a lock when it is left, as this one may.
      if (lab.engine !== 'firefox')
        await tab.until(() => Reflect.get(window, 'persisted') === true);
      await track(tab, 19, { first: 21 });
      await lab.emulator.waitForEvents(40);
      return [tab];
    },
  },
  {
    name: 'event of 100 KB, page closed at once',
    tracked: 3,
    ambiguousCount: 3,
    async stage({ open, track }) {
      const tab = await open();
      await track(tab, 1);
      await tab.eval(() => {
        tracker.track('Step', { n: 1, page: 'tab 1', text: 'x'.repeat(100_000) });
        tracker.track('Step', { n: 2, page: 'tab 1' });
      });
      await tab.close();
    },
  },
  {
    name: 'event of 2 MB among others',
    tracked: 3,
    dropped: 1,
    async stage({ open, track }) {
      const tab = await open();
      await track(tab, 1);
      await tab.eval(() => {
        tracker.track('Step', { n: 1, page: 'tab 1', text: 'x'.repeat(2_000_000) });
        tracker.track('Step', { n: 2, page: 'tab 1' });
      });
      expect(await tab.eval(() => tracker.stats().dropped)).toEqual({ 'event-too-large': 1 });
      return [tab];
    },
  },
  wrongClock('an hour slow', -HOUR_MS),
  wrongClock('an hour fast', HOUR_MS),
  wrongClock('six days fast', 144 * HOUR_MS),
  wrongClock('six days slow', -144 * HOUR_MS, {
    unpromised: {
      count: 20,
      why: 'the service takes them for older than five days and discards them in silence',
    },
    check({ dropped }) {
      expect(dropped.map(({ reason }) => reason)).toEqual(Array(20).fill('too-old'));
    },
  }),
  replaced('fetch replaced by a script that throws', () => {
    window.fetch = () => {
      throw new Error('replaced');
    };
  }),
  replaced('fetch replaced by a script that calls itself', () => {
    window.fetch = (...args) => window.fetch(...args);
  }),
  replaced('fetch and sendBeacon replaced by scripts that throw', () => {
    window.fetch = () => {
      throw new Error('replaced');
    };
    Navigator.prototype.sendBeacon = () => {
      throw new Error('replaced');
    };
  }),
  replaced('sendBeacon replaced by a script that throws', () => {
    Navigator.prototype.sendBeacon = () => {
      throw new Error('replaced');
    };
  }),
  replaced('sendBeacon replaced by a script that calls itself', () => {
    Navigator.prototype.sendBeacon = (...args) => navigator.sendBeacon(...args);
  }),
  {
    name: 'fetch replaced after the tracker was made',
    tracked: 20,
    async stage({ lab, open, track }) {
      const tab = await open();
      await track(tab, 0);
      await tab.eval(() => {
        window.fetch = () => {
          throw new Error('replaced');
        };
      });
      await track(tab, 20);
      await lab.emulator.waitForEvents(20);
      return [tab];
    },
  },
  {
    name: 'beforeSend that throws, returns nothing, returns rubbish',
    tracked: 40,
    dropped: 30,
    async stage({ open, options }) {
      const tab = await open();
      await tab.eval((options) => {
        const answers = [
          (draft: object): unknown => draft,
          () => {
            throw new Error('on purpose');
          },
          () => undefined,
          () => 7,
        ];
        let calls = 0;
        globalThis.tracker = createTracker('T', {
          ...options,
          beforeSend: (draft) => answers[calls++ % 4]!(draft) as null,
        });
        for (let n = 0; n < 40; n++) tracker.track('Step', { n, page: 'tab 1' });
      }, options);
      const dropped = await tab.eval(() => tracker.stats().dropped);
      expect(dropped).toEqual({ 'before-send-failed': 20, 'before-send-dropped': 10 });
      return [tab];
    },
  },
];
