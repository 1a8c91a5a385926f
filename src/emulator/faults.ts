import { validateHeaderName, validateHeaderValue } from 'node:http';
import { ConfigProblem, isRecord } from './project-config.js';
import { trimSlash } from './trim-slash.js';
import { nearestName } from './nearest-name.js';

/**
 * Trouble that the emulator is told to make, for requests to the service's paths. Preflights are spared: the service
 * answers them before anything else.
 *
 * With `status`, `retryAfter`, `body` or `location` nothing is stored and this is the answer. With only `delayMs` the
 * request is served and stored at once, and answered late. `cut` goes before all of them: there is no answer then.
 */
export interface Fault {
  /** Path, a trailing slash does not matter. @default every path of the service */
  readonly path?: string;
  /** @default 302 where `location` is given, 200 where `body` is, 429 where only `retryAfter` is */
  readonly status?: number;
  /** `Retry-After`: seconds, or a date as text. */
  readonly retryAfter?: number | string;
  /** Delay of the answer; `null` never answers, stores nothing, and keeps the connection open. @default 0 */
  readonly delayMs?: number | null;
  /** Drops the connection instead of answering: `before` anything is stored, or `after`. */
  readonly cut?: 'before' | 'after';
  /** Body of the answer: text as it is (HTML when it begins with `<`), anything else as JSON. */
  readonly body?: unknown;
  /** `Location` of a redirect. */
  readonly location?: string;
  /** More headers of the answer, for example `access-control-expose-headers`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** `false` leaves the CORS headers out, so that a page of another origin cannot read the answer. @default true */
  readonly cors?: boolean;
  /** Requests that it befalls, after which it is used up. @default until it is replaced */
  readonly times?: number;
}

/** The faults that are set. */
export interface FaultList {
  /** Replaces all of them. */
  replace(faults: readonly Fault[]): void;
  /** The first fault for a path, counted as used. */
  take(path: string): Fault | null;
}

/** No faults. */
export function createFaultList(): FaultList {
  let active: { readonly fault: Fault; left: number }[] = [];
  return {
    replace(faults) {
      active = faults.map((fault) => ({ fault, left: fault.times ?? Infinity }));
    },
    take(path) {
      const found = active.find(
        ({ fault, left }) =>
          left > 0 && (fault.path === undefined || trimSlash(fault.path) === trimSlash(path)),
      );
      if (!found) {
        return null;
      }
      found.left--;
      return found.fault;
    },
  };
}

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;

/** Whether this can be sent as a header: Node throws at what cannot, and then nobody gets an answer. */
function isHeader(name: string, value: unknown): boolean {
  if (typeof value !== 'string') {
    return false;
  }
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    // It says what is wrong by throwing; the caller says where.
    return false;
  }
}

const CHECKS: Record<keyof Fault, readonly [(value: unknown) => boolean, string]> = {
  path: [(value) => typeof value === 'string' && value.startsWith('/'), 'a path'],
  status: [
    (value) => isCount(value) && (value as number) >= 200 && (value as number) <= 599,
    'a status from 200 to 599',
  ],
  retryAfter: [(value) => isCount(value) || isHeader('retry-after', value), 'seconds or a date'],
  delayMs: [(value) => value === null || isCount(value), 'milliseconds, or null to hang'],
  cut: [(value) => value === 'before' || value === 'after', "'before' or 'after'"],
  body: [(value) => value !== null, 'text or JSON other than null; for no body use an empty text'],
  location: [(value) => isHeader('location', value), 'a URL'],
  headers: [
    (value) =>
      isRecord(value) && Object.entries(value).every(([name, entry]) => isHeader(name, entry)),
    'an object of strings that can be sent as headers',
  ],
  cors: [(value) => typeof value === 'boolean', 'true or false'],
  times: [(value) => isCount(value) && (value as number) > 0, 'a number from 1'],
};

/**
 * Checks a list of faults that came from outside.
 *
 * @throws ConfigProblem that names the entry and the field.
 */
export function readFaults(value: unknown): readonly Fault[] {
  if (!Array.isArray(value)) {
    throw new ConfigProblem('The faults must be a list.');
  }
  return value.map((entry: unknown, index) => {
    if (!isRecord(entry)) {
      throw new ConfigProblem(`Fault ${index} must be an object.`);
    }
    const given = Object.entries(entry).filter(([, field]) => field !== undefined);
    for (const [name, field] of given) {
      checkField(index, name, field);
    }
    return Object.fromEntries(given);
  });
}

function checkField(index: number, name: string, value: unknown): void {
  const check = Object.hasOwn(CHECKS, name) ? CHECKS[name as keyof Fault] : null;
  if (!check) {
    const nearest = nearestName(name, Object.keys(CHECKS));
    throw new ConfigProblem(
      `Fault ${index}: unknown field "${name}".${nearest ? ` Did you mean "${nearest}"?` : ''}`,
    );
  }
  const [isValid, expected] = check;
  if (!isValid(value)) {
    throw new ConfigProblem(`Fault ${index}: "${name}" must be ${expected}.`);
  }
}
