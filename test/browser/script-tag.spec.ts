import { readFile } from 'node:fs/promises';

import { expect, test, type Lab, type Tab } from '../support/lab.js';

const SCRIPT = '/dist/waymark.min.js';

interface PageParts {
  /** Attributes of the script tag, as they stand in the page. */
  readonly attributes?: string;
  /** What the page runs before the tag. */
  readonly before?: string;
  readonly hasStub?: boolean;
}

/** Opens a page with the script tag, and the stub before it. */
async function openPage(lab: Lab, parts: PageParts = {}): Promise<Tab> {
  const { attributes = '', before = '', hasStub = true } = parts;
  const stub = await readFile(new URL('../../dist/stub.min.js', import.meta.url), 'utf8');
  const body = `<!doctype html><link rel="icon" href="data:," />
    <script>${hasStub ? stub : ''}</script>
    <script>${before}</script>
    <script async src="${SCRIPT}" data-api-host="${lab.net.url}" ${attributes}></script>`;
  lab.site.answer('/page', { body });
  const tab = await lab.tab('/plain.html');
  // The load event waits for the script, which some tests withhold.
  await tab.page?.goto(`${lab.site.url}/page`, { waitUntil: 'commit' });
  await tab.until(() => document.querySelector('script[async]') !== null);
  return tab;
}

const hasArrived = (tab: Tab) =>
  tab.until(
    () =>
      typeof (globalThis as { waymark?: { deviceId?: unknown } }).waymark?.deviceId === 'string',
  );

/** Runs an expression in the page, where `waymark` is the stub or the tracker. */
const run = (tab: Tab, expression: string) => tab.page?.evaluate(expression) as Promise<unknown>;

test('calls made before the script arrives are replayed in order, with the time they were made', async ({
  lab,
}) => {
  const release = lab.site.hold(SCRIPT);
  const tab = await openPage(lab, {
    attributes: 'data-token="T"',
    before: `
      calledMs = Date.now();
      waymark.track('Landed', { n: 1 });
      waymark.identify('U1');
      waymark.track('Signed Up', { n: 2 });
      waymark.reset();
      waymark.track('Landed Again', { n: 3 });
      doneMs = Date.now();`,
  });
  const calledMs = Number(await run(tab, 'calledMs'));
  const doneMs = Number(await run(tab, 'doneMs'));
  await tab.until((ms) => Date.now() > ms, doneMs);
  release();
  await hasArrived(tab);
  await run(tab, `waymark.track('Late', { n: 4 })`);

  const events = await lab.emulator.waitForEvents(4);
  expect(events.map(({ event }) => event)).toEqual(['Landed', 'Signed Up', 'Landed Again', 'Late']);
  const [landed, signedUp, again, late] = events;
  expect([landed?.distinctId, signedUp?.distinctId]).toEqual(['U1', 'U1']);
  expect(again?.distinctId).toMatch(/^\$device:/);
  for (const event of [landed, signedUp, again]) {
    const time = Number(event?.properties['time']);
    expect(time).toBeGreaterThanOrEqual(calledMs);
    expect(time).toBeLessThanOrEqual(doneMs);
  }
  expect(Number(late?.properties['time'])).toBeGreaterThan(doneMs);
});

test('what an early call returns is a promise of what the tracker returns', async ({ lab }) => {
  const tab = await openPage(lab, {
    attributes: 'data-token="T"',
    before: `
      waymark.track('Landed');
      flushed = waymark.flush();
      counted = waymark.stats();`,
  });
  expect(await run(tab, 'flushed')).toEqual({ delivered: 1, kept: 0, dropped: 0 });
  expect(await run(tab, 'counted')).toMatchObject({ tracked: 1, dropped: {} });
});

