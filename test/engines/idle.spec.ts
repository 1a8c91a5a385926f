import { expect, test, type Tab } from '../support/lab.js';
import { tallySteps, trackSteps } from '../support/steps.js';

/** Uses of what an idle tracker leaves alone, by name, and the timers that are still to fire. */
interface Uses {
  readonly counts: Record<string, number>;
  readonly timers: Set<number>;
}

declare global {
  var uses: Uses;
}

/** Counts from now on; to be called before the tracker is made. For `tab.eval`. */
const countUses = (): void => {
  const counts: Record<string, number> = {};
  const timers = new Set<number>();
  globalThis.uses = { counts, timers };
  // The driver of the browser has timers of its own in the page.
  const isClient = () => String(new Error().stack).includes('/dist/');
  const count = (name: string) => {
    if (isClient()) counts[name] = (counts[name] ?? 0) + 1;
  };

  const spy = (owner: object, name: string): void => {
    const original = Reflect.get(owner, name) as (...args: unknown[]) => unknown;
    Object.defineProperty(owner, name, {
      configurable: true,
      writable: true,
      value(this: unknown, ...args: unknown[]) {
        count(name);
        return original.apply(this, args);
      },
    });
  };
  spy(window, 'fetch');
  spy(window, 'setInterval');
  spy(window, 'requestAnimationFrame');
  spy(navigator, 'sendBeacon');
  spy(navigator.locks, 'request');
  spy(IDBFactory.prototype, 'open');
  spy(IDBDatabase.prototype, 'transaction');
  spy(IDBFactory.prototype, 'databases');
  for (const name of ['getItem', 'setItem', 'removeItem', 'key']) spy(Storage.prototype, name);
  const { keys } = Object;
  Object.keys = (of: object) => {
    if (of instanceof Storage) count('keys');
    return keys(of);
  };

  const cookie = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie');
  Object.defineProperty(document, 'cookie', {
    get: () => {
      count('cookie');
      return cookie?.get?.call(document) as string;
    },
    set: (value: string) => {
      count('cookie');
      cookie?.set?.call(document, value);
    },
  });

  const [start, stop] = [setTimeout, clearTimeout];
  const spied = (work: () => void, delayMs?: number): number => {
    if (!isClient()) return Number(start(work, delayMs));
    count('setTimeout');
    const timer = Number(
      start(() => {
        timers.delete(timer);
        work();
      }, delayMs),
    );
    timers.add(timer);
    return timer;
  };
  Object.assign(window, {
    setTimeout: spied,
    clearTimeout: (timer: number) => {
      timers.delete(timer);
      stop(timer);
    },
  });
};

/** Waits until nothing is left that could wake the page, and hands over what was used so far. */
const settle = async (tab: Tab): Promise<Record<string, number>> => {
  let before = '';
  // What was begun before it is over with it.
  await tab.eval(() => tracker.flush());
  await tab.until(() => uses.timers.size === 0);
  await expect
    .poll(async () => {
      const now = JSON.stringify(await tab.eval(() => [uses.counts, uses.timers.size]));
      const isSame = now === before;
      before = now;
      return isSame;
    })
    .toBe(true);
  return (JSON.parse(before) as [Record<string, number>])[0];
};

test('with nothing queued there is no timer, no request and no storage access', async ({ lab }) => {
  const options = { apiHost: lab.net.url };
  const tab = await lab.tab();
  await tab.eval(countUses);
  await tab.eval(trackSteps, { options, count: 0 });
  const created = await settle(tab);
  expect(created).not.toHaveProperty('fetch');
  expect(created).not.toHaveProperty('sendBeacon');
  // Else it is not the tracker that is looked at.
  expect(created).toHaveProperty('keys');
  expect((await lab.emulator.state()).requests).toEqual([]);

  await tab.eval(trackSteps, { options, count: 20 });
  await lab.emulator.waitForEvents(20);
  const delivered = await settle(tab);
  expect(delivered['fetch']).toBe(1);

  // Time goes by: many turns of the page's tasks, and more than an interval of the tracker.
  const idle = await tab.eval(
    () =>
      new Promise<[Record<string, number>, number]>((resolve) => {
        const channel = new MessageChannel();
        const started = performance.now();
        channel.port1.onmessage = () => {
          if (performance.now() - started < 1_500) channel.port2.postMessage(null);
          else resolve([uses.counts, uses.timers.size]);
        };
        channel.port2.postMessage(null);
      }),
  );
  expect(idle).toEqual([delivered, 0]);
  expect(await tab.eval(() => tracker.stats())).toMatchObject({ delivered: 20, pending: 0 });
});

test('an idle page that is left sends nothing and comes back as it was', async ({ lab }) => {
  const options = { apiHost: lab.net.url };
  const tab = await lab.tab();
  await tab.eval(trackSteps, { options, count: 5 });
  await lab.emulator.waitForEvents(5);
  // Idle is a page that also forgot what was acknowledged: until then Firefox does not keep it.
  await tab.until(() => tracker.flush().then(({ kept }) => kept === 0));
  await tab.eval(() => {
    addEventListener('pageshow', ({ persisted }) => Object.assign(window, { persisted }));
  });
  await tab.leave('/plain.html');
  await tab.back();
  await tab.until(() => Reflect.get(window, 'persisted') === true);
  expect((await lab.emulator.state()).requests).toHaveLength(1);

  await tab.eval(trackSteps, { options, first: 5, count: 5 });
  await lab.emulator.waitForEvents(10);
  await tab.until(() => tracker.stats().pending === 0);
  const { events } = await lab.emulator.state();
  expect(tallySteps(events, 10)).toMatchObject({ lost: [], duplicatesBefore: 0, outOfOrder: 0 });
});

test('a page that is left while it sends goes on when it comes back', async ({ lab }) => {
  const options = { apiHost: lab.net.url };
  const tab = await lab.tab();
  const here = await tab.eval(() => location.href);
  await tab.eval(trackSteps, { options, count: 20, leaveTo: `${lab.site.url}/plain.html` });
  await tab.until(() => location.pathname === '/plain.html' && document.readyState === 'complete');
  await lab.emulator.waitForEvents(20);
  await tab.back();
  await tab.until((url) => location.href === url && document.readyState === 'complete', here);
  // Firefox does not keep a page that held a lock when it was left, so that there it may be a new page.
  if (lab.engine !== 'firefox') await tab.until(() => tracker.stats().tracked === 20);
  await tab.eval(trackSteps, { options, first: 20, count: 20 });
  await lab.emulator.waitForEvents(40);
  await tab.until(() => tracker.stats().pending === 0);
  expect(tallySteps((await lab.emulator.state()).events, 40)).toMatchObject({
    lost: [],
    doubled: [],
    outOfOrder: 0,
  });
});
