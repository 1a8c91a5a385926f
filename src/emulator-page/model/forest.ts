/** Sets of ids that can be joined. */
export interface Forest {
  /** The id that stands for the set. */
  find(id: string): string;
  /** Joins two sets; `false` if they were one already. */
  union(one: string, other: string): boolean;
}

/** A forest in which every id is a set of its own. */
export function createForest(): Forest {
  const parents = new Map<string, string>();
  const find = (id: string): string => {
    let root = id;
    for (let up = parents.get(root); up !== undefined; up = parents.get(root)) root = up;
    if (root !== id) parents.set(id, root);
    return root;
  };
  const union = (one: string, other: string): boolean => {
    const [a, b] = [find(one), find(other)];
    if (a === b) return false;
    parents.set(a, b);
    return true;
  };
  return { find, union };
}
