import { expect, test, type Lab, type Tab } from '../support/lab.js';
import { deny, failures, flush, groups, idsOf, toldIn, visit, whoIs } from './identity-lab.js';

test.beforeEach(({ lab }) => lab.emulator.reset({ token: 'T', system: 'simplified' }));

/** Signs in on a page of its own; who that is. */
async function signIn(lab: Lab, options: { url?: string; cookieDomain?: string } = {}) {
  const { url, cookieDomain } = options;
  const tab = await visit(lab, 'simplified', {
    ...(url !== undefined && { url }),
    ...(cookieDomain !== undefined && { options: { cookieDomain } }),
  });
  await tab.eval(() => {
    tracker.track('Landed');
    tracker.identify('U1');
    tracker.track('Signed In');
  });
  await flush(tab);
  return { tab, who: await whoIs(tab) };
}

const cookiesOf = (tab: Tab) => tab.eval(() => document.cookie);

test('identity holds across reloads and pages', async ({ lab }) => {
  const { tab, who } = await signIn(lab);
  await visit(lab, 'simplified', { tab });
  expect(await whoIs(tab)).toEqual(who);
  expect(await whoIs(await visit(lab, 'simplified', { url: '/blank.html?other' }))).toEqual(who);
});

test('the cookie carries identity where localStorage was cleared, and heals it', async ({
  lab,
}) => {
  const { tab, who } = await signIn(lab);
  await tab.eval(() => localStorage.clear());
  await visit(lab, 'simplified', { tab });
  expect(await whoIs(tab)).toEqual(who);
  await lab.context?.clearCookies();
  await visit(lab, 'simplified', { tab });
  expect(await whoIs(tab)).toEqual(who);
  expect(await toldIn(tab)).toEqual([]);
});

test('localStorage carries identity where cookies are denied', async ({ lab }) => {
  const tab = await lab.tab('/plain.html');
  await deny(tab, ['cookie']);
  await visit(lab, 'simplified', { tab });
  await tab.eval(() => tracker.identify('U1'));
  const who = await whoIs(tab);
  await visit(lab, 'simplified', { tab });
  expect(await whoIs(tab)).toEqual(who);
  expect(await toldIn(tab)).toEqual([]);
});

test('the cookie carries identity where localStorage is denied', async ({ lab }) => {
  const tab = await lab.tab('/plain.html');
  await deny(tab, ['localStorage']);
  await visit(lab, 'simplified', { tab });
  await tab.eval(() => tracker.identify('U1'));
  const who = await whoIs(tab);
  await visit(lab, 'simplified', { tab });
  expect(await whoIs(tab)).toEqual(who);
});

test('where both are denied identity lasts as long as the page, without an exception, and events arrive', async ({
  lab,
}) => {
  const tab = await lab.tab('/plain.html');
  const errors: Error[] = [];
  tab.page?.on('pageerror', (error) => errors.push(error));
  await deny(tab, ['cookie', 'localStorage']);
  await visit(lab, 'simplified', { tab });
  const before = await whoIs(tab);
  await tab.eval(() => {
    tracker.track('Landed');
    tracker.identify('U1');
    tracker.track('Signed In');
  });
  expect(await whoIs(tab)).toEqual({ ...before, userId: 'U1', distinctId: 'U1' });
  await flush(tab);
  expect(await groups(lab)).toEqual([['Landed', 'Signed In']]);
  expect(await toldIn(tab)).toContain('identity-not-stored');
  await visit(lab, 'simplified', { tab });
  expect((await whoIs(tab)).deviceId).not.toBe(before.deviceId);
  expect(errors).toEqual([]);
});

test('in a sandboxed frame, where every storage is denied, events arrive', async ({ lab }) => {
  const tab = await lab.tab('/plain.html');
  const errors: Error[] = [];
  tab.page?.on('pageerror', (error) => errors.push(error));
  await tab.eval((apiHost) => {
    const frame = document.createElement('iframe');
    frame.setAttribute('sandbox', 'allow-scripts');
    frame.srcdoc = `<script src="${location.origin}/dist/waymark.min.js" data-token="T" data-api-host="${apiHost}"></script>
      <script>waymark.track('Framed'); waymark.identify('U1'); waymark.track('Signed In');</script>`;
    document.body.append(frame);
  }, lab.net.url);
  const events = await lab.emulator.waitForEvents(2);
  expect(events.map(({ event, distinctId }) => [event, distinctId])).toEqual([
    ['Framed', 'U1'],
    ['Signed In', 'U1'],
  ]);
  expect(errors).toEqual([]);
});

test('a cookie jar that is nearly full costs nobody their identity, nor the site its cookies', async ({
  lab,
}) => {
  const tab = await lab.tab('/plain.html');
  const fill = () => {
    for (let index = 0; index < 175; index++) document.cookie = `other${index}=x;path=/`;
  };
  await tab.eval(fill);
  const others = (await cookiesOf(tab)).split('; ').length;
  await visit(lab, 'simplified', { tab });
  await tab.eval(() => tracker.identify('U1'));
  const who = await whoIs(tab);
  expect((await cookiesOf(tab)).split('; ')).toHaveLength(others + 1);
  // The jar overflows: the browser evicts, and may evict ours.
  await tab.eval(fill);
  await tab.eval(() => {
    for (let index = 175; index < 400; index++) document.cookie = `other${index}=x;path=/`;
  });
  await visit(lab, 'simplified', { tab });
  expect(await whoIs(tab)).toEqual(who);
});

