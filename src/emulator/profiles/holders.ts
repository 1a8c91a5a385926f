/** Of ids that belong together those that have something. */
export interface Holders {
  /** The first of them that came to have it; `undefined` when none has. */
  first(ids: readonly string[]): string | undefined;
  /** Every one of them. */
  all(ids: readonly string[]): readonly string[];
  /** One of them has it from here on. */
  add(ids: readonly string[], id: string): void;
}

interface Known {
  readonly holders: Set<string>;
  /** Ids at the beginning of the list that were looked at. */
  seenCount: number;
}

/**
 * Finds holders without looking at every id each time.
 *
 * @param holds Whether an id has it. One that lost it need not be told.
 */
export function createHolders(holds: (id: string) => boolean): Holders {
  /** By the list itself: a person's list of ids only ever grows, at its end. */
  const known = new WeakMap<readonly string[], Known>();

  const holdersAmong = (ids: readonly string[]): Set<string> => {
    const entry = known.get(ids) ?? { holders: new Set(), seenCount: 0 };
    known.set(ids, entry);
    for (const id of ids.slice(entry.seenCount)) {
      if (holds(id)) {
        entry.holders.add(id);
      }
    }
    entry.seenCount = ids.length;
    return entry.holders;
  };

  return {
    first(ids) {
      const holders = holdersAmong(ids);
      for (const id of holders) {
        if (holds(id)) {
          return id;
        }
        holders.delete(id);
      }
      return undefined;
    },
    all: (ids) => [...holdersAmong(ids)].filter(holds),
    add: (ids, id) => void holdersAmong(ids).add(id),
  };
}
