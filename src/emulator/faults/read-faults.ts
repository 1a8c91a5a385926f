import { validateHeaderName, validateHeaderValue } from 'node:http';
import { isRecord } from '../is-record.js';
import { nearestName } from '../nearest-name.js';
import { ConfigProblem } from '../project-config.js';
import type { Fault } from './fault.js';

/** Each request looks through the faults. */
const MAX_FAULT_COUNT = 1_000;
/** The longest that a timer waits: a longer one would fire at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

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
  delayMs: [
    (value) => value === null || (isCount(value) && (value as number) <= MAX_TIMER_MS),
    `milliseconds up to ${MAX_TIMER_MS}, or null to hang`,
  ],
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
  if (value.length > MAX_FAULT_COUNT) {
    throw new ConfigProblem(
      `There are ${value.length} faults, and at most ${MAX_FAULT_COUNT} are taken. Let one befall several requests by "times".`,
    );
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
  const check = Object.hasOwn(CHECKS, name) ? CHECKS[name as keyof Fault] : undefined;
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
