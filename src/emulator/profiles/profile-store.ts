import type { IdentitySystemName, Properties } from '../emulator-state.js';
import type { IdentitySystem } from '../identity/identity-system.js';
import { applyUpdate } from './profile-update.js';
import type { IgnoredPart, ProfileProperties } from './profile-update.js';

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
  /** Number of properties that the profile would have. */
  countAfter(distinctId: string, update: Readonly<Record<string, unknown>>): number;
  /** Distinct id to its visible profile. */
  all(): Readonly<Record<string, Properties>>;
  /** The visible profiles of one person, by the ids that belong together. */
  under(ids: readonly string[]): Readonly<Record<string, Properties>>;
}

/**
 * Profiles by the rules of the project's identity system (section 5.4, 6.7).
 *
 * In Simplified a profile hangs on one distinct id, and a linked device leads to its user (ID-15, ID-17). In the others
 * every id of a cluster leads to one profile: the canonical id's own where there is one, else the first (ID-65). Each is
 * kept under the id that made it, so that a merge hides one and loses none.
 */
export function createProfileStore(
  system: IdentitySystemName,
  identity: IdentitySystem,
): ProfileStore {
  const profiles = new Map<string, ProfileProperties>();

  /** The id under which the profile that an id leads to is kept. */
  const ownerOf = (distinctId: string): string => {
    const canonical = identity.canonicalOf(distinctId);
    if (system === 'simplified') {
      return canonical;
    }
    if (profiles.has(canonical)) {
      return canonical;
    }
    return identity.idsOf(distinctId).find((id) => profiles.has(id)) ?? canonical;
  };

  const targetOf = (distinctId: string, update: Readonly<Record<string, unknown>>): string =>
    update['$ignore_alias'] === true ? distinctId : ownerOf(distinctId);

  const put = (owner: string, properties: ProfileProperties | null): void => {
    if (properties) {
      profiles.set(owner, properties);
    } else {
      profiles.delete(owner);
    }
  };

  const show = (owners: Iterable<string>): Readonly<Record<string, Properties>> => {
    const shown = new Map<string, Properties>();
    for (const owner of owners) {
      const properties = profiles.get(owner);
      if (properties && (system === 'simplified' || ownerOf(owner) === owner)) {
        const name = system === 'simplified' ? owner : identity.canonicalOf(owner);
        shown.set(name, Object.fromEntries(properties));
      }
    }
    return Object.fromEntries(shown);
  };

  return {
    update(distinctId, update, addProperties) {
      const owner = targetOf(distinctId, update);
      const { properties, ignored } = applyUpdate(profiles.get(owner) ?? null, update);
      if (properties) {
        for (const [name, value] of Object.entries(addProperties)) {
          properties.set(name, value);
        }
      }
      put(owner, properties);
      if ('$delete' in update && update['$ignore_alias'] !== true && system !== 'simplified') {
        for (const id of identity.idsOf(distinctId)) {
          profiles.delete(id);
        }
      }
      return ignored;
    },
    countAfter: (distinctId, update) =>
      applyUpdate(profiles.get(targetOf(distinctId, update)) ?? null, update).properties?.size ?? 0,
    all: () => show(profiles.keys()),
    under: (ids) => show(ids),
  };
}
