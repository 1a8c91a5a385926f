import type { Person, PersonGroup } from './people-graph.js';
import type { PersonNode } from './person-node.js';

/** Height of one id in the picture, in CSS pixels. */
export const NODE_HEIGHT = 30;
const PERSON_GAP = 10;

/** Where an id stands: devices on the left, users and aliases on the right; `y` is its middle, in pixels. */
export interface PlacedNode {
  readonly node: PersonNode;
  readonly side: 'left' | 'right';
  readonly y: number;
  readonly isCanonical: boolean;
}

/** A line between two ids in the gutter between the columns. */
export interface PlacedEdge {
  readonly key: string;
  readonly path: string;
  /** Where a mark on the line goes. */
  readonly middle: { readonly x: number; readonly y: number };
  readonly isRefused: boolean;
  readonly ends: readonly [string, string];
}

/** One group, ready to be drawn. */
export interface GroupLayout {
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

function placePerson(person: Person, top: number): { nodes: PlacedNode[]; height: number } {
  const left = person.nodes.filter((node) => node.kind === 'device');
  const right = person.nodes
    .filter((node) => node.kind !== 'device')
    .sort((a, b) => Number(b.id === person.canonical) - Number(a.id === person.canonical));
  const height = Math.max(left.length, right.length) * NODE_HEIGHT;
  const place = (nodes: readonly PersonNode[], side: 'left' | 'right') =>
    nodes.map((node, index): PlacedNode => {
      const start = top + (height - nodes.length * NODE_HEIGHT) / 2;
      const isCanonical = node.id === person.canonical;
      return { node, side, y: start + (index + 0.5) * NODE_HEIGHT, isCanonical };
    });
  return { nodes: [...place(left, 'left'), ...place(right, 'right')], height };
}

/** A point on a cubic curve between two heights whose controls stand at the same heights. */
function pointOn(x: readonly [number, number, number, number], y1: number, y2: number, t: number) {
  const u = 1 - t;
  const weights = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t] as const;
  return {
    x: weights[0] * x[0] + weights[1] * x[1] + weights[2] * x[2] + weights[3] * x[3],
    y: (weights[0] + weights[1]) * y1 + (weights[2] + weights[3]) * y2,
  };
}

function placeEdge(
  from: PlacedNode,
  to: PlacedNode,
  gutter: number,
  isRefused: boolean,
  markAt: number,
): PlacedEdge {
  const edgeOf = (place: PlacedNode) => (place.side === 'left' ? 0 : gutter);
  const controlOf = (place: PlacedNode) => {
    if (from.side !== to.side) return gutter / 2;
    return place.side === 'left' ? gutter * 0.6 : gutter * 0.4;
  };
  const x = [edgeOf(from), controlOf(from), controlOf(to), edgeOf(to)] as const;
  return {
    key: JSON.stringify([from.node.id, to.node.id, isRefused]),
    path: `M${x[0]} ${from.y}C${x[1]} ${from.y} ${x[2]} ${to.y} ${x[3]} ${to.y}`,
    middle: pointOn(x, from.y, to.y, markAt),
    isRefused,
    ends: [from.node.id, to.node.id],
  };
}

/** Places a group's ids in two columns, `gutter` pixels apart, and the lines between them. Deterministic, so that what did not change stays put. */
export function layoutGroup(group: PersonGroup, gutter: number): GroupLayout {
  const nodes: PlacedNode[] = [];
  let height = 0;
  for (const person of group.persons) {
    if (height > 0) height += PERSON_GAP;
    const placed = placePerson(person, height);
    nodes.push(...placed.nodes);
    height += placed.height;
  }
  const places = new Map(nodes.map((place) => [place.node.id, place]));
  const edges: PlacedEdge[] = [];
  const connect = (fromId: string, toId: string, isRefused: boolean, markAt: number) => {
    const [from, to] = [places.get(fromId), places.get(toId)];
    if (from && to && from !== to) edges.push(placeEdge(from, to, gutter, isRefused, markAt));
  };
  for (const person of group.persons) {
    for (const join of person.joins) connect(join.from, join.to, false, 0.5);
  }
  // Marks of neighbouring refusals are staggered, so that none hides another.
  group.refusals.forEach(({ from, to }, index) => {
    const stagger = group.refusals.length > 1 ? ((index % 3) - 1) * 0.14 : 0;
    connect(from, to, true, 0.5 + stagger);
  });
  return { height, nodes, edges };
}
