import type { IdentitySystemName } from '../../emulator/emulator-state.js';
import { failureCode, text, type Row } from './row.js';

/** What an id stands for: a browser profile, a person the application named, or another name for either. */
export type NodeKind = 'device' | 'user' | 'alias';

/** An event's attempt to make two ids one person. */
export interface IdentityAct {
  readonly seq: number;
  readonly from: string;
  readonly fromKind: NodeKind;
  readonly to: string;
  readonly toKind: NodeKind;
  /** The code with which it was refused; `undefined` if it held. */
  readonly refused: string | undefined;
}

type Ends = Pick<IdentityAct, 'from' | 'fromKind' | 'to' | 'toKind'>;

function identifyEnds(row: Row): Ends | undefined {
  const from = text(row.properties, '$anon_id') ?? text(row.properties, '$anon_distinct_id');
  const to = text(row.properties, '$identified_id') ?? row.ingestDistinctId;
  return from && to ? { from, fromKind: 'device', to, toKind: 'user' } : undefined;
}

function aliasEnds(row: Row): Ends | undefined {
  const from = text(row.properties, 'alias');
  const to = row.ingestDistinctId;
  return from && to ? { from, fromKind: 'alias', to, toKind: 'user' } : undefined;
}

function mergeEnds(row: Row): Ends | undefined {
  const ids = row.properties['$distinct_ids'];
  const [from, to]: unknown[] = Array.isArray(ids) ? ids : [];
  if (typeof from !== 'string' || typeof to !== 'string') return undefined;
  return { from, fromKind: 'user', to, toKind: 'user' };
}

function verbEnds(row: Row): Ends | undefined {
  if (row.event === '$identify') return identifyEnds(row);
  if (row.event === '$create_alias') return aliasEnds(row);
  return row.event === '$merge' ? mergeEnds(row) : undefined;
}

/** In Simplified any event with both a device and a user is an attempt to link them (ID-3). */
function linkEnds(row: Row): Ends | undefined {
  const device = text(row.properties, '$device_id')?.replace(/^\$device:/, '');
  const user = row.ingestDistinctId;
  if (!device || !user || user.startsWith('$device:')) return undefined;
  return { from: `$device:${device}`, fromKind: 'device', to: user, toKind: 'user' };
}

/** The event's attempt to join two ids, if it is one; dropped and duplicate events are none. */
export function identityActOf(row: Row, system: IdentitySystemName): IdentityAct | undefined {
  if (row.dropReason !== undefined || row.duplicateOf !== null) return undefined;
  const ends = system === 'simplified' ? linkEnds(row) : verbEnds(row);
  return ends && { ...ends, seq: row.seq, refused: failureCode(row) };
}

/** The attempts to join ids that the rows hold, in order of arrival. */
export function identityActs(rows: readonly Row[], system: IdentitySystemName): IdentityAct[] {
  return rows.flatMap((row) => identityActOf(row, system) ?? []);
}
