import type { Properties } from '../../emulator/emulator-state.js';
import { isDeviceId } from './format.js';
import type { Model } from './model.js';
import { queryWords } from './search.js';

/** A profile of a user or a device, or of a group. */
export interface ProfileEntry {
  readonly key: string;
  readonly id: string;
  /** Whose it is: of a group the name of its key. */
  readonly owner: string;
  /** Name of the group's key; `undefined` for a user or a device. */
  readonly groupKey: string | undefined;
  readonly properties: Properties;
}

/** Users and groups whose id or properties hold every word of the query, users first. */
export function listProfiles(
  { profiles, groups, system }: Pick<Model, 'profiles' | 'groups' | 'system'>,
  query: string,
): ProfileEntry[] {
  const users = Object.entries(profiles).map(([id, properties]): ProfileEntry => ({
    key: JSON.stringify([id]),
    id,
    // Elsewhere a device id may stand for a whole person (ID-41).
    owner: system === 'simplified' && isDeviceId(id) ? 'device' : 'user',
    groupKey: undefined,
    properties,
  }));
  const companies = Object.entries(groups).flatMap(([groupKey, byId]) =>
    Object.entries(byId).map(([id, properties]): ProfileEntry => ({
      key: JSON.stringify([groupKey, id]),
      id,
      owner: groupKey,
      groupKey,
      properties,
    })),
  );
  const words = queryWords(query);
  return [...users, ...companies].filter(({ id, groupKey, properties }) => {
    if (!words.length) return true;
    const text = `${id}\n${groupKey ?? ''}\n${JSON.stringify(properties)}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
