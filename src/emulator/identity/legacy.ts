import { CREATE_ALIAS_EVENT, IDENTIFY_EVENT, MERGE_EVENT } from '../../wire.js';
import { createClusterSet } from './cluster-set.js';
import { NOTHING_PENDING, plainAdmission } from './identity-system.js';
import { idText } from '../rules/id-text.js';
import type { Admission, IdentitySystem, IncomingEvent } from './identity-system.js';

/**
 * The system before ID Merge (section 7): `$create_alias` makes a new name for an id, once. What is sent under the name
 * from then on belongs to the id; what was sent before stays where it was.
 */
export function createLegacy(): IdentitySystem {
  const clusters = createClusterSet();
  const targetOf = new Map<string, string>();

  const admitAlias = ({ properties }: IncomingEvent): Admission => {
    const target = idText(properties['distinct_id']) ?? '';
    const alias = idText(properties['alias']) ?? '';
    const canonical = clusters.canonicalOf(target);
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
    clusters.join(target, alias).canonical = canonical;
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
      const distinctId = clusters.canonicalOf(
        idText(incoming.properties['distinct_id']) ?? incoming.addressHash,
      );
      if (distinctId !== '') {
        clusters.of(distinctId);
      }
      return plainAdmission(distinctId);
    },
    // What came in stays where it was put: the legacy system changes nothing afterwards.
    resolve: () => undefined,
    canonicalOf: clusters.canonicalOf,
    idsOf: clusters.idsOf,
    clusterOf: clusters.copyOf,
    clusters: clusters.all,
    links: () => [],
    ...NOTHING_PENDING,
  };
}
