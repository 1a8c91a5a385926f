import { isRecord } from '../is-record.js';
import { holdsList, listToChange } from './profile-properties.js';
import type { ProfileProperties } from './profile-properties.js';

/** What an operation did not do, and why. */
export type IgnoredPart = string;

/** The outcome of an update. */
export interface UpdateOutcome {
  /** `undefined`: there is no profile, or no longer. */
  readonly properties: ProfileProperties | undefined;
  readonly ignored: readonly IgnoredPart[];
}

type Operation = (
  properties: ProfileProperties,
  name: string,
  value: unknown,
) => IgnoredPart | undefined;

/** Operations on properties by name, in the order in which they are applied when one update holds several (P-2, P-3). */
const OPERATIONS: Readonly<Record<string, Operation>> = {
  $set(properties, name, value) {
    properties.set(name, value);
    return undefined;
  },
  $set_once(properties, name, value) {
    if (!properties.has(name)) {
      properties.set(name, value);
    }
    return undefined;
  },
  $add(properties, name, value) {
    const current = properties.get(name) ?? 0;
    if (typeof value !== 'number' || typeof current !== 'number') {
      return `$add of "${name}" was ignored: it needs numbers on both sides; send the type that the property has, or $unset it first`;
    }
    properties.set(name, current + value);
    return undefined;
  },
  $append(properties, name, value) {
    const list = listToChange(properties, name);
    if (!list) {
      return `$append to "${name}" was ignored: it is not a list; send the type that the property has, or $unset it first`;
    }
    list.append(value);
    return undefined;
  },
  $union(properties, name, value) {
    const list = Array.isArray(value) ? listToChange(properties, name) : undefined;
    if (!list) {
      return `$union of "${name}" was ignored: it needs lists on both sides; send the type that the property has, or $unset it first`;
    }
    for (const element of value as unknown[]) {
      list.unite(element);
    }
    return undefined;
  },
  $remove(properties, name, value) {
    if (!properties.has(name)) {
      return undefined;
    }
    const list = holdsList(properties, name) ? listToChange(properties, name) : undefined;
    if (!list) {
      return `$remove from "${name}" was ignored: it is not a list; send the type that the property has, or $unset it first`;
    }
    list.remove(value);
    return undefined;
  },
};

/** Operations that make a profile where there is none. */
const CREATING = new Set(['$set', '$set_once', '$add', '$append', '$union']);

/** Every operation of a profile update, in the order of their application. */
export const USER_OPERATIONS: readonly string[] = [...Object.keys(OPERATIONS), '$unset', '$delete'];

/** Every operation of a group update (P-20). */
export const GROUP_OPERATIONS: readonly string[] = [
  '$set',
  '$set_once',
  '$union',
  '$remove',
  '$unset',
  '$delete',
];

/** What is wrong with the argument of an operation; `undefined` when it can be applied. */
export function findArgumentProblem(operation: string, argument: unknown): string | undefined {
  if (operation === '$delete') {
    return undefined;
  }
  if (operation === '$unset') {
    return Array.isArray(argument) && argument.every((name) => typeof name === 'string')
      ? undefined
      : '$unset, must be a list of names';
  }
  return isRecord(argument) ? undefined : `${operation}, must be an object`;
}

/**
 * Applies the operations of one update to the properties, in place: copying a profile, or a list in it, for each update
 * would cost more the larger it gets.
 *
 * @param operations Those that there are for what is updated; any other is passed over.
 */
export function applyUpdate(
  current: ProfileProperties | undefined,
  update: Readonly<Record<string, unknown>>,
  operations: readonly string[],
): UpdateOutcome {
  const ignored: IgnoredPart[] = [];
  let properties = current;
  for (const [name, operation] of Object.entries(OPERATIONS)) {
    const argument = operations.includes(name) ? update[name] : undefined;
    if (!isRecord(argument) || (properties === undefined && !CREATING.has(name))) {
      continue;
    }
    properties ??= new Map();
    for (const [property, value] of Object.entries(argument)) {
      const problem = operation(properties, property, value);
      if (problem !== undefined) {
        ignored.push(problem);
      }
    }
  }
  for (const name of Array.isArray(update['$unset']) ? (update['$unset'] as unknown[]) : []) {
    properties?.delete(String(name));
  }
  return { properties: '$delete' in update ? undefined : properties, ignored };
}

/** Names that a profile has after an update of it, if only because of it. Nothing is applied. */
export function namesIn(update: Readonly<Record<string, unknown>>): ReadonlySet<string> {
  const added = new Set<string>();
  for (const operation of CREATING) {
    const argument = update[operation];
    for (const [name, value] of isRecord(argument) ? Object.entries(argument) : []) {
      const isApplied =
        (operation !== '$add' || typeof value === 'number') &&
        (operation !== '$union' || Array.isArray(value));
      if (isApplied) {
        added.add(name);
      }
    }
  }
  for (const name of Array.isArray(update['$unset']) ? (update['$unset'] as unknown[]) : []) {
    added.delete(String(name));
  }
  return added;
}
