import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { expect, test } from 'playwright/test';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Runs a module in a Node of its own, at the root of the package; what it printed, as JSON. */
async function runInNode(source: string): Promise<unknown> {
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', source],
    { cwd: ROOT, timeout: 20_000 },
  );
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

const IMPORT = `import { createTracker, ConfigError } from 'waymark';`;
const print = (expression: string) => `console.log(JSON.stringify(${expression}));`;

/** Every method of the API, called as a page would call it. */
const EVERY_CALL = `
  tracker.track('Landed', { n: 1 });
  tracker.identify('U1');
  tracker.reset();
  tracker.alias('nick');
  tracker.register({ a: 1 });
  tracker.registerOnce({ a: 1 });
  tracker.unregister('a');
  tracker.timeEvent('Landed');
  for (const name of ['set', 'setOnce', 'increment', 'append', 'union', 'remove', 'unset', 'deleteUser'])
    tracker.people[name]('a', 1);
  tracker.setGroup('company', 'acme');
  tracker.addGroup('company', 'acme');
  tracker.removeGroup('company', 'acme');
  for (const name of ['set', 'setOnce', 'union', 'remove', 'unset', 'delete'])
    tracker.group('company', 'acme')[name]('a', 1);
`;

test('importing the package in Node does nothing, and lets the process end', async () => {
  const source = `
    const before = Object.keys(globalThis).sort().join();
    const { createTracker } = await import('waymark');
    console.log(JSON.stringify([typeof createTracker, Object.keys(globalThis).sort().join() === before]));`;
  expect(await runInNode(source)).toEqual(['function', true]);
});

test('on a server every method may be called, and none does anything', async () => {
  const source = `${IMPORT}
    let requests = 0;
    // Runtimes at the edge allow no timers at this point, and some define a window without a document.
    globalThis.window = globalThis;
    globalThis.setTimeout = () => { throw new Error('no timer'); };
    globalThis.fetch = () => { requests++; return Promise.reject(new Error('no')); };
    const tracker = createTracker('T', { apiHost: 'https://t.example' });
    ${EVERY_CALL}
    const flushed = await tracker.flush();
    const stats = tracker.stats();
    const ids = [tracker.deviceId, tracker.userId ?? null, tracker.distinctId];
    tracker.shutdown();
    ${print('{ requests, flushed, stats, ids }')}`;
  expect(await runInNode(source)).toEqual({
    requests: 0,
    flushed: { delivered: 0, kept: 0, dropped: 0 },
    stats: { tracked: 0, stored: 0, delivered: 0, pending: 0, dropped: {} },
    ids: ['', null, ''],
  });
});

test('on a server no visitor’s calls are seen by another’s tracker', async () => {
  const source = `${IMPORT}
    const [left, right] = [createTracker('T'), createTracker('T')];
    left.identify('U1');
    left.register({ secret: 1 });
    ${print('[right.userId ?? null, right.distinctId, left.userId ?? null]')}`;
  expect(await runInNode(source)).toEqual([null, '', null]);
});

test('a server that renders for many keeps nothing of a request, and sends nothing', async () => {
  const source = `${IMPORT}
    let requests = 0;
    globalThis.fetch = () => { requests++; return Promise.reject(new Error('no')); };
    // What a page has and a server may define in part: nothing is read from or written to it.
    const touched = [];
    const watched = (name) => new Proxy({}, { get: (_, key) => { touched.push(name + '.' + String(key)); } });
    for (const name of ['localStorage', 'sessionStorage', 'navigator', 'location', 'screen'])
      Object.defineProperty(globalThis, name, { configurable: true, get: () => { touched.push(name); return watched(name); } });
    const render = (user) => {
      const tracker = createTracker('T', { apiHost: '/mp' });
      ${EVERY_CALL}
      tracker.identify(user);
      return [tracker.userId ?? null, tracker.deviceId, tracker.distinctId];
    };
    const pages = [render('U1'), render('U2')];
    const timers = process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    ${print('{ pages, requests, timers, touched }')}`;
  expect(await runInNode(source)).toEqual({
    pages: [
      [null, '', ''],
      [null, '', ''],
    ],
    requests: 0,
    timers: 0,
    touched: [],
  });
});

test('a tracker on a server may be awaited, and printed', async () => {
  const source = `${IMPORT}
    import { inspect } from 'node:util';
    const tracker = createTracker('T');
    const awaited = await tracker;
    ${print('[awaited === tracker, typeof inspect(tracker)]')}`;
  expect(await runInNode(source)).toEqual([true, 'string']);
});

test('arguments are checked on a server as they are on a page, and a path is a good apiHost', async () => {
  const source = `${IMPORT}
    const codeOf = (...args) => {
      try { createTracker(...args); return 'none'; }
      catch (error) { return error instanceof ConfigError ? error.code : String(error); }
    };
    ${print(`[
      codeOf(''), codeOf(undefined), codeOf('T', { apiHost: '/mp' }), codeOf('T', { apihost: 'x' }),
      codeOf('T', { ip: 'yes' }), codeOf('T', { apiHost: 'https://t.example' }),
    ]`)}`;
  expect(await runInNode(source)).toEqual([
    'missing-token',
    'missing-token',
    'none',
    'unknown-option',
    'invalid-option',
    'none',
  ]);
});

test('the consent sources can be imported and made on a server', async () => {
  const names = await runInNode(`
    import * as sources from 'waymark/consent';
    const made = Object.entries(sources).map(([name, source]) => [name, typeof source('c:x')]);
    ${print('made')}`);
  expect(names).toEqual(
    [
      'c15t',
      'consentMode',
      'cookieConsent',
      'cookiebot',
      'didomi',
      'gpp',
      'klaro',
      'mkdocsMaterial',
      'oneTrust',
      'tcf',
    ].map((name) => [name, 'function']),
  );
});
