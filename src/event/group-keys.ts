import type { Report } from '../errors.js';
import type { KeptStore } from './kept.js';
import type { People } from './profile-updates.js';
import type { SuperProperties } from './super-properties.js';

/** A group's id. */
export type GroupId = string | number;

/** Which groups the user is in: a super property of the key's name, and the same in the user's profile. */
export interface GroupKeys {
  setGroup(key: string, ids: GroupId | readonly GroupId[]): void;
  addGroup(key: string, id: GroupId): void;
  removeGroup(key: string, id: GroupId): void;
}

/** Group keys over super properties and profile updates. */
export function createGroupKeys(
  kept: KeptStore,
  { register, unregister }: Pick<SuperProperties, 'register' | 'unregister'>,
  people: People,
  report: Report,
): GroupKeys {
  const isId = (id: unknown): boolean => typeof id === 'string' || Number.isFinite(id);
  const current = (key: string): GroupId[] => {
    const { superProperties } = kept.read();
    return Object.hasOwn(superProperties, key) ? [superProperties[key] as GroupId[]].flat() : [];
  };
  return {
    setGroup(key, ids) {
      const list = ([] as GroupId[]).concat(ids);
      if (!list.every(isId)) return report('unserializable-property', key);
      register({ [key]: list });
      people.set(key, list);
    },
    addGroup(key, id) {
      if (!isId(id)) return report('unserializable-property', key);
      register({ [key]: [...new Set([...current(key), id])] });
      people.union(key, [id]);
    },
    removeGroup(key, id) {
      const left = current(key).filter((other) => other !== id);
      if (left.length) register({ [key]: left });
      else unregister(key);
      people.remove(key, id);
    },
  };
}
