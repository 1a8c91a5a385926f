import { CREATE_ALIAS_EVENT, IDENTIFY_EVENT, MERGE_EVENT } from '../../wire.js';
import type { Cluster } from '../emulator-state.js';
import { NOTHING_PENDING, plainAdmission } from './identity-system.js';
import { idText } from '../rules/id-text.js';
import type { Admission, IdentitySystem, IncomingEvent } from './identity-system.js';

/**
 * The system before ID Merge (section 7): `$create_alias` makes a new name for an id, once. What is sent under the name
 * from then on belongs to the id; what was sent before stays where it was.
 */
export function createLegacy(): IdentitySystem {
  const targetOf = new Map<string, string>();
  const aliasesOf = new Map<string, string[]>();
  const seen = new Set<string>();

  const follow = (id: string): string => {
    let current = id;
    for (let next = targetOf.get(current); next !== undefined; next = targetOf.get(current)) {
      current = next;
    }
    return current;
  };

  const clusterOf = (id: string): Cluster => {
    const ids = [id];
    for (const member of ids) {
      ids.push(...(aliasesOf.get(member) ?? []));
    }
    return { ids, canonical: id };
  };

  const admitAlias = ({ properties }: IncomingEvent): Admission => {
    const target = idText(properties['distinct_id']) ?? '';
    const alias = idText(properties['alias']) ?? '';
    const canonical = follow(target);
    const taken = targetOf.get(alias);
    if (alias === canonical || (taken !== undefined && taken !== target)) {
      return {
        kept: true,
        distinctId: canonical,
        added: undefined,
        joined: undefined,
        warnings: [
          {
            code: 'alias-refused',
            message: `Alias "${alias}" was not set: it stands for "${taken ?? alias}" already. In the legacy system an alias is set once.`,
          },
        ],
      };
    }
    if (taken === target) {
      return plainAdmission(canonical);
    }
    targetOf.set(alias, target);
    const aliases = aliasesOf.get(target) ?? [];
    aliasesOf.set(target, aliases);
    aliases.push(alias);
    seen.add(canonical);
    return {
      kept: true,
      distinctId: canonical,
      added: undefined,
      joined: { ids: [canonical, alias], canonical },
      warnings: [],
    };
  };

  return {
    admit(incoming) {
      if (incoming.event === CREATE_ALIAS_EVENT) {
        return admitAlias(incoming);
      }
      if (incoming.event === IDENTIFY_EVENT || incoming.event === MERGE_EVENT) {
        return {
          kept: false,
          reason: 'identity-event-ignored',
          warnings: [
            {
              code: 'identity-event-ignored',
              message: `"${incoming.event}" does nothing in the legacy system and was dropped. Only $create_alias joins ids.`,
            },
          ],
        };
      }
      const distinctId = follow(idText(incoming.properties['distinct_id']) ?? incoming.addressHash);
      if (distinctId !== '') {
        seen.add(distinctId);
      }
      return plainAdmission(distinctId);
    },
    // What came in stays where it was put: the legacy system changes nothing afterwards.
    resolve: (ingestDistinctId) => ({ distinctId: ingestDistinctId, added: undefined }),
    canonicalOf: follow,
    idsOf: (distinctId) => clusterOf(follow(distinctId)).ids,
    clusterOf: (distinctId) =>
      seen.has(follow(distinctId)) ? clusterOf(follow(distinctId)) : undefined,
    clusters: () => [...seen].filter((id) => !targetOf.has(id)).map(clusterOf),
    links: () => ({}),
    ...NOTHING_PENDING,
  };
}
