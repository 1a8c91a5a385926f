import { expect, test, type Lab, type Tab } from '../support/lab.js';
import { createHere, flush, visit } from './identity-lab.js';

declare global {
  /** Hostile values by name; made in the page, because none of them could travel there. */
  var hostile: Record<string, unknown>;
}

/** For `tab.eval`. */
const makeHostile = (): void => {
  const cyclic: Record<string, unknown> = {};
  cyclic['self'] = cyclic;
  const refuse = (): never => {
    throw new Error('hostile');
  };
  const trap = { get: refuse, has: refuse, ownKeys: refuse, getPrototypeOf: refuse };
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  globalThis.hostile = {
    undefined,
    null: null,
    true: true,
    zero: 0,
    NaN,
    Infinity,
    negative: -1,
    BigInt: 10n,
    symbol: Symbol('hostile'),
    function: refuse,
    class: Map,
    cyclic,
    'throwing getter': Object.defineProperty({}, 'x', { enumerable: true, get: refuse }),
    'throwing Proxy': new Proxy({}, trap),
    'throwing function Proxy': new Proxy(() => 1, { ...trap, apply: refuse }),
    'revoked Proxy': revoked.proxy,
    'throwing toString': { toString: refuse, valueOf: refuse, toJSON: refuse },
    'no prototype': Object.create(null),
    '10 MB': 'x'.repeat(10_000_000),
    'length 3': { length: 3 },
    __proto__: null,
    'own __proto__': JSON.parse('{"__proto__":{"polluted":true}}'),
    emoji: '😀',
    'lone surrogate': '\ud800',
    date: new Date(),
    'no date': new Date(NaN),
    map: new Map([['a', new Map()]]),
    set: new Set([1]),
    list: [[[[]]]],
    'long list': Array.from({ length: 10_000 }, () => 1),
    text: 'text',
    blank: ' ',
    verb: '$identify',
    window,
    element: document.documentElement,
    promise: Promise.resolve(1),
    error: new Error('hostile'),
    regexp: /x/g,
    typed: new Float64Array(3),
  };
};

/** Calls every method of the tracker with every hostile value, in every place; what threw. For `tab.eval`. */
const callEverything = async (): Promise<string[]> => {
  const thrown: string[] = [];
  type Method = (...args: unknown[]) => unknown;
  const parts: Record<string, object> = {
    tracker,
    people: tracker.people,
    group: tracker.group('company', 'acme'),
  };
  for (const [partName, part] of Object.entries(parts)) {
    for (const [name, method] of Object.entries(part) as [string, unknown][]) {
      if (typeof method !== 'function' || name === 'shutdown' || name === 'optOut') continue;
      for (const [valueName, value] of Object.entries(hostile)) {
        const isSlow = name === 'flush' || valueName === '10 MB';
        const forms = [[value], ['name', value], [{ value }], [value, value], []];
        for (const args of isSlow ? forms.slice(0, 2) : forms)
          try {
            // Nobody waits for the network of all these calls here.
            const result = (method as Method)(...args);
            if (name !== 'flush') await result;
          } catch (error) {
            thrown.push(`${partName}.${name}(${valueName}): ${String(error)}`);
          }
        // What was registered goes with every event, until now.
        tracker.reset();
      }
    }
  }
  for (const name of ['deviceId', 'userId', 'distinctId'] as const)
    try {
      void tracker[name];
    } catch (error) {
      thrown.push(`${name}: ${String(error)}`);
    }
  return thrown;
};

/** What escaped into the page: uncaught errors and unhandled rejections. */
const watch = (tab: Tab): string[] => {
  const escaped: string[] = [];
  tab.page?.on('pageerror', (error) => escaped.push(String(error)));
  return escaped;
};

const trackLast = async (lab: Lab, tab: Tab) => {
  await tab.eval(() => {
    tracker.reset();
    tracker.track('Last');
  });
  // Each of the many links begins a request of its own: that takes longer than a page is usually waited for.
  await tab.eval(() => tracker.flush());
  await flush(tab);
  await lab.emulator.waitFor(({ events }) => events.some(({ event }) => event === 'Last'));
};

