import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, type Tab } from '../../support/lab.js';
import { trackSteps } from '../../support/steps.js';
import {
  allOfOneUser,
  COME_BACK_LATER,
  denyDatabase,
  hangDatabase,
  type FaultRow,
  type Scene,
} from '../scene.js';

/** Tracks 40 steps on a page whose storage is broken before the tracker is made, with the service out of reach. */
async function trackBroken({ lab, open, track }: Scene, breakIt: () => void): Promise<Tab> {
  await lab.net.set('refuse');
  const tab = await open();
  await tab.eval(breakIt);
  await track(tab, 20);
  await track(tab, 20);
  return tab;
}

const broken = (name: string, breakIt: () => void): FaultRow => ({
  name,
  tracked: 40,
  async stage(scene) {
    const tab = await trackBroken(scene, breakIt);
    await scene.lab.net.set('pass');
    return [tab];
  },
});

/** The same for a database, and the page is gone before the service is back: what localStorage holds is all there is. */
const brokenDatabase = (name: string, breakIt: () => void): FaultRow[] => [
  broken(name, breakIt),
  {
    name: `${name}; page closed`,
    tracked: 40,
    // Its beacon may come late.
    ambiguousCount: 40,
    async stage(scene) {
      const tab = await trackBroken(scene, breakIt);
      await tab.close();
    },
  },
];

/** The oldest end with a reason, whether they come one by one or all at once. */
const FULL_ROW: FaultRow = {
  name: 'more queued than maxQueueCount allows',
  tracked: 200,
  dropped: 150,
  async stage({ lab, open, options, track }) {
    await lab.net.set('refuse');
    const tab = await open();
    await track(tab, 40, { options: { ...options, maxQueueCount: 50 } });
    for (let task = 0; task < 4; task++) await track(tab, 10);
    await track(tab, 120);
    await tab.until(() => tracker.flush().then(({ kept }) => kept === 50));
    expect(await tab.eval(() => tracker.stats().dropped)).toEqual({ 'queue-full': 150 });
    return [tab];
  },
  check({ events }) {
    const oldest = Math.min(...events.map(({ properties }) => Number(properties['n'])));
    expect(oldest).toBe(150);
  },
};

/** The page has been without a network for longer than the service takes events. */
const OLD_ROW: FaultRow = {
  name: 'undelivered for six days',
  tracked: 40,
  dropped: 20,
  async stage({ lab, open, track }) {
    await lab.net.set('refuse');
    const tab = await open();
    await tab.eval(() => {
      const rightNow = Date.now;
      Date.now = () => rightNow() - (Reflect.has(window, 'isClockRight') ? 0 : 6 * 86_400_000);
    });
    await track(tab, 20);
    await tab.until(() => tracker.stats().stored === 20);
    await tab.eval(() => {
      Object.assign(window, { isClockRight: true });
    });
    await track(tab, 20);
    await lab.net.set('pass');
    await tab.until(() => tracker.flush().then(({ kept }) => kept === 0));
    expect(await tab.eval(() => tracker.stats().dropped)).toEqual({ 'too-old': 20 });
    return [tab];
  },
  check({ dropped }) {
    expect(dropped).toEqual([]);
  },
};

/** What is acknowledged must not be found by the next page, where the rest of its task is still to be delivered. */
const HALF_SETTLED_ROW: FaultRow = {
  name: 'IndexedDB denied, signed in half-way; gone when the first half is acknowledged',
  tracked: 2,
  ambiguousCount: 1,
  async stage({ lab, open, track }) {
    const tab = await open();
    await tab.eval(denyDatabase);
    await lab.emulator.faults([{ path: '/track', delayMs: 1_000, times: 1 }]);
    await track(tab, 2, { signInBefore: 1 });
    await lab.emulator.waitForEvents(1);
    await lab.emulator.faults([COME_BACK_LATER]);
    await tab.until(() => tracker.stats().delivered === 1);
    await lab.emulator.waitFor(({ requests }) => requests.some(({ status }) => status === 503));
    await lab.emulator.faults([]);
    await tab.leave('/plain.html');
    await lab.emulator.waitForEvents(2);
  },
  check(state) {
    allOfOneUser(state);
    const copies = state.events.filter(({ properties }) => properties['n'] === 0);
    expect(copies).toHaveLength(1);
  },
};

