import type { Properties } from '../emulator-state.js';
import { copyProperties, showProperties } from './profile-properties.js';
import type { ProfileProperties } from './profile-properties.js';

/** Profiles by id. They are changed in place, and yet a reader may take its time. */
export interface ProfileMap {
  has(id: string): boolean;
  /** Whether a profile has a property of this name. */
  holds(id: string, name: string): boolean;
  /** Properties that a profile has. */
  names(id: string): readonly string[];
  /** A profile to be changed: a copy of its own, where a reader has the one that is there. */
  toChange(id: string): ProfileProperties | undefined;
  /** A profile as it is now, which stays like that for whoever asked. */
  toRead(id: string): ProfileProperties | undefined;
  set(id: string, properties: ProfileProperties): void;
  delete(id: string): void;
  ids(): Iterable<string>;
}

interface Entry {
  properties: ProfileProperties;
  /** Whether somebody may still be reading. */
  isRead: boolean;
}

/** No profiles. */
export function createProfileMap(): ProfileMap {
  const entries = new Map<string, Entry>();
  return {
    has: (id) => entries.has(id),
    holds: (id, name) => entries.get(id)?.properties.has(name) ?? false,
    names: (id) => [...(entries.get(id)?.properties.keys() ?? [])],
    toChange(id) {
      const entry = entries.get(id);
      if (entry?.isRead === true) {
        entry.properties = copyProperties(entry.properties);
        entry.isRead = false;
      }
      return entry?.properties;
    },
    toRead(id) {
      const entry = entries.get(id);
      if (entry) {
        entry.isRead = true;
      }
      return entry?.properties;
    },
    set(id, properties) {
      if (entries.get(id)?.properties !== properties) {
        entries.set(id, { properties, isRead: false });
      }
    },
    delete: (id) => void entries.delete(id),
    ids: () => entries.keys(),
  };
}

/** Profiles that were asked to be read, by the names under which they are shown. */
export function* showProfiles(
  profiles: ReadonlyMap<string, ProfileProperties>,
): Generator<readonly [string, Properties]> {
  for (const [name, properties] of profiles) {
    yield [name, showProperties(properties)];
  }
}
