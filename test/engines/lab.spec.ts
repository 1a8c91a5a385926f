import { expect, test, type Lab, type Tab } from '../support/lab.js';

/** What the site received at `/collect`, by the name each request carries. */
const collected = (lab: Lab) =>
  lab.site.requests
    .filter(({ path }) => path === '/collect')
    .map(({ query }) => query.get('name') ?? '')
    .toSorted();

const sendOn = (tab: Tab, event: string, name: string) =>
  tab.eval(
    ([type, url]) => {
      addEventListener(type, () => navigator.sendBeacon(url, 'x'), { capture: true });
    },
    [event, `/collect?name=${name}`] as const,
  );

/** Longer than an answer takes on a busy machine. */
const ANSWER_LIMIT_MS = 20_000;

/** 'answered', or the name of what the browser's fetch rejected with. */
const askEmulator = (lab: Lab, tab: Tab, timeoutMs = ANSWER_LIMIT_MS) =>
  tab.eval(
    async ([url, ms]) => {
      const signal = AbortSignal.timeout(ms);
      try {
        const response = await fetch(url, { method: 'POST', body: 'data=[]', signal });
        await response.text();
        return 'answered';
      } catch (error) {
        return error instanceof Error ? error.name : String(error);
      }
    },
    [`${lab.net.url}/track/`, timeoutMs] as const,
  );

test('a tab shows the site and runs functions with arguments', async ({ lab }) => {
  const tab = await lab.tab('/plain.html');
  expect(await tab.eval(() => document.title)).toBe('A page without the client');
  expect(await tab.eval(async ({ left, right }) => left + right, { left: 20, right: 22 })).toBe(42);
  await tab.goto('/blank.html');
  await tab.eval(() => Object.assign(window, { mark: 1 }));
  await tab.reload();
  expect(await tab.eval(() => 'mark' in window)).toBe(false);
});

test('a function that throws in the page rejects in the test', async ({ lab }) => {
  const tab = await lab.tab('/plain.html');
  const failing = tab.eval(() => {
    throw new TypeError('as promised');
  });
  await expect(failing).rejects.toThrow('as promised');
});

test('tabs of one profile share storage and locks, a second profile does not', async ({ lab }) => {
  const [first, second] = [await lab.tab('/plain.html'), await lab.tab('/plain.html')];
  const neighbor = await lab.second();
  const stranger = await neighbor.tab('/plain.html');
  await first.eval(() => localStorage.setItem('who', 'first'));
  await second.until(() => localStorage.getItem('who') === 'first');
  expect(await stranger.eval(() => localStorage.getItem('who'))).toBe(null);

  await first.eval(
    () =>
      new Promise<void>((granted) => {
        void navigator.locks.request('sender', () => {
          granted();
          return new Promise(() => undefined);
        });
      }),
  );
  const isFree = () => navigator.locks.request('sender', { ifAvailable: true }, (lock) => !!lock);
  expect(await second.eval(isFree)).toBe(false);
  expect(await stranger.eval(isFree)).toBe(true);
  await first.close();
  await second.until(isFree);
  await neighbor.close();
});

test('a page that was left comes back as it was', async ({ lab }) => {
  const tab = await lab.tab('/plain.html');
  await sendOn(tab, 'pagehide', 'left');
  await tab.eval(() => Object.assign(window, { mark: 1 }));
  await tab.leave('/plain.html?next');
  await expect.poll(() => collected(lab)).toEqual(['left']);
  expect(await tab.eval(() => 'mark' in window)).toBe(false);
  await tab.back();
  expect(await tab.eval(() => 'mark' in window)).toBe(true);
});

test('a covered page is hidden and an uncovered one visible', async ({ lab }) => {
  const tab = await lab.tab('/plain.html');
  await tab.eval(() => {
    const seen: string[] = Object.assign(window, { seen: [] }).seen;
    document.addEventListener('visibilitychange', () => seen.push(document.visibilityState));
  });
  expect(await tab.eval(() => document.visibilityState)).toBe('visible');
  await tab.hide();
  await tab.show();
  await tab.until(() => String(Reflect.get(window, 'seen')) === 'hidden,visible');
});

test('a beacon sent while a tab closes arrives', async ({ lab }) => {
  const tab = await lab.tab('/plain.html');
  await sendOn(tab, 'pagehide', 'closed');
  await tab.close();
  await expect.poll(() => collected(lab)).toEqual(['closed']);
});

test('the emulator is reached across origins and through the proxy of the site', async ({
  lab,
}) => {
  const tab = await lab.tab('/plain.html');
  expect(await askEmulator(lab, tab)).toBe('answered');
  await tab.eval(() => fetch('/mp/track/?ip=1', { method: 'POST', body: 'data=[]' }).then(String));
  const { requests } = await lab.emulator.state();
  expect(requests.map(({ method, path }) => [method, path.split('?')[0]])).toEqual([
    ['POST', '/track/'],
    ['POST', '/track/'],
  ]);
});

