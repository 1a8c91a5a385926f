import { CREATE_ALIAS_EVENT, DEVICE_PREFIX, IDENTIFY_EVENT, MERGE_EVENT } from '../../wire.js';
import type { Properties } from '../emulator-state.js';
import type { Project } from '../project-config.js';
import { cutText } from '../rules/text-limits.js';
import { createClusterSet } from './cluster-set.js';
import { NOTHING_PENDING } from './identity-system.js';
import { idText } from '../rules/id-text.js';
import type { Admission, IdentitySystem, IncomingEvent } from './identity-system.js';
import type { Finding } from '../rules/finding.js';

const LOOSE_GUID = /^(\$device:)?[0-9a-z]+-[0-9a-z]+-[0-9a-z]+-[0-9a-z]+-[0-9a-z]+$/i;
const UUID_V4 =
  /^(\$device:)?[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

interface Failure {
  readonly reason: string;
  readonly description: string;
  readonly advice: string;
}

/**
 * Original ID Merge (section 6): ids are joined by `$identify`, `$create_alias` and `$merge` only, for ever, in both
 * directions of time. Refusals never reach the sender: they stand on the stored event (ID-60).
 */
export function createOriginal(project: Pick<Project, 'clusterCap' | 'guid'>): IdentitySystem {
  const clusters = createClusterSet();
  const aliasTargets = new Map<string, string>();
  const guid = project.guid === 'v4-strict' ? UUID_V4 : LOOSE_GUID;

  const refuseCap = (a: string, b: string): Failure | undefined => {
    const size = clusters.unionCount(a, b);
    return size > project.clusterCap ? tooMany(size, project.clusterCap) : undefined;
  };

  const together = (a: string, b: string): boolean => {
    const cluster = clusters.find(a);
    return cluster !== undefined && cluster === clusters.find(b);
  };

  const refuseIdentify = (identified: string, anonymous: string): Failure | undefined => {
    if (identified === anonymous) {
      return sameIds(identified);
    }
    if (!guid.test(anonymous)) {
      return notGuid(anonymous);
    }
    if (together(identified, anonymous)) {
      return undefined;
    }
    return clusters.find(anonymous)?.isIdentified
      ? alreadyIdentified(anonymous)
      : refuseCap(identified, anonymous);
  };

  const refuseAlias = (target: string, alias: string): Failure | undefined => {
    const taken = aliasTargets.get(alias);
    return taken !== undefined && taken !== target ? aliasTaken(alias) : refuseCap(target, alias);
  };

  const settle = (
    distinctId: string,
    added: Properties,
    failure: Failure | undefined,
    pair: readonly [string, string],
    join = () => clusters.join(...pair),
  ): Admission => {
    if (failure) {
      return {
        kept: true,
        distinctId,
        added: {
          ...added,
          $failure_reason: failure.reason,
          $failure_description: failure.description,
        },
        joined: undefined,
        warnings: [{ code: 'merge-refused', message: `${failure.description}. ${failure.advice}` }],
      };
    }
    const { canonical } = join();
    return { kept: true, distinctId, added, joined: { ids: pair, canonical }, warnings: [] };
  };

  const admitIdentify = ({ properties }: IncomingEvent): Admission => {
    const identified =
      idText(properties['$identified_id']) || idText(properties['distinct_id']) || '';
    const anonymous =
      idText(properties['$anon_id']) || idText(properties['$anon_distinct_id']) || '';
    const distinctId = idText(properties['distinct_id']) || identified;
    const pair = [identified, anonymous] as const;
    return settle(distinctId, {}, refuseIdentify(identified, anonymous), pair, () => {
      const cluster = clusters.join(...pair);
      cluster.isIdentified = true;
      return cluster;
    });
  };

  const admitAlias = ({ properties }: IncomingEvent): Admission => {
    const target = idText(properties['distinct_id']) ?? '';
    const alias = idText(properties['alias']) ?? '';
    return settle(target, {}, refuseAlias(target, alias), [target, alias], () => {
      if (alias !== target) {
        aliasTargets.set(alias, target);
      }
      return clusters.join(target, alias);
    });
  };

  const admitMerge = ({ properties, endpoint }: IncomingEvent): Admission => {
    if (endpoint === '/track') {
      return { kept: false, reason: 'merge-not-on-track', warnings: [MERGE_ON_TRACK] };
    }
    const [first = '', second = ''] = (properties['$distinct_ids'] as readonly unknown[]).map(
      (id) => cutText(idText(id) ?? ''),
    );
    const distinctId = idText(properties['distinct_id']) || first;
    return settle(distinctId, {}, refuseCap(first, second), [first, second]);
  };

  const admitOrdinary = ({ properties, addressHash }: IncomingEvent): Admission => {
    const distinctId = idText(properties['distinct_id']) ?? addressHash;
    if (distinctId !== '') {
      clusters.of(distinctId);
    }
    const warnings = deviceWarnings(anonymousIdOf(distinctId, properties), guid);
    return { kept: true, distinctId, added: undefined, joined: undefined, warnings };
  };

  return {
    admit(incoming) {
      switch (incoming.event) {
        case IDENTIFY_EVENT:
          return admitIdentify(incoming);
        case CREATE_ALIAS_EVENT:
          return admitAlias(incoming);
        case MERGE_EVENT:
          return admitMerge(incoming);
        default:
          return admitOrdinary(incoming);
      }
    },
    resolve(ingestDistinctId) {
      const distinctId = clusters.canonicalOf(ingestDistinctId);
      return distinctId === ingestDistinctId
        ? undefined
        : {
            distinctId,
            added: { $distinct_id_before_identity: ingestDistinctId, $is_reshuffled: true },
          };
    },
    canonicalOf: clusters.canonicalOf,
    idsOf: clusters.idsOf,
    clusterOf: clusters.copyOf,
    clusters: clusters.all,
    links: () => [],
    ...NOTHING_PENDING,
  };
}

/** The id that an `$identify` is going to name, as long as an event has no user; empty when it carries none. */
function anonymousIdOf(distinctId: string, properties: Properties): string {
  if (idText(properties['$user_id'])) {
    return '';
  }
  return distinctId.startsWith(DEVICE_PREFIX)
    ? distinctId
    : (idText(properties['$device_id']) ?? '');
}

function deviceWarnings(anonymousId: string, guid: RegExp): readonly Finding[] {
  return anonymousId !== '' && !guid.test(anonymousId)
    ? [
        {
          code: 'anonymous-id-not-guid',
          message: `Anonymous id "${anonymousId}" does not look like a GUID, so no $identify will ever join it to a user. Use a UUID v4.`,
        },
      ]
    : [];
}

const sameIds = (id: string): Failure => ({
  reason: 'errSameIDs',
  description: `Identified and anon ID are same in the identify request ${id}`,
  advice: 'Identify a person by the id that your application knows them by, not by the device id.',
});

const notGuid = (id: string): Failure => ({
  reason: 'errAnonDistinctIdNonGUIDForm',
  description: `$anon_distinct_id didn't match expected GUID pattern: ${id}`,
  advice: 'Use a UUID v4 as the anonymous id, and take a new one before another person signs in.',
});

const alreadyIdentified = (id: string): Failure => ({
  reason: 'errAnonDistinctIdAssignedAlready',
  description: `$anon_distinct_id already identified: ${id}`,
  advice: 'Take a new anonymous id when another person signs in: call reset() at sign-out.',
});

const tooMany = (size: number, cap: number): Failure => ({
  reason: 'errManyIDs',
  description: `too many distinctIDs mapped together, Cluster size: ${size} Max limit: ${cap}`,
  advice: 'Every reset() takes an id: call it only when a different person is expected.',
});

const aliasTaken = (alias: string): Failure => ({
  reason: 'errAliasAlreadyExists',
  description: 'alias already exists with the id',
  advice: `"${alias}" stands for another id already, and an alias has one target.`,
});

const MERGE_ON_TRACK: Finding = {
  code: 'merge-not-on-track',
  message: '"$merge" works on /import only; on /track it is dropped. Send it to /import.',
};
