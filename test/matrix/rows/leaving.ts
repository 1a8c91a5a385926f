import { setTimeout as wait } from 'node:timers/promises';

import { expect } from '../../support/lab.js';
import { openAndClose } from '../../support/steps.js';
import { allOfOneUser, COME_BACK_LATER, denyDatabase, type FaultRow } from '../scene.js';

const closedInTask = (count: number): FaultRow => ({
  name: `tab closed in the task that tracked ${count}`,
  tracked: count,
  ambiguousCount: count,
  async stage({ open, options }) {
    const opener = await open('/plain.html');
    await opener.eval(openAndClose, { options, count });
  },
});

const navigated = (where: string, host: string): FaultRow => ({
  name: `gone to ${where} in the task that tracked`,
  tracked: 20,
  // A request that is under way when the page goes, and a beacon for what it may not have got out.
  ambiguousCount: 40,
  async stage({ lab, open, track }) {
    const tab = await open();
    const leaveTo = `${lab.site.urlOf(host)}/plain.html`;
    await track(tab, 20, { leaveTo });
    await tab.until((url) => location.href === url, leaveTo);
  },
});

/** Tracks ten steps in each of the two events that a page gets when it goes. For `tab.eval`. */
const trackWhenLeaving = (first: number): void => {
  let n = first;
  const trackTen = (): void => {
    for (const end = n + 10; n < end; n++) tracker.track('Step', { n, page: 'tab 1' });
  };
  addEventListener('pagehide', trackTen, { once: true });
  document.addEventListener('visibilitychange', trackTen, { once: true });
};

const TRACKED_WHEN_LEAVING_ROW: FaultRow = {
  name: 'tracked by the page as it goes, in pagehide and visibilitychange',
  tracked: 21,
  ambiguousCount: 21,
  async stage({ lab, open, warm }) {
    const tab = await open();
    await warm(tab);
    await tab.eval(trackWhenLeaving, 1);
    const leaveTo = `${lab.site.url}/plain.html`;
    await tab.leave(leaveTo);
  },
};

/** The next page takes over what was tracked as the page went, and signs in; the page comes back with its own copy. */
const BACK_ROW: FaultRow = {
  name: 'tracked as the page goes, signed in on the next one, and back again',
  tracked: 23,
  ambiguousCount: 21,
  async stage({ lab, open, track, warm }) {
    const tab = await open();
    await warm(tab);
    await tab.eval(trackWhenLeaving, 1);
    await tab.leave('/blank.html?next');
    await track(tab, 1, { first: 21, signInBefore: 21 });
    await tab.until(() => tracker.flush().then(({ kept }) => kept === 0));
    await tab.back();
    await track(tab, 1, { first: 22 });
    await lab.emulator.waitForEvents(23);
    return [tab];
  },
  check: allOfOneUser,
};

/** IndexedDB opens when `window.openLateDatabase` is called. For `tab.eval`. */
const delayDatabase = (): void => {
  const { prototype } = IDBFactory;
  const { open } = prototype;
  prototype.open = function (...args) {
    const promised = { result: undefined as unknown } as Partial<IDBOpenDBRequest>;
    Reflect.set(window, 'openLateDatabase', () => {
      const request = open.apply(indexedDB, args);
      const passOn = (name: 'onsuccess' | 'onupgradeneeded') => (event: Event) => {
        Object.assign(promised, { result: request.result });
        promised[name]?.call(request, event as IDBVersionChangeEvent);
      };
      request.onsuccess = passOn('onsuccess');
      request.onupgradeneeded = passOn('onupgradeneeded');
    });
    return promised as IDBOpenDBRequest;
  };
};

/** The next page takes over what this one waits to store, and signs in; then the write goes on that was waiting. */
const BACK_TO_LATE_DATABASE_ROW: FaultRow = {
  name: 'gone before the database was open, signed in on the next page, back when it opens',
  tracked: 4,
  cannot: { firefox: 'it does not keep a page that holds a lock in its back-forward cache' },
  async stage({ lab, open, track }) {
    const tab = await open();
    await lab.net.set('refuse');
    await tab.eval(delayDatabase);
    await track(tab, 1);
    await tab.leave('/blank.html?next');
    await lab.net.set('pass');
    await track(tab, 1, { signInBefore: 1 });
    await tab.until(() => tracker.flush().then(({ kept }) => kept === 0));
    await tab.back();
    await tab.eval(() => {
      (Reflect.get(window, 'openLateDatabase') as () => void)();
    });
    await track(tab, 1);
    await tab.until(() => tracker.flush().then(({ kept }) => kept === 0));
    await track(tab, 1);
    await lab.emulator.waitForEvents(4);
    return [tab];
  },
  check: allOfOneUser,
};

/** The next page takes over the event at once, and leaves what may not be said twice to the first, which comes back. */
const BACK_TO_HALF_ROW: FaultRow = {
  name: 'event, sign-in, increment without a database; gone, and back before all was taken over',
  tracked: 2,
  async stage({ lab, open, options, track }) {
    const tab = await open();
    await lab.net.set('refuse');
    await tab.eval(denyDatabase);
    await tab.eval((options) => {
      globalThis.tracker = createTracker('T', options);
      tracker.track('Step', { n: 0, page: 'tab 1' });
      tracker.identify('user-1');
      tracker.people.increment('visits');
    }, options);
    // Firefox does not keep a page with a request under way.
    await tab.eval(() => tracker.flush());
    await tab.leave('/blank.html?next');
    await lab.net.set('pass');
    await track(tab, 1, { first: 1 });
    await lab.emulator.waitForEvents(2);
    await tab.back();
    await tab.eval(() => tracker.flush());
    await lab.emulator.waitFor(({ profiles }) => !!profiles['user-1']);
    return [tab];
  },
  check(state) {
    allOfOneUser(state);
    expect(state.profiles['user-1']).toMatchObject({ visits: 1 });
  },
};

