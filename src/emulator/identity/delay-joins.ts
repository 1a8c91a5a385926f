import type { Clock } from '../clock.js';
import type { IdentitySystem } from './identity-system.js';

/**
 * An identity system whose joins reach earlier events late, as in the service's reports (ID-13): for `lagSeconds` after
 * ids were joined, events that came in under one of them are shown under the id that they came in under. Clusters, links
 * and profiles change at once.
 */
export function delayJoins(
  identity: IdentitySystem,
  lagSeconds: number,
  clock: Clock,
): IdentitySystem {
  if (lagSeconds === 0) {
    return identity;
  }
  /** When the last join of a person was, by the id that stands for them: it befell all their ids. */
  const joinedMs = new Map<string, number>();
  const isPending = (id: string): boolean =>
    clock.nowMs() < (joinedMs.get(identity.canonicalOf(id)) ?? -Infinity) + lagSeconds * 1_000;
  return {
    ...identity,
    admit(incoming) {
      const admission = identity.admit(incoming);
      if (admission.kept && admission.joined) {
        joinedMs.set(admission.joined.canonical, clock.nowMs());
      }
      return admission;
    },
    resolve: (ingestDistinctId, sent) =>
      isPending(ingestDistinctId) ? undefined : identity.resolve(ingestDistinctId, sent),
  };
}
