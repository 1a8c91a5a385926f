import type { Entries } from '../entries.js';
import type { Properties } from '../emulator-state.js';
import { createProfileMap, showProfiles } from './profile-map.js';
import type { ProfileMap } from './profile-map.js';
import type { ProfileProperties } from './profile-properties.js';
import { applyUpdate, GROUP_OPERATIONS } from './profile-update.js';
import type { IgnoredPart } from './profile-update.js';

/** Profiles of groups. */
export interface GroupStore {
  /** Applies an update. Answers what of it was ignored. */
  update(
    groupKey: string,
    groupId: string,
    update: Readonly<Record<string, unknown>>,
  ): readonly IgnoredPart[];
  /** Whether anything was ever sent for this key: a property of that name then holds group ids. */
  isKey(groupKey: string): boolean;
  /** Group key to group id to properties, as they are now. */
  all(): Entries<Entries<Properties>>;
}

/** No groups. */
export function createGroupStore(): GroupStore {
  const keys = new Map<string, ProfileMap>();
  return {
    update(groupKey, groupId, update) {
      const groups = keys.get(groupKey) ?? createProfileMap();
      keys.set(groupKey, groups);
      const current = groups.toChange(groupId);
      const { properties, ignored } = applyUpdate(current, update, GROUP_OPERATIONS);
      if (properties) {
        groups.set(groupId, properties);
      } else {
        groups.delete(groupId);
      }
      return ignored;
    },
    isKey: (groupKey) => keys.has(groupKey),
    all: () => [...keys].map(([key, groups]) => [key, showProfiles(readAll(groups))]),
  };
}

function readAll(groups: ProfileMap): ReadonlyMap<string, ProfileProperties> {
  const read = new Map<string, ProfileProperties>();
  for (const id of groups.ids()) {
    const properties = groups.toRead(id);
    if (properties) {
      read.set(id, properties);
    }
  }
  return read;
}