/** The next page takes over the last event alone: it must not overtake what the first page has in the database. */
const TAKEN_OVER_ROW: FaultRow = {
  name: 'answer cut, signed in, tracked as the page goes; the next page is left at once',
  tracked: 22,
  ambiguousCount: 20,
  async stage({ lab, open, track }) {
    await lab.emulator.faults([{ path: '/track', cut: 'after', times: 1 }]);
    const tab = await open();
    await track(tab, 20);
    await lab.emulator.waitForEvents(20);
    await lab.emulator.faults([COME_BACK_LATER]);
    await track(tab, 1, { signInBefore: 20 });
    await tab.until(() => tracker.stats().stored === 21);
    await tab.eval(() => {
      addEventListener('pagehide', () => tracker.track('Step', { n: 21, page: 'tab 1' }));
    });
    await tab.leave('/blank.html?next');
    await track(tab, 0);
    await tab.until(() => tracker.flush().then(() => tracker.stats().pending > 0));
    await lab.emulator.faults([]);
    await tab.leave('/plain.html');
  },
  check: allOfOneUser,
};

/** Half of it was tracked before the visitor signed in: that half alone may leave by beacon. */
const SIGNED_IN_ROW: FaultRow = {
  name: 'signed in half-way, and gone in the same task',
  tracked: 20,
  ambiguousCount: 20,
  async stage({ lab, open, track }) {
    const tab = await open();
    const leaveTo = `${lab.site.url}/plain.html`;
    await track(tab, 20, { signInBefore: 10, leaveTo });
    await tab.until((url) => location.href === url, leaveTo);
  },
  check: allOfOneUser,
};

/** What may not be said twice is staged, with an event before it, by a page whose database is not open yet. */
const FIRST_VISIT_ROW: FaultRow = {
  name: 'first visit ever: event, sign-in, increment, gone in the same task',
  tracked: 2,
  ambiguousCount: 2,
  async stage({ lab, open, options }) {
    const tab = await open();
    const next = `${lab.site.url}/blank.html?welcome`;
    // A busy machine lets the page live long enough to send it, and to die before the answer.
    await lab.emulator.faults([{ path: '/engage', status: 503 }]);
    await tab.eval(
      ({ options, next }) => {
        globalThis.tracker = createTracker('T', options);
        tracker.track('Step', { n: 0, page: 'tab 1' });
        tracker.identify('user-1');
        tracker.people.increment('visits');
        location.href = next;
      },
      { options, next },
    );
    await tab.until((url) => location.href === url && 'createTracker' in window, next);
    await lab.emulator.faults([]);
    await tab.eval((options) => {
      globalThis.tracker = createTracker('T', options);
      tracker.track('Step', { n: 1, page: 'tab 1' });
    }, options);
    // Another page may send it ten seconds later, when it is sure that the first one is gone.
    await lab.emulator.waitFor(({ profiles }) => !!profiles['user-1'], { timeoutMs: 20_000 });
    return [tab];
  },
  check(state) {
    allOfOneUser(state);
    expect(state.profiles['user-1']).toMatchObject({ visits: 1 });
  },
};

interface Login {
  readonly name: string;
  readonly delayMs: number;
  /** Whether what was tracked before is acknowledged when the handler runs. */
  readonly isQuiet: boolean;
}

const login = ({ name, delayMs, isQuiet }: Login): FaultRow => ({
  name,
  tracked: 3,
  ambiguousCount: 3,
  async stage({ lab, open, options, track }) {
    const tab = await open();
    await track(tab, 1);
    if (isQuiet) await tab.until(() => tracker.flush().then(({ kept }) => kept === 0));
    lab.site.answer('/blank.html', { after: wait(delayMs) });
    const next = `${lab.site.url}/blank.html?welcome`;
    await tab.eval((next) => {
      tracker.identify('user-1');
      tracker.people.set({ plan: 'pro' });
      tracker.track('Step', { n: 1, page: 'tab 1' });
      location.href = next;
    }, next);
    await tab.until((url) => location.href === url && 'createTracker' in window, next);
    await tab.eval((options) => {
      globalThis.tracker = createTracker('T', options);
      tracker.track('Step', { n: 2, page: 'tab 1' });
    }, options);
    return [tab];
  },
  check(state) {
    allOfOneUser(state);
    expect(state.profiles['user-1']).toMatchObject({ plan: 'pro' });
  },
});

/** The page goes in the very task that tracks. */
export const LEAVING_ROWS: readonly FaultRow[] = [
  ...[1, 2, 20, 500].map(closedInTask),
  navigated('the same site', '127.0.0.1'),
  navigated('another site', 'shop.localhost'),
  TRACKED_WHEN_LEAVING_ROW,
  BACK_ROW,
  BACK_TO_LATE_DATABASE_ROW,
  BACK_TO_HALF_ROW,
  TAKEN_OVER_ROW,
  SIGNED_IN_ROW,
  FIRST_VISIT_ROW,
  ...[0, 100, 400].map((delayMs) =>
    login({
      name: `login handler: identify, profile, event, gone; next page after ${delayMs} ms`,
      delayMs,
      isQuiet: true,
    }),
  ),
  login({
    name: 'login handler while an anonymous event is under way',
    delayMs: 0,
    isQuiet: false,
  }),
];