/** The profile of a browser that crashed, or whose disk was full: one large value is lost, and its key is not. */
const LOST_VALUE_ROW: FaultRow = {
  name: 'a large event whose value was lost from the database',
  tracked: 42,
  dropped: 1,
  isPersistent: true,
  cannot: {
    firefox: 'it keeps values of this size in the database itself',
    webkit: 'it keeps values of this size in the database itself',
  },
  async stage({ lab, open, track, warm }) {
    await lab.net.set('refuse');
    const tab = await open();
    await warm(tab);
    await track(tab, 20);
    await tab.eval(() => {
      const random = crypto.getRandomValues(new Uint8Array(60_000));
      tracker.track('Step', { n: 41, page: 'tab 1', large: random.join() });
    });
    await track(tab, 20);
    await tab.until(() => tracker.stats().stored === 42);
    await lab.kill();
    await removeLargeValues(lab.folder);
    await lab.relaunch();
    await lab.net.set('pass');
    const next = await open();
    await track(next, 0);
    await lab.emulator.waitForEvents(41, { timeoutMs: 20_000 });
    await next.until(() => tracker.flush().then(({ kept }) => kept === 0));
    expect(await next.eval(() => tracker.stats().dropped)).toEqual({ 'corrupt-record': 1 });
    return [next];
  },
};

async function removeLargeValues(profile: string): Promise<void> {
  const paths = await readdir(profile, { recursive: true });
  const lost = paths.filter((path) => /\.indexeddb\.blob\/.*\/[\da-f]+$/.test(path));
  expect(lost).not.toEqual([]);
  for (const path of lost) await rm(join(profile, path), { recursive: true, force: true });
}

/** Something happens to the database while it is full and in use; what it held must arrive with the page gone. */
const disturbed = (name: string, disturb: (other: Tab) => Promise<void>): FaultRow => ({
  name,
  tracked: 41,
  // The page is closed in the end: its beacon may come late.
  ambiguousCount: 41,
  async stage({ lab, open, track, warm }: Scene) {
    await lab.net.set('refuse');
    const tab = await open();
    await warm(tab);
    await track(tab, 20);
    await tab.until(() => tracker.stats().stored >= 21);
    await disturb(await open('/plain.html'));
    await track(tab, 20);
    await tab.until(() => tracker.stats().stored >= 41);
    await tab.close();
  },
});

/** What is delivered cannot be taken out of the database, and must neither be sent again nor stand in the way. */
const UNDELETABLE_ROW: FaultRow = {
  name: 'nothing can be deleted from IndexedDB, signed in half-way',
  tracked: 41,
  async stage({ lab, open, track, warm }) {
    const tab = await open();
    await warm(tab);
    await tab.eval(() => {
      const { prototype } = IDBObjectStore;
      const original = prototype.delete;
      prototype.delete = function (...args) {
        if (document.title !== 'mended') throw new DOMException('No space', 'QuotaExceededError');
        return original.apply(this, args);
      };
    });
    await track(tab, 20, { signInBefore: 11 });
    await tab.until(() => tracker.stats().delivered === 21);
    await track(tab, 20);
    await tab.until(() => tracker.stats().delivered === 41);
    await tab.until(() => tracker.flush().then(({ kept }) => kept === 0));
    expect((await lab.emulator.state()).events).toHaveLength(41);
    await tab.eval(() => {
      document.title = 'mended';
    });
    return [tab];
  },
  check: allOfOneUser,
};

