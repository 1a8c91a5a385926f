import { expect, test } from 'playwright/test';

import { ConfigError } from '../../src/errors.js';
import { resolveOptions, type TrackerOptions } from '../../src/options.js';

const PAGE = 'https://shop.example/cart/?item=1';

/** What `createTracker` would throw on a page. */
function refusal(
  token: unknown,
  options?: unknown,
  pageUrl: string | undefined = PAGE,
): ConfigError {
  try {
    resolveOptions(token, options as TrackerOptions, pageUrl);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('Nothing was refused.');
}

const hostOf = (apiHost: string, pageUrl: string | undefined = PAGE) =>
  resolveOptions('T', { apiHost }, pageUrl).apiHost;

test('without options the defaults are those that the documentation names', () => {
  expect(resolveOptions('T', {}, PAGE)).toMatchObject({
    apiHost: 'https://api-js.mixpanel.com',
    idMerge: 'simplified',
    persistence: 'indexeddb',
    flushIntervalMs: 1_000,
    maxBatchCount: 1_000,
    maxQueueCount: 10_000,
    ip: true,
    logLevel: 'warn',
  });
});

test('an option given as undefined is an option left out', () => {
  const options = { apiHost: undefined, idMerge: undefined, maxBatchCount: undefined };
  expect(resolveOptions('T', options as object, PAGE)).toEqual(resolveOptions('T', {}, PAGE));
});

test('the options object is left as it was', () => {
  const options = Object.freeze({ apiHost: '/mp', region: 'eu' as const });
  resolveOptions('T', options, PAGE);
  expect(options).toEqual({ apiHost: '/mp', region: 'eu' });
});

for (const token of [undefined, null, '', '  ', 'T\n', ' T', 0, {}, ['T'], () => 'T']) {
  test(`a token that is ${typeof token} ${JSON.stringify(token) ?? ''} is refused, saying what to give`, () => {
    const error = refusal(token, {});
    expect(error.code).toBe('missing-token');
    expect(error.message).toMatch(/token/);
  });
}

test('each region has its host (G-6)', () => {
  const hostIn = (region: 'us' | 'eu' | 'in') => resolveOptions('T', { region }, PAGE).apiHost;
  expect(hostIn('us')).toBe('https://api-js.mixpanel.com');
  expect(hostIn('eu')).toBe('https://api-eu.mixpanel.com');
  expect(hostIn('in')).toBe('https://api-in.mixpanel.com');
});

test('a host that is given wins over the region', () => {
  const options = { apiHost: 'https://t.example', region: 'eu' } as const;
  expect(resolveOptions('T', options, PAGE).apiHost).toBe('https://t.example');
});

const HOSTS: readonly (readonly [string, string])[] = [
  ['https://t.example', 'https://t.example'],
  ['https://t.example/', 'https://t.example'],
  ['https://t.example/mp/', 'https://t.example/mp'],
  ['https://t.example:8443//', 'https://t.example:8443'],
  ['http://127.0.0.1:8077', 'http://127.0.0.1:8077'],
  ['HTTPS://T.example', 'https://t.example'],
  ['//t.example/mp', 'https://t.example/mp'],
  ['/mp', 'https://shop.example/mp'],
  ['/mp/', 'https://shop.example/mp'],
  ['/', 'https://shop.example'],
];
for (const [given, resolved] of HOSTS) {
  test(`apiHost "${given}" becomes ${resolved}`, () => {
    expect(hostOf(given)).toBe(resolved);
  });
}

for (const apiHost of [
  '',
  ' ',
  't.example',
  't.example/mp',
  'mp',
  './mp',
  'localhost:8077',
  'ftp://t.example',
  'javascript:alert(1)',
  'data:text/plain,x',
  'https://',
  'https:/t.example',
  'http:/127.0.0.1:8077',
  'http://[',
  'https://t.example/?a=1',
  'https://t.example/#x',
  '/mp?a=1',
]) {
  test(`apiHost "${apiHost}" is refused, with what was given and an example`, () => {
    const error = refusal('T', { apiHost });
    expect(error.code).toBe('invalid-api-host');
    expect(error.message).toContain(`"${apiHost}"`);
    expect(error.message).toMatch(/https:\/\//);
  });
}

test('without a page, on a server, a path is as good an apiHost as an address', () => {
  expect(resolveOptions('T', { apiHost: 'https://t.example' }, undefined).apiHost).toBe(
    'https://t.example',
  );
  for (const apiHost of ['/mp', '//t.example'])
    expect(() => resolveOptions('T', { apiHost }, undefined), apiHost).not.toThrow();
  for (const apiHost of ['', 'mp', 'ftp://t.example'])
    expect(() => resolveOptions('T', { apiHost }, undefined), apiHost).toThrow(
      expect.objectContaining({ code: 'invalid-api-host' }),
    );
});

const NEAREST: readonly (readonly [string, string])[] = [
  ['apihost', 'apiHost'],
  ['api_host', 'apiHost'],
  ['idmerge', 'idMerge'],
  ['flushIntervall', 'flushIntervalMs'],
  ['maxbatch', 'maxBatchCount'],
  ['on_error', 'onError'],
  ['beforSend', 'beforeSend'],
  ['cookie_domain', 'cookieDomain'],
  ['persistance', 'persistence'],
  ['regoin', 'region'],
];
for (const [wrong, right] of NEAREST) {
  test(`unknown option "${wrong}" is refused, with "${right}" as the nearest`, () => {
    const error = refusal('T', { [wrong]: 1 });
    expect(error.code).toBe('unknown-option');
    expect(error.message).toContain(`"${wrong}"`);
    expect(error.message).toContain(`"${right}"`);
  });
}

test('names that every object inherits are no options', () => {
  for (const name of ['constructor', 'toString', 'hasOwnProperty'])
    expect(refusal('T', { [name]: 1 }).code, name).toBe('unknown-option');
  expect(refusal('T', JSON.parse('{"__proto__":1}')).code).toBe('unknown-option');
});

const WRONG: readonly (readonly [keyof TrackerOptions, unknown, RegExp])[] = [
  ['apiHost', 1, /string/],
  ['region', 'uk', /us, ?eu, ?in/],
  ['region', 'constructor', /us, ?eu, ?in/],
  ['idMerge', 'legacy', /simplified, ?original/],
  ['idMerge', null, /simplified, ?original/],
  ['persistence', 'cookie', /indexeddb, ?memory/],
  ['persistence', true, /indexeddb, ?memory/],
  ['cookieDomain', 1, /string/],
  ['flushIntervalMs', -1, /0/],
  ['flushIntervalMs', 1.5, /whole number/],
  ['flushIntervalMs', '1000', /whole number/],
  ['flushIntervalMs', NaN, /whole number/],
  ['flushIntervalMs', Infinity, /whole number/],
  ['maxBatchCount', 0, /1 to 2000/],
  ['maxBatchCount', 2_001, /1 to 2000/],
  ['maxQueueCount', 0, /from 1/],
  ['beforeSend', {}, /function/],
  ['onError', 'alert', /function/],
  ['ip', 1, /one of true, false/],
  ['logLevel', 'debug', /silent/],
];
for (const [name, value, hint] of WRONG) {
  test(`${name}: ${typeof value} ${String(value)} is refused, saying what it may be`, () => {
    const error = refusal('T', { [name]: value });
    expect(error.code).toBe('invalid-option');
    expect(error.message).toContain(name);
    expect(error.message).toMatch(hint);
  });
}

test('the bounds of a number are in it', () => {
  expect(() =>
    resolveOptions('T', { flushIntervalMs: 0, maxBatchCount: 1, maxQueueCount: 1 }, PAGE),
  ).not.toThrow();
  expect(() => resolveOptions('T', { maxBatchCount: 2_000 }, PAGE)).not.toThrow();
});

test('null for options is no options, and anything else that is no object is refused', () => {
  expect(resolveOptions('T', null, PAGE)).toEqual(resolveOptions('T', {}, PAGE));
  const asynchronous = Promise.resolve({ apiHost: '/mp' });
  for (const options of ['T', '', 5, true, () => ({}), ['/mp'], new Map(), asynchronous])
    expect(refusal('T', options).message).toMatch(/^\[waymark\] options must be an object/);
  const bare = Object.assign(Object.create(null) as object, { ip: false });
  expect(resolveOptions('T', bare, PAGE).ip).toBe(false);
});

test('a value without a text of its own is refused by name', () => {
  expect(refusal('T', { region: Symbol('eu') }).message).toContain('Symbol(eu)');
  expect(refusal('T', { ip: {} }).message).toContain('[object Object]');
  expect(refusal('T', { ip: Object.create(null) }).message).toContain('not "object"');
  expect(refusal(Object.create(null), {}).code).toBe('missing-token');
});

test('every message begins with the name of the library and ends with the code', () => {
  expect(refusal('', {}).message).toMatch(/^\[waymark\] .+ \(missing-token\)$/);
  expect(refusal('T', { ip: 1 }).message).toMatch(/^\[waymark\] .+ \(invalid-option\)$/);
});
