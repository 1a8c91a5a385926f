import { createPropertyList } from './property-list.js';
import type { PropertyList } from './property-list.js';

/** Properties of one profile. A map, because names such as `__proto__` are names like any other here. */
export type ProfileProperties = Map<string, unknown>;

/** Lists that operations change stand in a profile as these; to readers they are lists. */
const lists = new WeakSet<PropertyList>();

function isList(value: unknown): value is PropertyList {
  return lists.has(value as PropertyList);
}

/** The list that a property holds, to be changed; an empty one where there is none, `undefined` where there is something else. */
export function listToChange(
  properties: ProfileProperties,
  name: string,
): PropertyList | undefined {
  const value = properties.get(name) ?? [];
  if (isList(value)) {
    return value;
  }
  if (!Array.isArray(value)) {
    return undefined;
  }
  const list = createPropertyList(value);
  lists.add(list);
  properties.set(name, list);
  return list;
}

/** Whether a property may be made a list of, or is one. */
export function holdsList(properties: ProfileProperties, name: string): boolean {
  const value = properties.get(name);
  return isList(value) || Array.isArray(value);
}

const shown = (value: unknown): unknown => (isList(value) ? value.toArray() : value);

/** What a reader is given of a profile. */
export function showProperties(properties: ProfileProperties): Readonly<Record<string, unknown>> {
  return Object.fromEntries([...properties].map(([name, value]) => [name, shown(value)]));
}

/** The same properties, of which a change of the others changes nothing. */
export function copyProperties(properties: ProfileProperties): ProfileProperties {
  return new Map([...properties].map(([name, value]) => [name, shown(value)]));
}
