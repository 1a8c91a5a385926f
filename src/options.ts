import { ConfigError, type TrackerError } from './errors.js';
import type { LogLevel } from './console-reporter.js';
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
   * While events keep coming, at most one request in this time. At least 0.
   * @default 1000
   */
  flushIntervalMs?: number;
  /**
   * Records in one request. 1 to 2000, the most that the service takes.
   * @default 1000
   */
  maxBatchCount?: number;
  /**
   * Records kept while they cannot be delivered; beyond it the oldest are dropped. At least 1.
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

const HOSTS = {
  us: 'https://api-js.mixpanel.com',
  eu: 'https://api-eu.mixpanel.com',
  in: 'https://api-in.mixpanel.com',
};

type Check =
  | readonly string[]
  | readonly [min: number, max: number]
  | 'string'
  | 'boolean'
  | 'function';

/** What each option may be: one of a list, a whole number in a range, or of a type. */
const CHECKS: Readonly<Record<keyof TrackerOptions, Check>> = {
  apiHost: 'string',
  region: Object.keys(HOSTS),
  idMerge: ['simplified', 'original'],
  persistence: ['indexeddb', 'memory'],
  cookieDomain: 'string',
  flushIntervalMs: [0, 3_600_000],
  maxBatchCount: [1, MAX_BATCH_COUNT],
  maxQueueCount: [1, 1_000_000],
  beforeSend: 'function',
  onError: 'function',
  ip: 'boolean',
  logLevel: ['silent', 'warn'],
};

/** How many letters have to change to make one name of the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(
        row[j]! + 1,
        next[j - 1]! + 1,
        row[j - 1]! + Number(a[i - 1] !== b[j - 1]),
      );
    row = next;
  }
  return row[b.length]!;
}

function nearestOption(name: string): string {
  const nearness = (option: string) => distance(name.toLowerCase(), option.toLowerCase());
  return Object.keys(CHECKS).reduce((a, b) => (nearness(b) < nearness(a) ? b : a));
}

/** What is wrong with a value, or `undefined`. */
function complaint(check: Check, value: unknown): string | undefined {
  if (typeof check === 'string') return typeof value === check ? undefined : `must be a ${check}`;
  const [min, max] = check;
  if (typeof min === 'string')
    return (check as readonly unknown[]).includes(value)
      ? undefined
      : `must be one of ${check.join(', ')}`;
  const isInRange =
    Number.isInteger(value) && (value as number) >= min! && (value as number) <= (max as number);
  return isInRange ? undefined : `must be a whole number from ${min} to ${max}`;
}

function checkOptions(options: Readonly<Record<string, unknown>>): void {
  for (const name in options) {
    if (!Object.hasOwn(CHECKS, name))
      throw new ConfigError(
        'unknown-option',
        `no option "${name}"; did you mean "${nearestOption(name)}"?`,
      );
    const value = options[name];
    const wrong = complaint(CHECKS[name as keyof TrackerOptions], value);
    if (wrong)
      throw new ConfigError('invalid-option', `option "${name}" ${wrong}, not ${String(value)}`);
  }
}

/** The host as an absolute URL without a slash at its end. */
function resolveHost(apiHost: string, pageUrl: string | undefined): string {
  try {
    const { protocol, origin, pathname, search, hash } = new URL(apiHost, pageUrl);
    // "api.example" would silently become a path of the page.
    if (/^(https?:)?\//i.test(apiHost) && /^http/.test(protocol) && !search && !hash)
      return origin + pathname.replace(/\/+$/, '');
  } catch {
    // Told below.
  }
  throw new ConfigError(
    'invalid-api-host',
    `got "${apiHost}"; use for example "https://api.example.com" or "/mp"`,
  );
}

/**
 * Checks and completes the options.
 *
 * @param pageUrl What a relative `apiHost` is relative to; `undefined` on a server.
 * @throws ConfigError for what the arguments decide.
 */
export function resolveOptions(
  token: unknown,
  options: TrackerOptions,
  pageUrl: string | undefined,
): ResolvedOptions {
  if (typeof token !== 'string' || !token.trim())
    throw new ConfigError('missing-token', 'createTracker(token) needs a project token');
  const given = Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  );
  checkOptions(given);
  const { region = 'us', apiHost = HOSTS[region], ...rest } = given as TrackerOptions;
  return {
    idMerge: 'simplified',
    persistence: 'indexeddb',
    flushIntervalMs: 1_000,
    maxBatchCount: 1_000,
    maxQueueCount: 10_000,
    ip: true,
    logLevel: 'warn',
    ...rest,
    apiHost: resolveHost(apiHost, pageUrl),
  };
}
