import { setTimeout as wait } from 'node:timers/promises';

import { expect, type Lab, type Tab } from '../../support/lab.js';
import type { Fault } from '../../../src/emulator/index.js';
import { allOfOneUser, type FaultRow, type Scene } from '../scene.js';

const HTML = '<!doctype html><title>Welcome to the hotel</title>';

/** Some requests are answered so, and nothing is stored; then all is well, and delivery gets by without help. */
const answered = (name: string, fault: Fault, row: Partial<FaultRow> = {}): FaultRow => ({
  name,
  tracked: 20,
  async stage({ lab, open, track }) {
    await lab.emulator.faults([{ path: '/track', ...fault }]);
    const tab = await open();
    await track(tab, 20);
    await lab.emulator.waitForEvents(20, { timeoutMs: 20_000 });
    return [tab];
  },
  ...row,
});

const MINUTE_MS = 60_000;
/** More than backoff with full jitter makes in a minute but for very rare luck: its waits double from a second. */
const MAX_ATTEMPTS_COUNT = 25;

/** The row is the minute itself: backoff must neither give up nor hammer. */
const MINUTE_ROW: FaultRow = {
  name: '500 for a minute',
  tracked: 40,
  limitMs: 2 * MINUTE_MS,
  async stage({ lab, open, track }) {
    await lab.emulator.faults([{ path: '/track', status: 500 }]);
    const tab = await open();
    await track(tab, 20);
    await lab.emulator.waitFor(({ requests }) => requests.length > 0);
    await wait(MINUTE_MS);
    const { requests } = await lab.emulator.state();
    expect(requests.length).toBeGreaterThan(2);
    expect(requests.length).toBeLessThan(MAX_ATTEMPTS_COUNT);
    await track(tab, 20);
    return [tab];
  },
};

/** The visitor signs in half-way, so that what is sent again comes in when its device is linked. */
const SIGN_IN_ROW: FaultRow = {
  name: 'connection cut after storing, twice, signed in half-way',
  tracked: 20,
  ambiguousCount: 20,
  async stage({ lab, open, track }) {
    await lab.emulator.faults([{ path: '/track', cut: 'after', times: 2 }]);
    const tab = await open();
    await track(tab, 20, { signInBefore: 10 });
    await lab.emulator.waitForEvents(20, { timeoutMs: 20_000 });
    return [tab];
  },
  check: allOfOneUser,
};

/** The service asks to be left alone until then; the header tells whole seconds. */
interface Wait {
  readonly retryAfter: number | string;
  readonly dueMs: (refusedMs: number) => number;
}

const waitAsSeconds = (): Wait => ({ retryAfter: 3, dueMs: (refusedMs) => refusedMs + 3_000 });

const waitAsDate = (): Wait => {
  const dueMs = Math.ceil(Date.now() / 1_000 + 4) * 1_000;
  return { retryAfter: new Date(dueMs).toUTCString(), dueMs: () => dueMs };
};

/** The wait that the service asks for is kept, by the page and by the one after it. */
const retryAfter = (form: string, createWait: () => Wait): FaultRow => ({
  name: `503 with Retry-After as ${form}, page reloaded`,
  tracked: 40,
  // What the page has left goes by beacon, which waits for nobody.
  ambiguousCount: 40,
  async stage({ lab, open, track }) {
    const tab = await open();
    // Opening a page may take longer than what is left until a date.
    const wait = createWait();
    await lab.emulator.faults([
      {
        path: '/track',
        status: 503,
        retryAfter: wait.retryAfter,
        times: 1,
        headers: { 'access-control-expose-headers': 'Retry-After' },
      },
    ]);
    const arrivals = recordArrivals(lab);
    await track(tab, 20);
    await tab.until(() => Object.keys(localStorage).some((key) => key.endsWith(':retry')));
    await tab.reload();
    await track(tab, 20);
    await lab.emulator.waitForEvents(40);
    const [refused, ...later] = arrivals.filter(({ isBeacon }) => !isBeacon);
    expect(later[0]!.atMs).toBeGreaterThanOrEqual(wait.dueMs(refused!.atMs));
    return [tab];
  },
});

