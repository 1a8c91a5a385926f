import { createContext } from 'preact';
import { useContext, useMemo } from 'preact/hooks';
import { isDeviceId } from '../model/format.js';
import type { NodeKind } from '../model/identity-act.js';
import type { PersonGroup } from '../model/people-graph.js';

/** What each id stands for, as the picture has it. */
export type IdKinds = ReadonlyMap<string, NodeKind>;

const IdKindsContext = createContext<IdKinds>(new Map());

/** Hands the kinds down to every id that is shown. */
export const IdKindsProvider = IdKindsContext.Provider;

/** The kinds of all ids of a graph. */
export function useIdKinds(people: readonly PersonGroup[]): IdKinds {
  return useMemo(() => {
    const kinds = new Map<string, NodeKind>();
    for (const { persons } of people) {
      for (const { nodes } of persons) for (const { id, kind } of nodes) kinds.set(id, kind);
    }
    return kinds;
  }, [people]);
}

/** What an id stands for; of one that nobody has sent yet, what it looks like. */
export function useKindOf(id: string): NodeKind {
  return useContext(IdKindsContext).get(id) ?? (isDeviceId(id) ? 'device' : 'user');
}
