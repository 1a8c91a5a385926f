import { attempt } from '../attempt.js';
import type { Report } from '../errors.js';

/** Property names with their values as JSON. Without a prototype, so that any name is an ordinary one. */
export type JsonProperties = Record<string, string>;

/**
 * Names that the service reads for identity, time or deduplication, and that a caller's value would falsify (G-4).
 * `$ignore` and `ip` are the caller's to set.
 */
export const RESERVED_NAMES =
  /^(\$?(token|time|distinct_id|bucket)|\$(device_id|user_id|insert_id|identified_id|anon_id|anon_distinct_id|distinct_ids|event_name))$/;

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

function plain(_key: string, value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries(value as Map<string, unknown>);
  return value instanceof Set ? [...value] : value;
}

const toJson = (value: unknown): string | undefined =>
  isObject(value) ? JSON.stringify(value, plain) : JSON.stringify(value);

/**
 * Turns properties into JSON, one by one, so that a cycle, a BigInt or a throwing getter costs that property alone.
 * Dates become ISO strings, maps objects and sets lists; functions and `undefined` are left out, as JSON does. What it
 * is given is read once and never changed.
 *
 * @param into What is added to; a name that stands there already is given the new value.
 */
export function serializeProperties(
  properties: unknown,
  report: Report,
  reservedNames?: RegExp,
  into = Object.create(null) as JsonProperties,
): JsonProperties {
  if (!isObject(properties)) return into;
  const tell = (name: string): void => report('unserializable-property', name);
  const names = attempt(
    () => Object.keys(properties),
    () => tell('*'),
  );
  for (const name of names ?? []) {
    if (reservedNames?.test(name)) report('reserved-property', name);
    else
      attempt(
        () => {
          const json = toJson((properties as Record<string, unknown>)[name]);
          if (json !== undefined) into[name] = json;
        },
        () => tell(name),
      );
  }
  return into;
}

/** The JSON object of properties already serialised. */
export function joinProperties(properties: JsonProperties): string {
  let json = '';
  // Own names only: what a page put on Object.prototype is not ours to send.
  for (const name of Object.keys(properties))
    json += `${json && ','}${JSON.stringify(name)}:${properties[name]}`;
  return `{${json}}`;
}

/** The same as plain values. */
export const plainProperties = (properties: JsonProperties): Record<string, unknown> =>
  JSON.parse(joinProperties(properties)) as Record<string, unknown>;
