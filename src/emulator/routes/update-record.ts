import { idText } from '../rules/id-text.js';
import type { Finding } from '../rules/finding.js';
import { findArgumentProblem } from '../profiles/profile-update.js';
import { isRecord } from '../is-record.js';
import { cutProperties, cutText } from '../rules/text-limits.js';

/** A list or object in a profile, as JSON (T-11). */
const MAX_LIST_BYTES = 256 * 1024;

/** What is the same in every update of a profile or a group; `undefined` when nothing is wrong with it. */
export function findOperationProblem(
  record: Readonly<Record<string, unknown>>,
  operations: readonly string[],
): string | undefined {
  const present = operations.filter((name) => record[name] !== undefined);
  if (present.length === 0) {
    return `operation, missing: one of ${operations.join(', ')} is needed`;
  }
  for (const name of present) {
    const problem = findArgumentProblem(name, record[name]);
    if (problem !== undefined) {
      return problem;
    }
  }
  return undefined;
}

/** What is wrong with a field that must hold an id or a token. */
export function findMissing(
  record: Readonly<Record<string, unknown>>,
  names: readonly string[],
): string | undefined {
  const missing = names.find((name) => !idText(record[name]));
  return missing === undefined ? undefined : `${missing}, missing or empty`;
}

/** An update cut to what the service keeps. */
export interface CutUpdate {
  readonly update: Readonly<Record<string, unknown>>;
  /** What was cut, and what is over a limit that nobody knows the consequence of. */
  readonly warnings: readonly Finding[];
}

/** Cuts names and texts of an update's operations to 255 characters, and finds lists and objects over 256 KB (T-11, P-7). */
export function cutUpdate(
  record: Readonly<Record<string, unknown>>,
  operations: readonly string[],
): CutUpdate {
  const warnings: Finding[] = [];
  const cutArgument = (argument: unknown): unknown => {
    if (Array.isArray(argument)) {
      return argument.map((name: unknown) => (typeof name === 'string' ? cutText(name) : name));
    }
    if (!isRecord(argument)) {
      return argument;
    }
    const { properties, cutNames } = cutProperties(argument);
    warnings.push(...cutNames.map(textCut), ...findOversized(properties).map(tooLarge));
    return properties;
  };
  const entries = Object.entries(record).map(([name, argument]): [string, unknown] => [
    name,
    operations.includes(name) ? cutArgument(argument) : argument,
  ]);
  return { update: Object.fromEntries(entries), warnings };
}

function findOversized(properties: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.keys(properties).filter((name) => {
    const value = properties[name];
    return (
      typeof value === 'object' &&
      value !== null &&
      Buffer.byteLength(JSON.stringify(value)) > MAX_LIST_BYTES
    );
  });
}

const textCut = (name: string): Finding => ({
  code: 'text-cut',
  message: `Profile property "${name}" was cut to 255 characters. Shorten its name and its text, or spread the text over several properties.`,
});

const tooLarge = (name: string): Finding => ({
  code: 'over-limit',
  message: `Profile property "${name}" is larger than 256 KB as JSON; nobody knows what the service does with it. Keep it smaller.`,
});

/** An id that is longer than what is kept of it: whoever shares its beginning shares the profile. */
export const idCut = (name: string, id: string): Finding => ({
  code: 'text-cut',
  message: `The ${name} "${id}" of an update was cut to 255 characters. Whoever shares its beginning shares the profile: send a shorter id.`,
});