/** What a page may be like: run before the tracker is created, in each new document. */
const PAGES: readonly (readonly [string, (() => void) | undefined])[] = [
  ['an ordinary page', undefined],
  [
    'a page without storage',
    () => {
      const denied = {
        get: () => {
          throw new DOMException('denied', 'SecurityError');
        },
        set: () => {
          throw new DOMException('denied', 'SecurityError');
        },
      };
      Object.defineProperty(window, 'localStorage', denied);
      Object.defineProperty(window, 'indexedDB', denied);
      Object.defineProperty(document, 'cookie', denied);
    },
  ],
  [
    'a page whose console throws',
    () => {
      Object.assign(console, {
        warn: () => {
          throw new Error('hostile');
        },
      });
    },
  ],
];

for (const system of ['simplified', 'original'] as const) {
  // What a page denies has nothing to do with the system.
  for (const [name, prepare] of system === 'simplified' ? PAGES : PAGES.slice(0, 1)) {
    test(`in ${system}, on ${name}, no method throws, rejects, or harms what comes after`, async ({
      lab,
    }) => {
      // A link begins a request, and there are many: 80 s on a busy machine.
      test.setTimeout(240_000);
      await lab.emulator.reset({ token: 'T', system });
      const tab = await lab.tab('/plain.html');
      if (prepare) await tab.page?.addInitScript(prepare);
      await visit(lab, system, { tab, options: { flushIntervalMs: 60_000 } });
      const escaped = watch(tab);
      await tab.eval(makeHostile);
      expect(await tab.eval(callEverything)).toEqual([]);
      await trackLast(lab, tab);
      expect(await tab.eval(() => Reflect.get({}, 'polluted') === undefined)).toBe(true);
      await tab.eval(() => {
        tracker.shutdown();
        tracker.track('After The End');
        void tracker.flush();
      });
      expect(escaped).toEqual([]);
    });
  }
}

test('everything sendable arrives intact', async ({ lab }) => {
  const tab = await visit(lab, 'simplified');
  const sent = await tab.eval(() => {
    const sendable = {
      text: 'x',
      long: 'é'.repeat(255),
      emoji: '😀👩‍👩‍👧',
      'sign & + % = #': '100% & a+b = "c" <d> \\ / ; ? #',
      'line\u2028breaks': 'a\r\nb\tc\u2028d\u0000e',
      lone: 'a\ud800b',
      number: 1.5,
      big: 9_007_199_254_740_991,
      small: 5e-324,
      truth: false,
      nothing: null,
      empty: '',
      length: 3,
      list: [1, 'two', [3]],
      object: { a: { b: [1] } },
      constructor: 'mine',
      hasOwnProperty: 'mine',
    };
    tracker.track('Intact', {
      ...sendable,
      date: new Date(Date.UTC(2026, 0, 2)),
      map: new Map<string, unknown>([['a', new Set([1])]]),
      bad: 10n,
      left: undefined,
    });
    tracker.track('Own', JSON.parse('{"__proto__":{"polluted":true},"after":1}'));
    return JSON.stringify(sendable);
  });
  await flush(tab);
  const [intact, own] = await lab.emulator.waitForEvents(2);
  expect(intact?.properties).toMatchObject({
    ...(JSON.parse(sent) as Record<string, unknown>),
    date: '2026-01-02T00:00:00.000Z',
    map: { a: [1] },
  });
  expect(intact?.properties).not.toHaveProperty('bad');
  expect(intact?.properties).not.toHaveProperty('left');
  expect(own?.properties['after']).toBe(1);
  expect(Object.entries(own?.properties ?? {})).toContainEqual(['__proto__', { polluted: true }]);
  expect(await tab.eval(() => told.map(({ code, detail }) => [code, detail]))).toEqual([
    ['unserializable-property', 'bad'],
  ]);
});

test('what the caller gave is not changed, and may change afterwards', async ({ lab }) => {
  const tab = await visit(lab, 'simplified');
  await tab.eval(() => {
    const properties = Object.freeze({ list: Object.freeze([1]), when: new Date(0) });
    tracker.track('Frozen', properties);
    const changing = { list: [1] };
    tracker.track('Changing', changing);
    changing.list.push(2);
  });
  await flush(tab);
  const [, changing] = await lab.emulator.waitForEvents(2);
  expect(changing?.properties['list']).toEqual([1]);
});

