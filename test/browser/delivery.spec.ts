import type { Request } from 'playwright/test';

import { expect, test, type Lab, type Tab } from '../support/lab.js';
import { openAndClose, tallySteps, trackSteps } from '../support/steps.js';

const ALL_THERE = { lost: [], doubled: [], outOfOrder: 0 };
/** Longer than any test: what still arrives was not sent by the interval. */
const NEVER_MS = 3_600_000;

/** The next visit to the site: whatever is left in the queue is sent. */
const visit = async (lab: Lab): Promise<Tab> => {
  const tab = await lab.tab();
  await tab.eval(trackSteps, { options: { apiHost: lab.net.url }, count: 0 });
  await tab.until(async () => (await tracker.flush()).kept === 0);
  return tab;
};

const postsOf = async (lab: Lab) =>
  (await lab.emulator.state()).requests.filter(({ path }) => path.startsWith('/track'));

test.describe('20 events tracked in one task', () => {
  test('arrive when the tab is closed in that task', async ({ lab }) => {
    const opener = await lab.tab();
    await opener.eval(openAndClose, { options: { apiHost: lab.net.url }, count: 20 });
    await lab.emulator.waitForEvents(20);
    await visit(lab);
    expect(tallySteps((await lab.emulator.state()).events, 20)).toMatchObject(ALL_THERE);
  });

  for (const [where, host] of [
    ['the same site', '127.0.0.1'],
    ['another site', 'shop.localhost'],
  ] as const) {
    test(`arrive when the page goes to ${where} in that task`, async ({ lab }) => {
      const tab = await lab.tab();
      const leaveTo = `${lab.site.urlOf(host)}/plain.html`;
      await tab.eval(trackSteps, { options: { apiHost: lab.net.url }, count: 20, leaveTo });
      await lab.emulator.waitForEvents(20);
      await tab.until((url) => location.href === url, leaveTo);
      await visit(lab);
      expect(tallySteps((await lab.emulator.state()).events, 20)).toMatchObject(ALL_THERE);
    });
  }

  for (const state of ['open', 'not yet open'] as const) {
    test(`arrive on the next visit when the renderer is killed as soon as it has ended, the database ${state}`, async ({
      lab,
    }) => {
      await lab.net.set('refuse');
      const options = { apiHost: lab.net.url };
      const tab = await lab.tab();
      if (state === 'open') {
        await tab.eval(trackSteps, { options, count: 1 });
        await tab.until(() => tracker.stats().stored === 1);
        await tab.eval(trackSteps, { options, first: 1, count: 19 });
      } else {
        await tab.eval(trackSteps, { options, count: 20 });
      }
      await lab.crash(tab);
      expect((await lab.emulator.state()).events).toEqual([]);
      await lab.net.set('pass');
      await visit(lab);
      const { events } = await lab.emulator.state();
      expect(tallySteps(events, 20)).toMatchObject({ ...ALL_THERE, duplicatesBefore: 0 });
    });
  }
});

