import type { IdentitySystemName } from './emulator-state.js';
import { CLOCK_TIME, isClockTime } from './clock.js';
import { isRecord } from './is-record.js';
import { nearestName } from './nearest-name.js';

/** Where the service keeps a project's data (G-6). */
export type Region = 'us' | 'eu' | 'in';

/** The project that the emulator plays, as `reset` sets it. */
export interface ProjectConfig {
  /**
   * The project's token. Anything sent under another one answers success and vanishes, as on the service (T-20).
   * @default on reset the token that the project has; else the first token that a record carries becomes its own
   */
  readonly token?: string;
  /** @default 'simplified' */
  readonly system?: IdentitySystemName;
  /** Clock in seconds, standing still. @default the machine's clock */
  readonly now?: number;
  /** Original: largest number of ids in one cluster (ID-48). @default 500 */
  readonly clusterCap?: number;
  /** Original: `loose` takes five hyphenated alphanumeric groups, `v4-strict` only UUID v4 (ID-44). @default 'loose' */
  readonly guid?: 'loose' | 'v4-strict';
  /** What `1` means for a batch: `any` record or `all` records are valid (T-21). @default 'any' */
  readonly plainOne?: 'any' | 'all';
  /** Largest request body, unpacked (T-10). @default 10485760 */
  readonly maxBodyBytes?: number;
  /**
   * Events for one distinct id and day before a hot shard is cut off (ID-30); 0, `false` and `'off'` are never.
   * @default 0
   */
  readonly hotShard?: number | false | 'off';
  /** Region that the project is in: a token of another region is told to stay away from its host (G-6). @default 'us' */
  readonly region?: Region;
  /**
   * Seconds for which events that came in under ids that were joined since are still shown as they came in (ID-13).
   * @default 0
   */
  readonly reportsLag?: number;
  /** Whether a preflight refuses `Content-Type` and custom headers, as the service's does (T-43). @default true */
  readonly corsStrict?: boolean;
  /** Whether `/identity/*` and `DELETE /lookup-tables/*`, known from third parties only, exist (E-2, L-5). @default false */
  readonly seedIdentityEndpoints?: boolean;
  /** The project's secret for `/import`, as the user name of basic authentication (I-1). @default none */
  readonly secret?: string;
  /** Tokens of projects in another region: what they send vanishes, with a warning that says so (G-6). @default none */
  readonly otherRegionTokens?: readonly string[];
  /** Location given to everyone whose location would be looked up (G-3). @default none */
  readonly geo?: Geo;
  /** Lookup tables of the project, id to name; others answer 404 (L-2). @default any id, created when it is first sent */
  readonly lookupTables?: Readonly<Record<string, string>>;
}

/** A location as the service would look it up from an address. */
export interface Geo {
  readonly country?: string;
  readonly region?: string;
  readonly city?: string;
}

/** A project with its defaults filled in. */
export interface Project {
  readonly token: string | undefined;
  readonly system: IdentitySystemName;
  readonly now: number | undefined;
  readonly clusterCap: number;
  readonly guid: 'loose' | 'v4-strict';
  readonly plainOne: 'any' | 'all';
  readonly maxBodyBytes: number;
  readonly hotShard: number;
  readonly region: Region;
  readonly reportsLag: number;
  readonly corsStrict: boolean;
  readonly seedIdentityEndpoints: boolean;
  readonly secret: string | undefined;
  readonly otherRegionTokens: readonly string[];
  readonly geo: Geo | undefined;
  readonly lookupTables: Readonly<Record<string, string>> | undefined;
}

/** A setting that cannot be what was given: says which and what it may be. */
export class ConfigProblem extends Error {
  override readonly name = 'ConfigProblem';
}

const DEFAULTS: Project = {
  token: undefined,
  system: 'simplified',
  now: undefined,
  clusterCap: 500,
  guid: 'loose',
  plainOne: 'any',
  maxBodyBytes: 10 * 1024 * 1024,
  hotShard: 0,
  region: 'us',
  reportsLag: 0,
  corsStrict: true,
  seedIdentityEndpoints: false,
  secret: undefined,
  otherRegionTokens: [],
  geo: undefined,
  lookupTables: undefined,
};

type Check = (value: unknown) => string | undefined;

const text: Check = (value) =>
  typeof value === 'string' && value !== '' ? undefined : 'a non-empty string';
const flag: Check = (value) => (typeof value === 'boolean' ? undefined : 'true or false');
const oneOf =
  (...names: string[]): Check =>
  (value) =>
    names.includes(value as string) ? undefined : names.map((name) => `'${name}'`).join(' or ');
const count =
  (least: number): Check =>
  (value) =>
    Number.isSafeInteger(value) && (value as number) >= least
      ? undefined
      : `a whole number from ${least}`;
const textMap: Check = (value) =>
  isRecord(value) && Object.values(value).every((entry) => typeof entry === 'string')
    ? undefined
    : 'an object of strings';

const CHECKS: Record<keyof Project, Check> = {
  token: text,
  system: oneOf('simplified', 'original', 'legacy'),
  now: (value) => (isClockTime(value) ? undefined : CLOCK_TIME),
  clusterCap: count(2),
  guid: oneOf('loose', 'v4-strict'),
  plainOne: oneOf('any', 'all'),
  maxBodyBytes: count(1),
  hotShard: (value) =>
    value === false || value === 'off' || count(0)(value) === undefined
      ? undefined
      : "a whole number from 0, false or 'off'",
  region: oneOf('us', 'eu', 'in'),
  reportsLag: (value) =>
    typeof value === 'number' && Number.isFinite(value) && value >= 0
      ? undefined
      : 'a number of seconds from 0',
  corsStrict: flag,
  seedIdentityEndpoints: flag,
  secret: text,
  otherRegionTokens: (value) =>
    Array.isArray(value) && value.every((entry) => typeof entry === 'string')
      ? undefined
      : 'a list of strings',
  geo: textMap,
  lookupTables: textMap,
};

/**
 * Fills in the defaults of a project. `undefined` and `null` count as not given.
 *
 * @throws ConfigProblem for a setting of the wrong kind, and for an unknown one, with the nearest known name.
 */
export function resolveProject(config: unknown): Project {
  if (!isRecord(config ?? {})) {
    throw new ConfigProblem('The project must be an object of settings.');
  }
  const given = Object.entries((config ?? {}) as Record<string, unknown>).filter(
    ([, value]) => value !== undefined && value !== null,
  );
  for (const [name, value] of given) {
    const check = Object.hasOwn(CHECKS, name) ? CHECKS[name as keyof Project] : undefined;
    if (!check) {
      const nearest = nearestName(name, Object.keys(CHECKS));
      throw new ConfigProblem(
        `Unknown setting "${name}".${nearest ? ` Did you mean "${nearest}"?` : ''} Known: ${Object.keys(CHECKS).join(', ')}.`,
      );
    }
    const expected = check(value);
    if (expected) {
      throw new ConfigProblem(`"${name}" must be ${expected}.`);
    }
  }
  const { hotShard, ...settings } = Object.fromEntries(given) as ProjectConfig;
  return { ...DEFAULTS, ...settings, hotShard: typeof hotShard === 'number' ? hotShard : 0 };
}