for (const suffix of ['localhost', 'co.uk', 'herokuapp.com'])
  test(`on a host of the public suffix ${suffix} the cookie stays with this host`, async ({
    lab,
  }) => {
    const urlOf = (name: string) => `${lab.site.urlOf(`${name}.${suffix}`)}/blank.html`;
    const url = urlOf('app');
    const options = { cookieDomain: suffix };
    const { tab, who } = await signIn(lab, { url, ...options });
    expect(await cookiesOf(tab)).toContain('waymark');
    await tab.eval(() => localStorage.clear());
    await visit(lab, 'simplified', { tab, url, options });
    expect(await whoIs(tab)).toEqual(who);
    expect(await toldIn(tab)).toEqual([]);

    const stranger = await visit(lab, 'simplified', { url: urlOf('other'), options });
    expect((await whoIs(stranger)).deviceId).not.toBe(who.deviceId);
    expect(await failures(lab)).toEqual([]);
  });

test('a cookieDomain of somebody else’s, or one that is rubbish, does no harm', async ({ lab }) => {
  for (const cookieDomain of ['example.com', ';;', 'a b', '']) {
    const tab = await visit(lab, 'simplified', { options: { cookieDomain } });
    await tab.eval(() => tracker.identify('U1'));
    const who = await whoIs(tab);
    await tab.eval(() => localStorage.clear());
    await visit(lab, 'simplified', { tab, options: { cookieDomain } });
    expect(await whoIs(tab), cookieDomain).toEqual(who);
  }
});

test('subdomains share a person through cookieDomain, sign-out included', async ({ lab }) => {
  const urlOf = (name: string) => `${lab.site.urlOf(`${name}.shop.localhost`)}/blank.html`;
  const cookieDomain = 'shop.localhost';
  const { tab: left, who } = await signIn(lab, { url: urlOf('www'), cookieDomain });
  const right = await visit(lab, 'simplified', { url: urlOf('app'), options: { cookieDomain } });
  expect(await whoIs(right)).toEqual(who);

  await right.eval(() => tracker.reset());
  const signedOut = await whoIs(right);
  expect(signedOut.userId).toBe(null);
  expect(await whoIs(left)).toEqual(signedOut);
  await visit(lab, 'simplified', { tab: left, url: urlOf('www'), options: { cookieDomain } });
  expect(await whoIs(left)).toEqual(signedOut);
});

test('without cookieDomain subdomains are strangers', async ({ lab }) => {
  const urlOf = (name: string) => `${lab.site.urlOf(`${name}.shop.localhost`)}/blank.html`;
  const { who } = await signIn(lab, { url: urlOf('www') });
  const right = await visit(lab, 'simplified', { url: urlOf('app') });
  expect((await whoIs(right)).deviceId).not.toBe(who.deviceId);
});

test('with persistence "memory" nothing is left behind', async ({ lab }) => {
  const tab = await visit(lab, 'simplified', { options: { persistence: 'memory' } });
  await tab.eval(() => {
    tracker.track('Landed');
    tracker.identify('U1');
    tracker.track('Signed In');
  });
  await flush(tab);
  expect(await groups(lab)).toEqual([['Landed', 'Signed In']]);
  expect(
    await tab.eval(async () => ({
      cookie: document.cookie,
      keys: Object.keys(localStorage),
      databases: (await indexedDB.databases()).map(({ name }) => name),
    })),
  ).toEqual({ cookie: '', keys: [], databases: [] });
});

test('trackers of two projects on one page are two identities', async ({ lab }) => {
  const tab = await visit(lab, 'simplified');
  const other = await tab.eval((apiHost) => {
    const second = createTracker('OTHER', { apiHost });
    tracker.identify('U1');
    return { deviceId: second.deviceId, userId: second.userId ?? null };
  }, lab.net.url);
  expect(other.userId).toBe(null);
  expect((await whoIs(tab)).deviceId).not.toBe(other.deviceId);
});

const DEVICE = '11111111-1111-4111-8111-111111111111';
const TAMPERED: readonly (readonly [string, string])[] = [
  ['cut short', `{"deviceId":"${DEVICE}"`],
  ['null', 'null'],
  [
    'a placeholder for a user',
    JSON.stringify({ deviceId: DEVICE, anonymousId: DEVICE, userId: 'null', at: 9e12 }),
  ],
  [
    'an object for a user',
    JSON.stringify({ deviceId: DEVICE, anonymousId: DEVICE, userId: {}, at: 9e12 }),
  ],
  ['a device that is no UUID', JSON.stringify({ deviceId: 'anon', anonymousId: 'anon', at: 9e12 })],
  ['a time without end', `{"deviceId":"${DEVICE}","anonymousId":"${DEVICE}","at":1e999}`],
];
for (const [name, text] of TAMPERED) {
  test(`a record that was tampered with (${name}) is replaced from the cookie`, async ({ lab }) => {
    const { tab, who } = await signIn(lab);
    await tab.eval((tampered) => {
      for (const [key, value] of Object.entries(localStorage))
        if (String(value).includes('deviceId')) localStorage.setItem(key, tampered);
    }, text);
    await visit(lab, 'simplified', { tab });
    expect(await whoIs(tab)).toEqual(who);
    await tab.eval(() => tracker.track('Went On'));
    await flush(tab);
    expect(await idsOf(lab, 'Went On')).toContain('U1');
    expect(await failures(lab)).toEqual([]);
  });
}

test('a cookie that is no encoded text is passed over, and replaced', async ({ lab }) => {
  const { tab, who } = await signIn(lab);
  await tab.eval(() => {
    const name = document.cookie.split('=')[0] ?? '';
    document.cookie = `${name}=%zz;path=/`;
  });
  await visit(lab, 'simplified', { tab });
  expect(await whoIs(tab)).toEqual(who);
  await tab.eval(() => localStorage.clear());
  await visit(lab, 'simplified', { tab });
  expect(await whoIs(tab)).toEqual(who);
});