/** Storage is full, denied, broken, or taken away. */
export const STORAGE_ROWS: readonly FaultRow[] = [
  FULL_ROW,
  OLD_ROW,
  ...brokenDatabase('storage quota exhausted: every write to IndexedDB refused', () => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('No space', 'QuotaExceededError');
    };
  }),
  ...brokenDatabase(
    'storage quota exhausted: every write to IndexedDB undone at its commit',
    () => {
      IDBTransaction.prototype.commit = function (this: IDBTransaction) {
        this.abort();
      };
    },
  ),
  UNDELETABLE_ROW,
  ...brokenDatabase('IndexedDB denied', denyDatabase),
  HALF_SETTLED_ROW,
  LOST_VALUE_ROW,
  ...brokenDatabase('IndexedDB not there', () => {
    Object.defineProperty(window, 'indexedDB', { value: undefined });
  }),
  ...brokenDatabase('IndexedDB never answers', hangDatabase),
  broken('localStorage full', () => {
    for (let size = 2 ** 20; size >= 1; size /= 2)
      for (let index = 0; index < 20; index++)
        try {
          localStorage.setItem(`full-${size}-${index}`, 'x'.repeat(size));
        } catch {
          // This much no longer fits: on with less.
          break;
        }
  }),
  broken('every way to storage throws', () => {
    const denied = {
      get: () => {
        throw new DOMException('Denied', 'SecurityError');
      },
    };
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB'])
      Object.defineProperty(window, name, denied);
    Object.defineProperty(document, 'cookie', { ...denied, set: denied.get });
  }),
  disturbed('database deleted by another tab', (other) =>
    other.eval(
      () =>
        new Promise<void>((resolve, reject) => {
          const deleting = indexedDB.deleteDatabase('waymark:T');
          deleting.onsuccess = () => resolve();
          deleting.onerror = () => reject(new Error('not deleted'));
        }),
    ),
  ),
  disturbed('version of the database raised by another tab', (other) =>
    other.eval(
      () =>
        new Promise<void>((resolve, reject) => {
          const opening = indexedDB.open('waymark:T', 99);
          opening.onsuccess = () => {
            opening.result.close();
            resolve();
          };
          opening.onerror = () => reject(new Error('not opened'));
        }),
    ),
  ),
  disturbed('rubbish in the database', (other) =>
    other.eval(
      () =>
        new Promise<void>((resolve, reject) => {
          const opening = indexedDB.open('waymark:T');
          opening.onerror = () => reject(new Error('not opened'));
          opening.onsuccess = () => {
            const transaction = opening.result.transaction('records', 'readwrite');
            const records = transaction.objectStore('records');
            const id = '01900000-0000-7000-8000-00000000000';
            for (const [index, value] of [7, null, {}, { path: '/track/' }, 'text'].entries())
              records.put(value, `${id}${index}`);
            records.put({ id: 'x', path: '/track/', payload: '{"event":' }, 'x');
            transaction.oncomplete = () => {
              opening.result.close();
              resolve();
            };
          };
        }),
    ),
  ),
  {
    name: 'page left while another tab keeps the database busy',
    tracked: 21,
    ambiguousCount: 21,
    async stage({ lab, open, track, warm }) {
      await lab.net.set('refuse');
      const tab = await open();
      await warm(tab);
      const other = await open('/plain.html');
      await other.eval(occupyDatabase);
      await tab.eval(() => {
        tracker.identify('user-1');
        tracker.people.increment('visits');
      });
      await track(tab, 20);
      await tab.leave('/plain.html');
      await other.eval(() => {
        Reflect.set(window, 'isDone', true);
      });
      await lab.net.set('pass');
      const next = await open();
      await track(next, 0);
      // What may not be said twice is taken over ten seconds later, when it is sure that the first page is gone.
      await lab.emulator.waitFor(({ profiles }) => !!profiles['user-1'], { timeoutMs: 20_000 });
      return [next];
    },
    check(state) {
      allOfOneUser(state);
      expect(state.profiles['user-1']).toMatchObject({ visits: 1 });
    },
  },
  {
    name: '10,000 queued',
    tracked: 10_000,
    // All of it leaves by beacon where the browser takes as many, as Firefox does.
    ambiguousCount: 10_000,
    limitMs: 90_000,
    async stage({ lab, open, track }) {
      await lab.net.set('refuse');
      const tab = await open();
      for (let task = 0; task < 20; task++) await track(tab, 500);
      await tab.until(() => tracker.stats().stored >= 10_000);
      await tab.close();
      await lab.net.set('pass');
      const next = await open();
      await next.eval(trackSteps, { options: { apiHost: lab.net.url }, count: 0 });
      await lab.emulator.waitForEvents(10_000, { timeoutMs: 20_000 });
      return [next];
    },
  },
];

/** Holds a transaction open, so that no other page can write, until `window.isDone`. For `tab.eval`. */
const occupyDatabase = () =>
  new Promise<void>((resolve, reject) => {
    const opening = indexedDB.open('waymark:T');
    opening.onerror = () => reject(new Error('not opened'));
    opening.onsuccess = () => {
      const transaction = opening.result.transaction('records', 'readwrite');
      transaction.oncomplete = () => opening.result.close();
      const records = transaction.objectStore('records');
      const goOn = () => {
        resolve();
        if (!Reflect.get(window, 'isDone')) records.get('none').onsuccess = goOn;
      };
      records.get('none').onsuccess = goOn;
    };
  });