test('an event too large to be sent is dropped with its reason, and the next arrives', async ({
  lab,
}) => {
  const tab = await visit(lab, 'simplified');
  await tab.eval(() => {
    tracker.track('Too Large', { text: 'x'.repeat(10_000_000) });
    tracker.track('Next');
  });
  await flush(tab);
  expect((await lab.emulator.waitForEvents(1)).map(({ event }) => event)).toEqual(['Next']);
  expect(await tab.eval(() => [told.map(({ code }) => code), tracker.stats().dropped])).toEqual([
    ['event-too-large'],
    { 'event-too-large': 1 },
  ]);
});

const FETCHES: readonly (readonly [string, () => void])[] = [
  [
    'throws at once',
    () =>
      Object.assign(window, {
        fetch: () => {
          throw new Error('hostile');
        },
      }),
  ],
  ['is gone', () => Object.assign(window, { fetch: undefined })],
  ['answers rubbish', () => Object.assign(window, { fetch: () => 7 })],
  [
    'answers with an answer that throws',
    () =>
      Object.assign(window, {
        fetch: () =>
          Promise.resolve({
            text() {
              throw new Error('hostile');
            },
          }),
      }),
  ],
];
for (const [name, replace] of FETCHES) {
  test(`where fetch ${name} nothing is lost: the next visit delivers`, async ({ lab }) => {
    const tab = await lab.tab('/blank.html');
    const escaped = watch(tab);
    await tab.eval(replace);
    await tab.eval(createHere, { apiHost: lab.net.url });
    await tab.eval(() => {
      tracker.track('One');
      tracker.track('Two');
    });
    expect(await tab.eval(() => tracker.flush())).toMatchObject({ delivered: 0, kept: 2 });
    expect(escaped).toEqual([]);
    await visit(lab, 'simplified', { tab });
    await flush(tab);
    const events = await lab.emulator.waitForEvents(2);
    expect(events.map(({ event }) => event)).toEqual(['One', 'Two']);
  });
}

test('an onError that throws, or calls the tracker, harms nothing', async ({ lab }) => {
  const tab = await lab.tab('/blank.html');
  const escaped = watch(tab);
  await tab.eval((apiHost) => {
    globalThis.tracker = createTracker('T', {
      apiHost,
      onError: () => {
        throw new Error('hostile');
      },
    });
    tracker.identify('');
    tracker.track('');
    tracker.track('One', { bad: 1n });
    const again = createTracker('T', { apiHost, onError: () => again.track('') });
    again.track('');
    again.track('Two');
  }, lab.net.url);
  const events = await lab.emulator.waitForEvents(2);
  expect(events.map(({ event }) => event).toSorted()).toEqual(['One', 'Two']);
  expect(escaped).toEqual([]);
});

test('a beforeSend that throws or returns rubbish costs its event alone, and never an identity', async ({
  lab,
}) => {
  await lab.emulator.reset({ token: 'T', system: 'original' });
  const tab = await lab.tab('/blank.html');
  const escaped = watch(tab);
  await tab.eval((apiHost) => {
    globalThis.told = [];
    const refuse = (): never => {
      throw new Error('hostile');
    };
    const answers: Record<string, () => unknown> = {
      Throws: refuse,
      Nothing: () => undefined,
      Null: () => null,
      Text: () => 'rubbish',
      Proxy: () => new Proxy({}, { get: refuse }),
      Nameless: () => ({ properties: {} }),
      Async: async () => refuse(),
    };
    globalThis.tracker = createTracker('T', {
      apiHost,
      idMerge: 'original',
      onError: (error) => told.push(error),
      beforeSend: (draft) => (answers[draft.event] ? (answers[draft.event]?.() as null) : draft),
    });
    tracker.track('Before');
    for (const name of Object.keys(answers)) tracker.track(name);
    tracker.identify('U1');
    tracker.track('After');
  }, lab.net.url);
  await flush(tab);
  const { events, clusters } = await lab.emulator.state();
  expect(events.map(({ event }) => event)).toEqual(['Before', '$identify', 'After']);
  expect(clusters).toHaveLength(1);
  expect(await tab.eval(() => told.map(({ code }) => code))).toEqual([
    'before-send-failed',
    'before-send-dropped',
    'before-send-dropped',
    'before-send-failed',
    'before-send-failed',
    'before-send-failed',
    'before-send-failed',
  ]);
  expect(escaped).toEqual([]);
});
