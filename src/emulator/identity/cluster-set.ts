import type { Cluster } from '../emulator-state.js';

/** Ids that are one person in Original ID Merge and in the legacy system. */
export interface IdCluster extends Cluster {
  readonly ids: string[];
  canonical: string;
  /** Place of `canonical` in the order in which ids were first seen. */
  firstSeen: number;
  /** Whether one of the ids was used as `$identified_id` (ID-47, step 3). */
  isIdentified: boolean;
}

/** Disjoint sets of ids that only ever grow together (ID-41, ID-54). */
export interface ClusterSet {
  /** The cluster of an id, made when the id is new. */
  of(id: string): IdCluster;
  /** The cluster of an id that was seen. */
  find(id: string): IdCluster | undefined;
  /** The id that stands for an id: itself, where it is new. */
  canonicalOf(id: string): string;
  /** The ids that are one with an id, in a list that goes on growing. */
  idsOf(id: string): readonly string[];
  /** The cluster of an id as it is now; `undefined` where the id is new. */
  copyOf(id: string): Cluster | undefined;
  /** Ids that the two would have together. */
  unionCount(a: string, b: string): number;
  /** Joins the two clusters. The id that was seen first stays canonical. */
  join(a: string, b: string): IdCluster;
  /** Every cluster as it is now, each copied as it is read. */
  all(): Iterable<Cluster>;
}

/** An empty set. Joining moves the smaller cluster into the larger one. */
export function createClusterSet(): ClusterSet {
  const clusterOf = new Map<string, IdCluster>();
  let seenCount = 0;

  const of = (id: string): IdCluster => {
    const known = clusterOf.get(id);
    if (known) {
      return known;
    }
    const cluster = { ids: [id], canonical: id, firstSeen: seenCount++, isIdentified: false };
    clusterOf.set(id, cluster);
    return cluster;
  };

  return {
    of,
    find: (id) => clusterOf.get(id),
    canonicalOf: (id) => clusterOf.get(id)?.canonical ?? id,
    idsOf: (id) => clusterOf.get(id)?.ids ?? [id],
    copyOf(id) {
      const cluster = clusterOf.get(id);
      return cluster && { ids: [...cluster.ids], canonical: cluster.canonical };
    },
    unionCount(a, b) {
      const first = clusterOf.get(a);
      const second = clusterOf.get(b);
      const firstCount = first?.ids.length ?? 1;
      return first && first === second ? firstCount : firstCount + (second?.ids.length ?? 1);
    },
    join(a, b) {
      const pair = [of(a), of(b)] as const;
      if (pair[0] === pair[1]) {
        return pair[0];
      }
      const [large, small] =
        pair[0].ids.length >= pair[1].ids.length ? pair : ([pair[1], pair[0]] as const);
      for (const id of small.ids) {
        large.ids.push(id);
        clusterOf.set(id, large);
      }
      if (small.firstSeen < large.firstSeen) {
        large.firstSeen = small.firstSeen;
        large.canonical = small.canonical;
      }
      large.isIdentified ||= small.isIdentified;
      return large;
    },
    all: () =>
      copyClusters(
        Array.from(new Set(clusterOf.values()), ({ ids, canonical }) => ({
          ids,
          count: ids.length,
          canonical,
        })),
      ),
  };
}

/** Ids are only ever added at the end: those that came since are left out. */
function* copyClusters(
  clusters: readonly { readonly ids: readonly string[]; count: number; canonical: string }[],
): Generator<Cluster> {
  for (const { ids, count, canonical } of clusters) {
    yield { ids: ids.slice(0, count), canonical };
  }
}
