import { cutText } from '../text-limits.js';
import { findArgumentProblem } from '../profiles/profile-update.js';
import { idText } from '../identity/identity-system.js';

/** What is the same in every update of a profile or a group; `null` when nothing is wrong with it. */
export function findOperationProblem(
  record: Readonly<Record<string, unknown>>,
  operations: readonly string[],
): string | null {
  const present = operations.filter((name) => record[name] !== undefined);
  if (present.length === 0) {
    return `operation, missing: one of ${operations.join(', ')} is needed`;
  }
  for (const name of present) {
    const problem = findArgumentProblem(name, record[name]);
    if (problem !== null) {
      return problem;
    }
  }
  return null;
}

/** What is wrong with a field that must hold an id or a token. */
export function findMissing(
  record: Readonly<Record<string, unknown>>,
  names: readonly string[],
): string | null {
  const missing = names.find((name) => !idText(record[name]));
  return missing === undefined ? null : `${missing}, missing or empty`;
}

/** An update with its property names cut to what the service keeps (P-7). */
export function cutUpdate(
  record: Readonly<Record<string, unknown>>,
  operations: readonly string[],
): Readonly<Record<string, unknown>> {
  const entries = Object.entries(record).map(([name, argument]): [string, unknown] =>
    operations.includes(name) &&
    typeof argument === 'object' &&
    argument !== null &&
    !Array.isArray(argument)
      ? [
          name,
          Object.fromEntries(
            Object.entries(argument).map(([key, value]: [string, unknown]) => [
              cutText(key),
              value,
            ]),
          ),
        ]
      : [name, argument],
  );
  return Object.fromEntries(entries);
}