/** The service answers, but not with "stored". */
export const ANSWER_ROWS: readonly FaultRow[] = [
  answered('500, three times', { status: 500, times: 3 }),
  MINUTE_ROW,
  retryAfter('seconds', waitAsSeconds),
  retryAfter('a date', waitAsDate),
  answered('429, twice', { status: 429, times: 2 }),
  answered('200 with status 0, once', { body: { error: 'try', status: 0 }, times: 1 }),
  answered('400, once', { status: 400, times: 1 }),
  answered('200 with HTML, twice (captive portal)', { body: HTML, times: 2 }),
  answered('200 with nothing, twice', { status: 200, body: '', times: 2 }),
  answered('302 to a page, twice', { status: 302, location: '/', times: 2 }),
  answered('401, twice', { status: 401, times: 2 }),
  answered('403, twice', { status: 403, times: 2 }),
  answered('404, twice', { status: 404, times: 2 }),
  answered('413, twice', { status: 413, times: 2 }),
  answered('connection cut before storing, twice', { cut: 'before', times: 2 }),
  answered('connection cut after storing', { cut: 'after', times: 1 }, { ambiguousCount: 20 }),
  SIGN_IN_ROW,
  {
    name: '413 for more than 8 KiB a request',
    tracked: 200,
    async stage({ lab, open, track }) {
      await lab.emulator.reset({ token: 'T', maxBodyBytes: 8_192 });
      const tab = await open();
      await track(tab, 200);
      await lab.emulator.waitForEvents(200, { timeoutMs: 15_000 });
      return [tab];
    },
  },
  {
    name: '413 for one record, even alone',
    tracked: 100,
    dropped: 1,
    async stage({ lab, open, track }) {
      await lab.emulator.reset({ token: 'T', maxBodyBytes: 65_536 });
      const tab = await open();
      await track(tab, 50);
      await tab.eval(() => {
        tracker.track('Step', { n: 50, page: 'tab 1', text: 'x'.repeat(100_000) });
      });
      await track(tab, 49, { first: 51 });
      await tab.until(() => tracker.stats().pending === 0);
      expect(await tab.eval(() => tracker.stats().dropped)).toEqual({ 'too-large': 1 });
      return [tab];
    },
  },
  {
    name: '400 for one poison record among 100',
    tracked: 100,
    dropped: 1,
    async stage(scene) {
      const tab = await scene.open();
      await trackPoisoned(scene, tab);
      await tab.until(() => tracker.stats().pending === 0);
      expect(await tab.eval(() => tracker.stats().dropped)).toEqual({ rejected: 1 });
      return [tab];
    },
  },
  {
    name: '400 for one poison record among 100, while profile updates are blocked',
    tracked: 100,
    dropped: 1,
    async stage(scene) {
      const tab = await scene.open();
      await tab.eval((options) => {
        const request = window.fetch;
        window.fetch = (url, init) =>
          String(url).includes('/engage/') && document.title !== 'allowed'
            ? Promise.reject(new TypeError('blocked'))
            : request(url, init);
        globalThis.tracker = createTracker('T', { ...options, apiHost: '/mp' });
        tracker.identify('user-1');
        tracker.people.set('plan', 'pro');
      }, scene.options);
      await trackPoisoned(scene, tab);
      await tab.until(() => tracker.stats().pending === 1);
      expect(await tab.eval(() => tracker.stats().dropped)).toEqual({ rejected: 1 });
      await tab.eval(() => {
        document.title = 'allowed';
      });
      return [tab];
    },
    check(state) {
      expect(state.profiles['user-1']).toMatchObject({ plan: 'pro' });
    },
  },
];

/** Tracks 100 steps, of which the service refuses one, with whatever goes with it. */
async function trackPoisoned({ lab, options, track }: Scene, tab: Tab): Promise<void> {
  lab.site.answer('/mp/track/', {
    status: 400,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ error: 'some data points failed validation', status: 0 }),
    when: ({ body }) => body.includes('poison'),
  });
  await track(tab, 50, { options: { ...options, apiHost: '/mp' } });
  await tab.eval(() => {
    tracker.track('Step', { n: 50, page: 'tab 1', text: 'poison' });
  });
  await track(tab, 49, { first: 51 });
}

/** Requests as they arrive; a beacon tells by its type of content. */
function recordArrivals(lab: Lab): readonly { atMs: number; isBeacon: boolean }[] {
  const arrivals: { atMs: number; isBeacon: boolean }[] = [];
  lab.emulator.subscribe((message) => {
    if (message.type !== 'request') return;
    const isBeacon = message.request.contentType.startsWith('text/plain');
    arrivals.push({ atMs: Date.now(), isBeacon });
  });
  return arrivals;
}
