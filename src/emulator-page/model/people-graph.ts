import type { Cluster } from '../../emulator/emulator-state.js';
import { createForest } from './forest.js';
import { identityActs, type IdentityAct } from './identity-act.js';
import { sightIds, toNode, type GraphSource, type PersonNode } from './person-node.js';

/** Two ids that became one person. */
export interface Join {
  readonly from: string;
  readonly to: string;
  /** The event that joined them; `undefined` if it is no longer at hand. */
  readonly seq: number | undefined;
}

/** Two ids that were to become one person and did not. */
export interface Refusal {
  readonly from: string;
  readonly to: string;
  readonly code: string;
  /** Every event that tried, oldest first. */
  readonly seqs: readonly number[];
}

/** The ids of one person, and how they came together. */
export interface Person {
  readonly canonical: string;
  readonly nodes: readonly PersonNode[];
  readonly joins: readonly Join[];
}

/** Persons that are drawn together, because a merge between them was refused; most have one person and no refusal. */
export interface PersonGroup {
  readonly key: string;
  readonly persons: readonly Person[];
  readonly refusals: readonly Refusal[];
  /** When the newest id came in: what changed last stands first. */
  readonly newestSeq: number;
}

/** Joins that hold the cluster together: those that events show, and a line to the canonical id for what they do not. */
function joinsOf(cluster: Cluster, acts: readonly IdentityAct[]): Join[] {
  const forest = createForest();
  const joins: Join[] = [];
  for (const { from, to, seq } of acts) {
    if (forest.union(from, to)) joins.push({ from, to, seq });
  }
  for (const id of cluster.ids) {
    if (forest.union(id, cluster.canonical)) {
      joins.push({ from: id, to: cluster.canonical, seq: undefined });
    }
  }
  return joins;
}

function refusalsOf(acts: readonly IdentityAct[]): Refusal[] {
  const refusals = new Map<string, { from: string; to: string; code: string; seqs: number[] }>();
  for (const { from, to, seq, refused } of acts) {
    if (refused === undefined) continue;
    const key = JSON.stringify([from, to, refused]);
    const known = refusals.get(key);
    if (known) known.seqs.push(seq);
    else refusals.set(key, { from, to, code: refused, seqs: [seq] });
  }
  return [...refusals.values()];
}

function personsById(source: GraphSource, acts: readonly IdentityAct[]): Map<string, Person> {
  const sightings = sightIds(source, acts);
  const clusterOf = new Map<string, Cluster>();
  for (const cluster of source.clusters) for (const id of cluster.ids) clusterOf.set(id, cluster);
  for (const id of sightings.keys()) {
    if (!clusterOf.has(id)) clusterOf.set(id, { ids: [id], canonical: id });
  }
  const joined = new Map<Cluster, IdentityAct[]>();
  for (const act of acts) {
    const cluster = clusterOf.get(act.from);
    if (act.refused !== undefined || !cluster || cluster !== clusterOf.get(act.to)) continue;
    const known = joined.get(cluster);
    if (known) known.push(act);
    else joined.set(cluster, [act]);
  }
  const persons = new Map<string, Person>();
  for (const cluster of new Set(clusterOf.values())) {
    const nodes = cluster.ids
      .map((id) => toNode(id, sightings.get(id)))
      .sort((a, b) => a.firstSeq - b.firstSeq);
    const joins = joinsOf(cluster, joined.get(cluster) ?? []);
    const person: Person = { canonical: cluster.canonical, nodes, joins };
    for (const id of cluster.ids) persons.set(id, person);
  }
  return persons;
}

/** Who is who: persons with the ids they are made of, what joined them and what was refused, the newest first. */
export function buildPeopleGraph(source: GraphSource): PersonGroup[] {
  const acts = identityActs(source.rows, source.system);
  const persons = personsById(source, acts);
  const refusals = refusalsOf(acts);
  const forest = createForest();
  const keyOf = (id: string) => forest.find(persons.get(id)?.canonical ?? id);
  for (const { from, to } of refusals) forest.union(keyOf(from), keyOf(to));

  const groups = new Map<string, { persons: Person[]; refusals: Refusal[]; newestSeq: number }>();
  for (const person of new Set(persons.values())) {
    const key = keyOf(person.canonical);
    const group = groups.get(key) ?? { persons: [], refusals: [], newestSeq: 0 };
    group.persons.push(person);
    // The nodes of a person stand in the order in which they came in.
    group.newestSeq = Math.max(group.newestSeq, person.nodes.at(-1)?.firstSeq ?? 0);
    groups.set(key, group);
  }
  for (const refusal of refusals) groups.get(keyOf(refusal.from))?.refusals.push(refusal);
  const age = (person: Person) => person.nodes[0]?.firstSeq ?? 0;
  return [...groups]
    .map(([key, group]) => ({
      ...group,
      key,
      persons: group.persons.sort((a, b) => age(a) - age(b)),
    }))
    .sort((a, b) => b.newestSeq - a.newestSeq);
}

/** Whether the group is one id alone: nothing joined, nothing refused. */
export function isSingle(group: PersonGroup): boolean {
  return (
    group.persons.length === 1 && group.persons[0]?.nodes.length === 1 && !group.refusals.length
  );
}

/** Whether one of the group's ids holds every word of a search. */
export function groupMatches(group: PersonGroup, words: readonly string[]): boolean {
  if (!words.length) return true;
  const ids = group.persons
    .flatMap((person) => person.nodes.map((node) => node.id))
    .join('\n')
    .toLowerCase();
  return words.every((word) => ids.includes(word));
}

/** Every id of the person to whom this id belongs; the id alone if nobody has it. */
export function idsOfPerson(groups: readonly PersonGroup[], id: string): ReadonlySet<string> {
  return new Set(personOf(groups, id)?.nodes.map((node) => node.id) ?? [id]);
}

/** The person to whom an id belongs. */
export function personOf(groups: readonly PersonGroup[], id: string): Person | undefined {
  for (const { persons } of groups) {
    const person = persons.find(({ nodes }) => nodes.some((node) => node.id === id));
    if (person) return person;
  }
  return undefined;
}
