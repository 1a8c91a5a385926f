import { expect, test, type Lab } from '../support/lab.js';
import { trackSteps } from '../support/steps.js';

const EXPOSED = { 'access-control-expose-headers': 'Retry-After' };

const postsOf = async (lab: Lab) =>
  (await lab.emulator.state()).requests.filter(({ path }) => path.startsWith('/track'));

test('a request that nobody answers is given up after 30 seconds, and its events sent again', async ({
  lab,
}) => {
  const tab = await lab.tab();
  await tab.page?.clock.install();
  await lab.emulator.faults([{ path: '/track', delayMs: null, times: 1 }]);
  await tab.eval(trackSteps, { options: { apiHost: lab.net.url }, count: 2 });
  // Its own timers stand still until they are told to go on.
  await tab.page?.clock.runFor(1_000);
  await expect.poll(async () => (await postsOf(lab)).length).toBe(1);
  await tab.page?.clock.runFor(28_000);
  expect(await tab.eval(() => tracker.stats())).toMatchObject({ delivered: 0, pending: 2 });
  expect(await postsOf(lab)).toHaveLength(1);
  await tab.page?.clock.resume();
  await tab.page?.clock.fastForward(5_000);
  await lab.emulator.waitForEvents(2);
  await tab.until(() => tracker.stats().pending === 0);
  expect((await postsOf(lab)).map(({ status }) => status)).toEqual([0, 200]);
});

test('a wait that one tab is told holds for another, for a new page, and no longer', async ({
  lab,
}) => {
  const options = { apiHost: lab.net.url };
  const waitMs = 2_000;
  await lab.emulator.faults([
    { path: '/track', status: 503, retryAfter: waitMs / 1_000, headers: EXPOSED, times: 1 },
  ]);
  const told = await lab.tab();
  await told.eval(trackSteps, { options, count: 1, page: 'told' });
  await lab.emulator.waitFor(({ requests }) => requests.some(({ status }) => status === 503));
  const toldMs = Date.now();
  const other = await lab.tab();
  await other.eval(trackSteps, { options, first: 1, count: 1, page: 'other' });
  await told.close();
  const next = await lab.tab();
  await next.eval(trackSteps, { options, first: 2, count: 1, page: 'next' });
  await next.until(() => tracker.stats().stored === 1);
  // What the closing tab sent by beacon is here already.
  await lab.emulator.waitForEvents(1);
  await lab.emulator.waitForEvents(3);
  expect(Date.now() - toldMs).toBeGreaterThan(waitMs - 200);
});

test('requests that outlive the page stay within the 64 KiB that all of them share', async ({
  lab,
}) => {
  await lab.emulator.faults([{ path: '/track', delayMs: 500 }]);
  const tab = await lab.tab();
  const sent = await tab.eval(async (apiHost) => {
    const request = window.fetch;
    const sent: { bytes: number; keepalive: boolean }[] = [];
    window.fetch = (url, init) => {
      const bytes = new TextEncoder().encode(String(init?.body)).length;
      sent.push({ bytes, keepalive: init?.keepalive === true });
      return request(url, init);
    };
    const trackers = [0, 1, 2].map((n) => createTracker(`T${n}`, { apiHost }));
    for (const each of trackers) each.track('Step', { text: 'é'.repeat(14_000) });
    await Promise.all(trackers.map((each) => each.flush()));
    return sent;
  }, lab.net.url);
  expect(sent).toHaveLength(3);
  expect(sent.filter(({ keepalive }) => keepalive)).toHaveLength(2);
  const total = sent.reduce((sum, { bytes, keepalive }) => sum + bytes * Number(keepalive), 0);
  expect(total).toBeLessThanOrEqual(64 * 1024);
  expect(sent.reduce((sum, { bytes }) => sum + bytes, 0)).toBeGreaterThan(64 * 1024);
});
