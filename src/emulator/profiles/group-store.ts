import type { Properties } from '../emulator-state.js';
import { applyUpdate, GROUP_OPERATIONS, showProperties } from './profile-update.js';
import type { IgnoredPart, ProfileProperties } from './profile-update.js';

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
  /** Group key to group id to properties. */
  all(): Readonly<Record<string, Readonly<Record<string, Properties>>>>;
}

/** No groups. */
export function createGroupStore(): GroupStore {
  const keys = new Map<string, Map<string, ProfileProperties>>();
  return {
    update(groupKey, groupId, update) {
      const groups = keys.get(groupKey) ?? new Map<string, ProfileProperties>();
      keys.set(groupKey, groups);
      const { properties, ignored } = applyUpdate(groups.get(groupId), update, GROUP_OPERATIONS);
      if (properties) {
        groups.set(groupId, properties);
      } else {
        groups.delete(groupId);
      }
      return ignored;
    },
    isKey: (groupKey) => keys.has(groupKey),
    all: () =>
      Object.fromEntries(
        [...keys].map(([key, groups]) => [
          key,
          Object.fromEntries(
            [...groups].map(([id, properties]) => [id, showProperties(properties)]),
          ),
        ]),
      ),
  };
}
