import { attempt } from '../attempt.js';
import type { Report } from '../errors.js';

/** Property names with values that JSON holds as they are. */
export type PlainProperties = Readonly<Record<string, unknown>>;

/**
 * Names that the service reads for identity, time or deduplication, and that a caller's value would falsify (G-4).
 * `$ignore` and `ip` are the caller's to set.
 */
export const RESERVED_NAMES =
  /^(\$?(token|time|distinct_id|bucket)|\$((device|user|insert|identified|anon(_distinct)?)_id|distinct_ids|event_name))$/;

function plain(_key: string, value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries(value as Map<string, unknown>);
  return value instanceof Set ? [...value] : value;
}

/**
 * A copy of properties as plain JSON values, made one by one, so that a cycle, a BigInt or a throwing getter costs that
 * property alone. Dates become ISO strings, maps objects and sets lists; functions and `undefined` are left out, as JSON
 * does. What it is given is read once and never changed; the copy has no prototype, so that any name is an ordinary one.
 */
export function plainProperties(
  properties: unknown,
  report: Report,
  reservedNames?: RegExp,
): Record<string, unknown> {
  const copy = Object.create(null) as Record<string, unknown>;
  const take = (name: string, work: () => void): void =>
    attempt(work, () => report('unserializable-property', name));
  if (typeof properties === 'object')
    take('*', () => {
      for (const name of Object.keys(properties ?? {}))
        if (reservedNames?.test(name)) report('reserved-property', name);
        else
          take(name, () => {
            const json = JSON.stringify((properties as PlainProperties)[name], plain);
            // JSON has no text for what it leaves out.
            if (json as string | undefined) copy[name] = JSON.parse(json);
          });
    });
  return copy;
}
