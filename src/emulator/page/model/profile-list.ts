import type { Properties } from '../../emulator-state.js';
import type { Model } from './model.js';
import { queryWords } from './search.js';

/** A profile of a user, or of a group. */
export interface ProfileEntry {
  readonly key: string;
  readonly id: string;
  /** Name of the group's key; `undefined` for a user. */
  readonly groupKey: string | undefined;
  readonly properties: Properties;
}

/** Users and groups whose id or properties hold every word of the query, users first. */
export function listProfiles(
  { profiles, groups }: Pick<Model, 'profiles' | 'groups'>,
  query: string,
): ProfileEntry[] {
  const users = Object.entries(profiles).map(([id, properties]): ProfileEntry => ({
    key: `user:${id}`,
    id,
    groupKey: undefined,
    properties,
  }));
  const companies = Object.entries(groups).flatMap(([groupKey, byId]) =>
    Object.entries(byId).map(([id, properties]): ProfileEntry => ({
      key: `${groupKey}:${id}`,
      id,
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
