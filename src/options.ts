import { attempt } from './attempt.js';
import { ConfigError, type ConfigErrorCode, type TrackerError } from './errors.js';
import { type LogLevel, asText } from './console-reporter.js';
import type { BeforeSend } from './event/event-builder.js';
import { MAX_BATCH_COUNT } from './wire.js';

/** The options of `createTracker`; all may be left out. */
export interface TrackerOptions {
  /**
   * Where events go: the service, a proxy (`https://…`), or a path on the page's own site (`/mp`).
   * @default the host of `region`
   */
  apiHost?: string;
  /**
   * Which of the service's hosts `apiHost` stands for when it is not given.
   * @default 'us'
   */
  region?: 'us' | 'eu' | 'in';
  /**
   * The ID Merge system of the project; see its settings.
   * @default 'simplified'
   */
  idMerge?: 'simplified' | 'original';
  /**
   * `'indexeddb'` keeps queue and identity on the device (identity in localStorage and a cookie); `'memory'` keeps
   * nothing: both end with the page.
   * @default 'indexeddb'
   */
  persistence?: 'indexeddb' | 'memory';
  /**
   * Domain of the identity cookie, to share the identity among subdomains: `'example.com'`. Where the browser refuses
   * it, the cookie is this host's alone.
   * @default this host
   */
  cookieDomain?: string;
  /**
   * While events keep coming, at most one request in this time. 0 to 3,600,000.
   * @default 1000
   */
  flushIntervalMs?: number;
  /**
   * Records in one request. 1 to 2000, the most that the service takes.
   * @default 1000
   */
  maxBatchCount?: number;
  /**
   * Records kept while they cannot be delivered; beyond it the oldest are dropped. 1 to 1,000,000.
   * @default 10000
   */
  maxQueueCount?: number;
  /**
   * Inspects or changes each event before it is queued; `null` drops it. Identity, token, time and insert id are not its
   * to see. An event is dropped where it throws.
   */
  beforeSend?: BeforeSend;
  /** Is told of everything refused, dropped or degraded. */
  onError?: (error: TrackerError) => void;
  /**
   * Whether the service may take the visitor's place from the address of the request.
   * @default true
   */
  ip?: boolean;
  /**
   * `'warn'` prints each code once a page; `'silent'` prints nothing.
   * @default 'warn'
   */
  logLevel?: LogLevel;
}

/** Options checked and completed. */
export type ResolvedOptions = Required<
  Omit<TrackerOptions, 'region' | 'cookieDomain' | 'beforeSend' | 'onError'>
> &
  Pick<TrackerOptions, 'cookieDomain' | 'beforeSend' | 'onError'>;

/** What an option is when it is left out, what it must be, in words, and whether a value is that. */
type Rule = readonly [fallback: unknown, demanded: string, isFit: (value: unknown) => boolean];

/** One of several values, the first by default. */
const oneOf = (...values: readonly unknown[]): Rule => [
  values[0],
  `one of ${values.join(', ')}`,
  (value) => values.includes(value),
];

/** A whole number. */
const count = (fallback: number, min: number, max: number): Rule => [
  fallback,
  `a whole number from ${min} to ${max}`,
  (value) => Number.isInteger(value) && Number(value) >= min && Number(value) <= max,
];

const typed = (type: 'string' | 'function'): Rule => [
  undefined,
  `a ${type}`,
  (value) => typeof value === type,
];

const RULES: Readonly<Record<keyof TrackerOptions, Rule>> = {
  region: oneOf('us', 'eu', 'in'),
  apiHost: typed('string'),
  idMerge: oneOf('simplified', 'original'),
  persistence: oneOf('indexeddb', 'memory'),
  cookieDomain: typed('string'),
  flushIntervalMs: count(1_000, 0, 3_600_000),
  maxBatchCount: count(1_000, 1, MAX_BATCH_COUNT),
  maxQueueCount: count(10_000, 1, 1_000_000),
  beforeSend: typed('function'),
  onError: typed('function'),
  ip: oneOf(true, false),
  logLevel: oneOf('warn', 'silent'),
};

/** Whether there is an option of that name. */
export const isOption = (name: string): name is keyof TrackerOptions => Object.hasOwn(RULES, name);

/** The option that shares the most pairs of letters with a name. */
function nearestOption(name: string): string {
  const letters = name.toLowerCase();
  const likeness = (option: string): number =>
    [...letters].filter((_, at) => option.toLowerCase().includes(letters.slice(at, at + 2))).length;
  return Object.keys(RULES).reduce((a, b) => (likeness(b) > likeness(a) ? b : a));
}

function refuse(code: ConfigErrorCode, name: string, demanded: string, value: unknown): never {
  throw new ConfigError(code, `${name} must be ${demanded}, not "${asText(value)}"`);
}

/** What paths are relative to on a server, where nothing is sent. */
const NO_PAGE = 'http://server.invalid';

/** The host as an absolute URL without a slash at its end. */
function resolveHost(apiHost: string, baseUrl: string = NO_PAGE): string {
  const url = attempt(() => new URL(apiHost, baseUrl));
  // "api.example" would silently become a path of the page.
  return url && /^(https?:\/)?\//i.test(apiHost) && /^http[^?#]*$/.test(url.href)
    ? url.origin + url.pathname.replace(/\/+$/, '')
    : refuse('invalid-api-host', 'apiHost', 'like "https://api.example.com" or "/path"', apiHost);
}

/**
 * Checks and completes the options.
 *
 * @param baseUrl What a relative `apiHost` is relative to; `undefined` on a server.
 * @throws ConfigError for what the arguments decide.
 */
export function resolveOptions(
  token: unknown,
  options: TrackerOptions | null,
  baseUrl: string | undefined,
): ResolvedOptions {
  if (typeof token !== 'string' || !/^\S+$/.test(token))
    refuse('missing-token', 'token', 'that of a project', token);
  // A list or a promise has no options of its own, and would pass for none at all.
  if (options !== null && Object.prototype.toString.call(options) !== '[object Object]')
    refuse('invalid-option', 'options', 'an object', options);
  const settings: Record<string, unknown> = {};
  for (const [name, [fallback]] of Object.entries(RULES)) settings[name] = fallback;
  for (const [name, value] of Object.entries(options ?? {})) {
    if (!isOption(name)) refuse('unknown-option', 'option', `like "${nearestOption(name)}"`, name);
    if (value === undefined) continue;
    const [, demanded, isFit] = RULES[name];
    if (!isFit(value)) refuse('invalid-option', name, demanded, value);
    settings[name] = value;
  }
  const { region, apiHost } = settings as TrackerOptions;
  const host = `https://api-${region === 'us' ? 'js' : region}.mixpanel.com`;
  return { ...(settings as ResolvedOptions), apiHost: resolveHost(apiHost ?? host, baseUrl) };
}
