import type { Cluster, IdentitySystemName } from '../../emulator/emulator-state.js';
import { isDeviceId } from './format.js';
import type { IdentityAct, NodeKind } from './identity-act.js';
import { IDENTITY_VERBS, text, type Row } from './row.js';

/** One id in the picture. */
export interface PersonNode {
  readonly id: string;
  readonly kind: NodeKind;
  /** Events that came in under this id; identity verbs, duplicates and drops not counted. */
  readonly eventCount: number;
  /** `seq` at which the id was first seen; 0 if only the clusters name it. */
  readonly firstSeq: number;
}

/** What the graph is made from. */
export interface GraphSource {
  readonly system: IdentitySystemName;
  readonly clusters: readonly Cluster[];
  readonly rows: readonly Row[];
}

/** What is known of an id from the events that name it. */
export interface Sighting {
  eventCount: number;
  firstSeq: number;
  kind: NodeKind | undefined;
}

/** Finds every id that events name, with how often and since when. */
export function sightIds(source: GraphSource, acts: readonly IdentityAct[]): Map<string, Sighting> {
  const sightings = new Map<string, Sighting>();
  const sight = (id: string, seq: number): Sighting => {
    const known = sightings.get(id);
    if (known) {
      known.firstSeq = Math.min(known.firstSeq, seq);
      return known;
    }
    const fresh: Sighting = { eventCount: 0, firstSeq: seq, kind: undefined };
    sightings.set(id, fresh);
    return fresh;
  };
  for (const row of source.rows) {
    if (row.dropReason !== undefined || row.duplicateOf !== null) continue;
    if (row.ingestDistinctId === '' || IDENTITY_VERBS.has(row.event)) continue;
    const sighting = sight(row.ingestDistinctId, row.seq);
    sighting.eventCount += 1;
    if (text(row.properties, '$device_id') === row.ingestDistinctId) sighting.kind ??= 'device';
  }
  for (const act of acts) {
    for (const [id, kind] of [
      [act.from, act.fromKind],
      [act.to, act.toKind],
    ] as const) {
      const sighting = sight(id, act.seq);
      if (kind === 'user' || sighting.kind !== 'user') sighting.kind = kind;
    }
  }
  return sightings;
}

/** The id as it stands in the picture. */
export function toNode(id: string, sighting: Sighting | undefined): PersonNode {
  return {
    id,
    kind: isDeviceId(id) ? 'device' : (sighting?.kind ?? 'user'),
    eventCount: sighting?.eventCount ?? 0,
    firstSeq: sighting?.firstSeq ?? 0,
  };
}