test('a page that kept hold of the stub goes on through the tracker', async ({ lab }) => {
  const tab = await openPage(lab, {
    attributes: 'data-token="T"',
    before: `early = waymark; early.track('Early');`,
  });
  await hasArrived(tab);
  expect(await run(tab, 'early === waymark')).toBe(false);
  await run(tab, `early.track('Through The Stub')`);
  const events = await lab.emulator.waitForEvents(2);
  expect(events.map(({ event }) => event)).toEqual(['Early', 'Through The Stub']);
});

test('early calls about people and groups are replayed too', async ({ lab }) => {
  const tab = await openPage(lab, {
    attributes: 'data-token="T"',
    before: `
      waymark.people.set('plan', 'pro');
      waymark.identify('U1');
      waymark.group('company', 'acme').set({ seats: 3 });
      waymark.register({ theme: 'dark' });
      waymark.track('Landed');`,
  });
  await hasArrived(tab);
  const { events, profiles, groups } = await lab.emulator.waitFor(
    (state) =>
      state.events.length > 0 && 'U1' in state.profiles && state.groups['company'] !== undefined,
  );
  expect(events[0]?.properties['theme']).toBe('dark');
  expect(profiles['U1']).toMatchObject({ plan: 'pro' });
  expect(groups['company']?.['acme']).toMatchObject({ seats: 3 });
});

test('a call that the script does not know, or that is rubbish, costs that call alone', async ({
  lab,
}) => {
  const tab = await openPage(lab, {
    attributes: 'data-token="T"',
    before: `
      waymark.q.push(['nonsense', [], Date.now(), () => {}]);
      waymark.q.push(['people.nonsense.deeper', [1], Date.now(), () => {}]);
      waymark.q.push('nonsense', null, ['track', null, 1, () => {}], ['track', ['Odd'], Date.now()]);
      waymark.track(7);
      held = waymark;
      held.track('Landed');`,
  });
  await hasArrived(tab);
  const nowMs = Number(await run(tab, `Date.now()`));
  await run(tab, `held.track('Through The Stub'); waymark.track('Late')`);
  const events = await lab.emulator.waitForEvents(4);
  // One that came without a promise was a call all the same.
  expect(events.map(({ event }) => event)).toEqual(['Odd', 'Landed', 'Through The Stub', 'Late']);
  expect(Number(events.at(-1)?.properties['time'])).toBeGreaterThanOrEqual(nowMs);
});

for (const [level, printedCount] of [
  ['silent', 0],
  ['warn', 2],
] as const)
  test(`data-log-level="${level}" prints each code ${printedCount ? 'once' : 'never'}`, async ({
    lab,
  }) => {
    const tab = await openPage(lab, {
      attributes: `data-token="T" data-log-level="${level}" data-consent="yes" data-optimised="yes"`,
      before: `
        printed = [];
        console.warn = (text) => printed.push(text);
        waymark.track(7);
        waymark.track(8);
        waymark.track('Landed');`,
    });
    await lab.emulator.waitForEvents(1);
    const printed = (await run(tab, 'printed')) as string[];
    expect(printed).toHaveLength(printedCount);
    for (const code of ['unknown-attribute', 'invalid-event-name'].slice(0, printedCount))
      expect(printed.filter((text) => text.includes(code))).toHaveLength(1);
  });

test('without the stub the tracker is there once the script is', async ({ lab }) => {
  const tab = await openPage(lab, { attributes: 'data-token="T"', hasStub: false });
  await hasArrived(tab);
  await run(tab, `waymark.identify('U1'); waymark.track('Landed')`);
  expect(await run(tab, '[waymark.userId, waymark.distinctId]')).toEqual(['U1', 'U1']);
  expect(await run(tab, 'waymark.deviceId')).toMatch(/^[0-9a-f-]{36}$/);
  expect((await lab.emulator.waitForEvents(1))[0]?.distinctId).toBe('U1');
});

