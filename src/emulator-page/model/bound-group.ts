import type { Join, Person, PersonGroup } from './people-graph.js';

/** Ids of one group that are drawn: more cannot be told apart, and a browser draws them slowly. */
const MAX_DRAWN_COUNT = 120;
const MAX_PERSON_COUNT = 30;

/** A group that can be drawn, and how many ids of it are left out. */
export interface BoundGroup {
  readonly group: PersonGroup;
  readonly hiddenCount: number;
}

/** Cuts a group down to what can be drawn: of each person the id that it counts as, and the newest. */
export function boundGroup(group: PersonGroup): BoundGroup {
  const idCount = group.persons.reduce((sum, { nodes }) => sum + nodes.length, 0);
  if (idCount <= MAX_DRAWN_COUNT) return { group, hiddenCount: 0 };
  const persons = group.persons.slice(0, MAX_PERSON_COUNT);
  const share = Math.max(1, Math.floor(MAX_DRAWN_COUNT / persons.length));
  const drawn = persons.map((person) => boundPerson(person, share));
  const drawnCount = drawn.reduce((sum, { nodes }) => sum + nodes.length, 0);
  const refusals = group.refusals.slice(-MAX_PERSON_COUNT);
  return { group: { ...group, persons: drawn, refusals }, hiddenCount: idCount - drawnCount };
}

function boundPerson({ canonical, nodes, joins }: Person, maxCount: number): Person {
  const main = nodes.filter(({ id }) => id === canonical);
  const others = nodes.filter(({ id }) => id !== canonical);
  const restCount = maxCount - main.length;
  const kept = [...main, ...(restCount > 0 ? others.slice(-restCount) : [])];
  const ids = new Set(kept.map(({ id }) => id));
  const shown = joins.filter(({ from, to }) => ids.has(from) && ids.has(to));
  const joined = new Set(shown.flatMap(({ from, to }) => [from, to]));
  const loose = [...ids].filter((id) => id !== canonical && !joined.has(id));
  return {
    canonical,
    nodes: kept,
    joins: [...shown, ...loose.map((from): Join => ({ from, to: canonical, seq: undefined }))],
  };
}