test('one page has the client as a module, another by the script tag', async ({ lab }) => {
  await lab.emulator.reset({ token: 'TOKEN', system: 'simplified' });
  const module = await lab.tab('/blank.html');
  await module.eval((apiHost) => {
    Reflect.get(window, 'createTracker')('TOKEN', { apiHost }).track('By Module');
  }, lab.net.url);
  const scriptTag = await lab.tab('/snippet.html');
  await scriptTag.eval(() => {
    Reflect.get(window, 'waymark').track('By Script Tag');
  });
  const events = await lab.emulator.waitForEvents(2);
  expect(events.map(({ event }) => event).toSorted()).toEqual(['By Module', 'By Script Tag']);
});

for (const mode of ['refuse', 'reset', 'blackhole'] as const) {
  test(`the emulator is out of reach while the net is set to ${mode}`, async ({ lab }) => {
    const tab = await lab.tab('/plain.html');
    expect(await askEmulator(lab, tab)).toBe('answered');
    await lab.net.set(mode);
    const answer = await askEmulator(lab, tab, mode === 'blackhole' ? 300 : undefined);
    // WebKit calls a timeout an abort.
    expect(answer).toMatch(mode === 'blackhole' ? /^(Timeout|Abort)Error$/ : /^TypeError$/);
    await lab.net.set('pass');
    expect(await askEmulator(lab, tab)).toBe('answered');
  });
}

test('nothing reaches the emulator while offline', async ({ lab }) => {
  const tab = await lab.tab('/plain.html');
  await lab.offline(true);
  expect(await askEmulator(lab, tab)).toBe('TypeError');
  await lab.offline(false);
  expect(await askEmulator(lab, tab)).toBe('answered');
});

test('the site can be slow, wrong and uncached', async ({ lab }) => {
  const tab = await lab.tab('/plain.html');
  const read = () => tab.eval(() => fetch('/slow').then((response) => response.text()));
  lab.site.answer('/slow', {
    status: 503,
    body: 'later',
    headers: { 'cache-control': 'no-store' },
  });
  expect(await read()).toBe('later');
  const release = lab.site.hold('/slow');
  await tab.eval(() => {
    void fetch('/slow').then(() => Object.assign(window, { hasAnswer: true }));
  });
  await expect.poll(() => lab.site.requests.filter(({ path }) => path === '/slow')).toHaveLength(2);
  expect(await tab.eval(() => 'hasAnswer' in window)).toBe(false);
  release();
  await tab.until(() => 'hasAnswer' in window);
});

test('the site is a secure context by address and not by name', async ({ lab }) => {
  const tab = await lab.tab('/plain.html');
  expect(await tab.eval(() => isSecureContext)).toBe(true);
  await tab.goto(`${lab.site.urlOf('shop.localhost')}/plain.html`);
  expect(await tab.eval(() => [isSecureContext, location.hostname])).toEqual([
    true,
    'shop.localhost',
  ]);
  await tab.goto(`${lab.site.insecureUrl}/plain.html`);
  expect(await tab.eval(() => isSecureContext)).toBe(false);
});

test.describe('a profile on disk', () => {
  test.use({ persistent: true });

  test('keeps IndexedDB when the browser is killed and started again', async ({ lab }) => {
    const store = (value: string | null) =>
      new Promise<unknown>((resolve, reject) => {
        const opening = indexedDB.open('lab', 1);
        opening.onupgradeneeded = () => opening.result.createObjectStore('values');
        opening.onerror = () => reject(opening.error ?? new Error('not opened'));
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('values', 'readwrite');
          const values = transaction.objectStore('values');
          const reading = value === null ? values.get('key') : values.put(value, 'key');
          transaction.oncomplete = () => resolve(reading.result);
          transaction.commit();
        };
      });
    const before = await lab.tab('/plain.html');
    await before.eval(store, 'kept');
    await lab.kill();
    await lab.relaunch();
    const after = await lab.tab('/plain.html');
    expect(await after.eval(store, null)).toBe('kept');
  });
});

test('one tab crashes and the other lives', async ({ lab }) => {
  const [crashing, living] = [await lab.tab('/plain.html'), await lab.tab('/plain.html')];
  if (lab.engine === 'chromium') {
    await lab.crash(crashing);
    expect(await living.eval(() => document.title)).toBe('A page without the client');
  } else {
    await expect(lab.crash(crashing)).rejects.toThrow('Only Chromium');
  }
});