test('options are the data attributes of the same names', async ({ lab }) => {
  await lab.emulator.reset({ token: '12345', system: 'original' });
  const tab = await openPage(lab, {
    attributes: `data-token="12345" data-id-merge="original" data-ip="false" data-persistence="memory"
      data-flush-interval-ms="5" data-max-batch-count="1" data-log-level="silent"`,
    before: `waymark.track('One'); waymark.identify('U1'); waymark.track('Two');`,
  });
  await hasArrived(tab);
  await lab.emulator.waitForEvents(3);
  const { events, requests, clusters } = await lab.emulator.state();
  expect(events.map(({ event }) => event)).toEqual(['One', '$identify', 'Two']);
  expect(clusters).toHaveLength(1);
  const posts = requests.filter(({ path }) => path.startsWith('/track'));
  expect(posts.map(({ query, records }) => [query['ip'], records])).toEqual([
    ['0', 1],
    ['0', 1],
    ['0', 1],
  ]);
  expect(await tab.eval(() => Object.keys(localStorage))).toEqual([]);
});

test('a path of the page’s own is an api host', async ({ lab }) => {
  lab.site.answer('/own', {
    body: `<!doctype html><script src="${SCRIPT}" data-token="T" data-api-host="/mp"></script>
      <script>waymark.track('Landed')</script>`,
  });
  await lab.tab('/own');
  await lab.emulator.waitForEvents(1);
  expect(lab.site.requests.some(({ path }) => path === '/mp/track/')).toBe(true);
});

test('two trackers on one page keep to their projects', async ({ lab }) => {
  await lab.emulator.reset({ token: 'T', system: 'simplified' });
  lab.site.answer('/two', {
    body: `<!doctype html>
      <script src="${SCRIPT}" data-token="T" data-api-host="${lab.net.url}"></script>
      <script>first = waymark</script>
      <script src="${SCRIPT}" data-token="OTHER" data-api-host="${lab.net.url}"></script>
      <script>
        first.identify('U1');
        first.track('For T');
        waymark.track('For Other');
      </script>`,
  });
  const tab = await lab.tab('/two');
  const state = await lab.emulator.waitFor(
    ({ events, dropped }) => events.length > 0 && dropped.length > 0,
  );
  expect(state.events.map(({ event, distinctId }) => [event, distinctId])).toEqual([
    ['For T', 'U1'],
  ]);
  expect(state.dropped.map(({ event, reason }) => [event, reason])).toEqual([
    ['For Other', 'unknown-token'],
  ]);
  expect(
    await run(tab, '[waymark.userId === undefined, first.deviceId !== waymark.deviceId]'),
  ).toEqual([true, true]);
});

const REFUSED: readonly (readonly [string, string, RegExp])[] = [
  ['no token', '', /token.*\(missing-token\)/],
  ['a value that is none', 'data-token="T" data-id-merge="both"', /idMerge.*\(invalid-option\)/],
  [
    'a number out of range',
    'data-token="T" data-max-batch-count="0"',
    /maxBatchCount.*\(invalid-option\)/,
  ],
];
for (const [name, attributes, message] of REFUSED) {
  test(`${name}: one error says what to do, and the page goes on with its stub`, async ({
    lab,
  }) => {
    const errors: string[] = [];
    lab.context?.on('weberror', (error) => errors.push(error.error().message));
    const tab = await openPage(lab, { attributes, before: `waymark.track('Landed');` });
    await expect.poll(() => errors).toEqual([expect.stringMatching(message)]);
    await run(tab, `void waymark.track('Nobody Hears')`);
    expect(errors).toHaveLength(1);
    expect((await lab.emulator.state()).requests).toEqual([]);
  });
}

test('attributes that others put on the tag do no harm', async ({ lab }) => {
  const errors: string[] = [];
  lab.context?.on('weberror', (error) => errors.push(error.error().message));
  const tab = await openPage(lab, {
    attributes: 'data-token="T" data-cfasync="false" data-nscript="afterInteractive"',
    before: `waymark.track('Landed');`,
  });
  await hasArrived(tab);
  await lab.emulator.waitForEvents(1);
  expect(errors).toEqual([]);
});
