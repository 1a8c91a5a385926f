import type { Entries } from '../entries.js';
import type { IdentitySystemName, Properties } from '../emulator-state.js';
import type { IdentitySystem } from '../identity/identity-system.js';
import { createHolders } from './holders.js';
import { createProfileMap, showProfiles } from './profile-map.js';
import type { ProfileMap } from './profile-map.js';
import type { ProfileProperties } from './profile-properties.js';
import { namesIn, applyUpdate, USER_OPERATIONS } from './profile-update.js';
import type { IgnoredPart } from './profile-update.js';

/** Properties that the service sets beside an update (P-5, P-6). */
const SERVICE_NAMES: ReadonlySet<unknown> = new Set([
  '$last_seen',
  '$geo_source',
  '$country_code',
  '$region',
  '$city',
]);

/** Where one profile is kept. */
interface Place {
  readonly profiles: ProfileMap;
  readonly id: string;
}

/** Profiles of people. */
export interface ProfileStore {
  /**
   * Applies an update. Answers what of it was ignored.
   *
   * @param addProperties Set beside the update by the service, unless there is no profile afterwards.
   */
  update(
    distinctId: string,
    update: Readonly<Record<string, unknown>>,
    addProperties: Properties,
  ): readonly IgnoredPart[];
  /** Whether an update adds properties beyond `maxCount`. Those that the service sets itself are not counted (P-7). */
  outgrows(
    distinctId: string,
    update: Readonly<Record<string, unknown>>,
    maxCount: number,
  ): boolean;
  /** Distinct id to its visible profile, as they are now. */
  all(): Entries<Properties>;
  /** The visible profiles of one person, by the ids that belong together. */
  under(ids: Iterable<string>): Entries<Properties>;
}

/**
 * Profiles by the rules of the project's identity system (section 5.4, 6.7).
 *
 * In Simplified a profile hangs on one distinct id, and a linked device leads to its user (ID-15, ID-17). In the others
 * every id of a cluster leads to one profile: the canonical id's own where there is one, else the first (ID-65). What was
 * made for one id is kept under it, so that a merge hides one and loses none. What was made for a cluster is the
 * person's and no id's own: an update that takes an id literally spares it (ID-66).
 */
export function createProfileStore(
  system: IdentitySystemName,
  identity: IdentitySystem,
): ProfileStore {
  const ownProfiles = createProfileMap();
  /** Under the id that was canonical when each was made. */
  const sharedProfiles = createProfileMap();
  const holders = createHolders((id) => sharedProfiles.has(id) || ownProfiles.has(id));

  const findPlace = (distinctId: string): Place | undefined => {
    const canonical = identity.canonicalOf(distinctId);
    const ids = [canonical, holders.first(identity.idsOf(distinctId)) ?? canonical];
    return ids
      .flatMap((id) => [
        { profiles: sharedProfiles, id },
        { profiles: ownProfiles, id },
      ])
      .find(({ profiles, id }) => profiles.has(id));
  };

  /** Where the profile is kept, or will be, that an update of this id is about. */
  const placeOf = (distinctId: string, update: Readonly<Record<string, unknown>>): Place => {
    if (update['$ignore_alias'] === true) {
      return { profiles: ownProfiles, id: distinctId };
    }
    const canonical = identity.canonicalOf(distinctId);
    if (system === 'simplified') {
      return { profiles: ownProfiles, id: canonical };
    }
    const isShared = system === 'original' && identity.idsOf(distinctId).length > 1;
    return (
      findPlace(distinctId) ?? { profiles: isShared ? sharedProfiles : ownProfiles, id: canonical }
    );
  };

  const show = (ids: Iterable<string>): Entries<Properties> => {
    const shown = new Map<string, ProfileProperties>();
    for (const id of ids) {
      const isLiteral = system === 'simplified';
      const name = isLiteral ? id : identity.canonicalOf(id);
      const place = isLiteral || shown.has(name) ? undefined : findPlace(id);
      const properties = isLiteral ? ownProfiles.toRead(id) : place?.profiles.toRead(place.id);
      if (properties) {
        shown.set(name, properties);
      }
    }
    return showProfiles(shown);
  };

  return {
    update(distinctId, update, addProperties) {
      const { profiles, id } = placeOf(distinctId, update);
      const current = profiles.toChange(id);
      const { properties, ignored } = applyUpdate(current, update, USER_OPERATIONS);
      for (const [name, value] of Object.entries(addProperties)) {
        properties?.set(name, value);
      }
      if (properties) {
        profiles.set(id, properties);
      } else {
        profiles.delete(id);
      }
      if (system === 'simplified') {
        return ignored;
      }
      if (properties) {
        holders.add(identity.idsOf(id), id);
      }
      if ('$delete' in update && update['$ignore_alias'] !== true) {
        for (const each of holders.all(identity.idsOf(distinctId))) {
          ownProfiles.delete(each);
          sharedProfiles.delete(each);
        }
      }
      return ignored;
    },
    outgrows(distinctId, update, maxCount) {
      const { profiles, id } = placeOf(distinctId, update);
      const added = [...namesIn(update)].filter(
        (name) => !SERVICE_NAMES.has(name) && !profiles.holds(id, name),
      );
      if (added.length === 0 || '$delete' in update) {
        return false;
      }
      const unset = new Set(Array.isArray(update['$unset']) ? update['$unset'] : []);
      const known = profiles
        .names(id)
        .filter((name) => !SERVICE_NAMES.has(name) && !unset.has(name));
      return known.length + added.length > maxCount;
    },
    all: () => show([...ownProfiles.ids(), ...sharedProfiles.ids()]),
    under: show,
  };
}