test('a request is CORS-simple, form-urlencoded, and hardly longer than its JSON', async ({
  lab,
}) => {
  const tab = await lab.tab();
  const asked: Request[] = [];
  tab.page?.on('request', (request) => asked.push(request));
  const text = '100 % = "½ & ½" + 日本 👍';
  await tab.eval(
    ({ apiHost, text }) => {
      globalThis.tracker = createTracker('T', { apiHost });
      for (let n = 0; n < 50; n++)
        tracker.track('Step', { n, text, nested: { list: [n, 'a+b', null], is: true } });
    },
    { apiHost: lab.net.url, text },
  );
  const events = await lab.emulator.waitForEvents(50);
  expect(events.map(({ properties }) => properties['text'])).toEqual(Array(50).fill(text));

  const [request, ...others] = await postsOf(lab);
  expect(others).toEqual([]);
  expect(request).toMatchObject({
    method: 'POST',
    path: '/track/',
    query: { verbose: '1', ip: '1' },
    status: 200,
    records: 50,
  });
  expect(request!.contentType).toMatch(/^application\/x-www-form-urlencoded(;|$)/);

  const sentNow = () => asked.filter((each) => each.url().startsWith(lab.net.url));
  // The browser reports a request to the test on a way of its own, which may be the slower one.
  await expect.poll(() => sentNow().map((each) => each.method())).toEqual(['POST']);
  const sent = sentNow();
  expect((await sent[0]!.allHeaders())['cookie']).toBe(undefined);
  const body = sent[0]!.postData() ?? '';
  expect(body).toMatch(/^data=\[\{/);
  const json = JSON.stringify(JSON.parse(new URLSearchParams(body).get('data') ?? ''));
  expect(Buffer.byteLength(body)).toBeLessThanOrEqual(1.05 * Buffer.byteLength(json));
});

test('a burst of 1,000 events takes at most 5 requests', async ({ lab }) => {
  const tab = await lab.tab();
  await tab.eval(trackSteps, { options: { apiHost: lab.net.url }, count: 1_000 });
  const events = await lab.emulator.waitForEvents(1_000);
  expect(tallySteps(events, 1_000)).toMatchObject({ ...ALL_THERE, duplicatesBefore: 0 });
  expect((await postsOf(lab)).length).toBeLessThanOrEqual(5);
});

test('after a quiet time an event leaves at once, and its followers wait for the interval', async ({
  lab,
}) => {
  const options = { apiHost: lab.net.url, flushIntervalMs: NEVER_MS };
  const tab = await lab.tab();
  await tab.eval(trackSteps, { options, count: 3 });
  await lab.emulator.waitForEvents(3);
  await tab.until(() => tracker.stats().pending === 0);
  await tab.eval(trackSteps, { options, first: 3, count: 1 });
  await tab.eval(trackSteps, { options, first: 4, count: 1 });
  await tab.until(() => tracker.stats().stored === 5);
  expect(await tab.eval(() => tracker.flush())).toEqual({ delivered: 2, kept: 0, dropped: 0 });
  expect((await postsOf(lab)).map(({ records }) => records)).toEqual([3, 2]);
});

test('while events keep coming there is one request an interval', async ({ lab }) => {
  const intervalMs = 500;
  const tab = await lab.tab();
  // The page's clock tells: a request that is long under way arrives the closer to the next one.
  await tab.eval(() => {
    const request = window.fetch;
    const sentMs: number[] = Object.assign(window, { sentMs: [] }).sentMs;
    window.fetch = (...args) => {
      sentMs.push(performance.now());
      return request(...args);
    };
  });
  const tracked = await tab.eval(
    ({ apiHost, intervalMs }) =>
      new Promise<number>((resolve) => {
        globalThis.tracker = createTracker('T', { apiHost, flushIntervalMs: intervalMs });
        const started = performance.now();
        let n = 0;
        const ticking = setInterval(() => {
          tracker.track('Step', { n: n++, page: 'page' });
          if (performance.now() - started < 1_600) return;
          clearInterval(ticking);
          resolve(n);
        }, 10);
      }),
    { apiHost: lab.net.url, intervalMs },
  );
  const events = await lab.emulator.waitForEvents(tracked);
  expect(tallySteps(events, tracked)).toMatchObject({ ...ALL_THERE, duplicatesBefore: 0 });
  const sentMs = await tab.eval(() => Reflect.get(window, 'sentMs') as number[]);
  expect(await postsOf(lab)).toHaveLength(sentMs.length);
  for (let i = 1; i < sentMs.length; i++) {
    // The tracker counts in whole milliseconds.
    expect(sentMs[i]! - sentMs[i - 1]!).toBeGreaterThan(intervalMs - 2);
  }
});

test('a full batch leaves without waiting for the interval', async ({ lab }) => {
  const options = { apiHost: lab.net.url, flushIntervalMs: NEVER_MS, maxBatchCount: 10 };
  const tab = await lab.tab();
  await tab.eval(trackSteps, { options, count: 1 });
  await lab.emulator.waitForEvents(1);
  await tab.until(() => tracker.stats().pending === 0);
  await tab.eval(trackSteps, { options, first: 1, count: 10 });
  await lab.emulator.waitForEvents(11);
});

test('two trackers on one page keep to themselves', async ({ lab }) => {
  await lab.emulator.reset({ token: 'A' });
  const tab = await lab.tab();
  await tab.eval((apiHost) => {
    const [a, b] = [createTracker('A', { apiHost }), createTracker('B', { apiHost })];
    for (let n = 0; n < 5; n++) {
      a.track('Of A', { n });
      b.track('Of B', { n });
    }
  }, lab.net.url);
  const tokensOf = (records: readonly { properties: Readonly<Record<string, unknown>> }[]) =>
    records.map(({ properties }) => properties['token']);
  const { events, dropped } = await lab.emulator.waitFor(
    (state) => state.events.length + state.dropped.length >= 10,
  );
  expect(tokensOf(events)).toEqual(Array(5).fill('A'));
  expect(tokensOf(dropped)).toEqual(Array(5).fill('B'));
  expect(
    new Set([...events, ...dropped].map(({ ingestDistinctId }) => ingestDistinctId)).size,
  ).toBe(2);
});

test('two trackers of one token count nothing twice', async ({ lab }) => {
  const tab = await lab.tab();
  await tab.eval((apiHost) => {
    const trackers = [createTracker('T', { apiHost }), createTracker('T', { apiHost })] as const;
    for (let n = 0; n < 40; n++)
      trackers[n < 20 ? 0 : 1].track('Step', { n, page: String(n < 20) });
  }, lab.net.url);
  await lab.emulator.waitForEvents(40);
  expect(tallySteps((await lab.emulator.state()).events, 40)).toMatchObject(ALL_THERE);
});

test('a path of the site is a way to the service', async ({ lab }) => {
  const tab = await lab.tab();
  await tab.eval(trackSteps, { options: { apiHost: '/mp' }, count: 20 });
  await lab.emulator.waitForEvents(20);
  await tab.eval(trackSteps, {
    options: {},
    first: 20,
    count: 20,
    leaveTo: `${lab.site.url}/plain.html`,
  });
  await lab.emulator.waitForEvents(40);
  expect(tallySteps((await lab.emulator.state()).events, 40)).toMatchObject(ALL_THERE);
  expect(new Set(lab.site.requests.map(({ path }) => path)).has('/mp/track/')).toBe(true);
});

test('an insecure host, without locks and random UUIDs, delivers as well', async ({ lab }) => {
  const tab = await lab.tab(`${lab.site.insecureUrl}/blank.html`);
  expect(
    await tab.eval(() => [isSecureContext, 'locks' in navigator, 'randomUUID' in crypto]),
  ).toEqual([false, false, false]);
  const options = { apiHost: lab.net.url };
  await tab.eval(trackSteps, { options, count: 20 });
  await lab.emulator.waitForEvents(20);
  await tab.eval(trackSteps, {
    options,
    first: 20,
    count: 20,
    leaveTo: `${lab.site.insecureUrl}/plain.html`,
  });
  await lab.emulator.waitForEvents(40);
  expect(tallySteps((await lab.emulator.state()).events, 40)).toMatchObject(ALL_THERE);
});

test("persistence 'memory' delivers and leaves nothing behind", async ({ lab }) => {
  const tab = await lab.tab();
  await tab.eval(trackSteps, {
    options: { apiHost: lab.net.url, persistence: 'memory' },
    count: 20,
  });
  await lab.emulator.waitForEvents(20);
  // A link waits for what is not acknowledged before it, and only this page has it.
  await tab.until(() => tracker.stats().pending === 0);
  await tab.eval(() => tracker.identify('user-1'));
  const kept = await tab.eval(async () => ({
    databases: await indexedDB.databases(),
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    cookie: document.cookie,
  }));
  expect(kept).toEqual({ databases: [], local: [], session: [], cookie: '' });
  await tab.eval(trackSteps, {
    options: {},
    first: 20,
    count: 20,
    leaveTo: `${lab.site.url}/plain.html`,
  });
  await lab.emulator.waitForEvents(40);
  expect(tallySteps((await lab.emulator.state()).events, 40)).toMatchObject(ALL_THERE);
});
