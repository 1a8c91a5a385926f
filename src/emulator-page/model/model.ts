import type {
  Cluster,
  DroppedRecord,
  EmulatorState,
  IdentitySystemName,
  Properties,
  ReceivedRequest,
  StoredEvent,
  Warning,
} from '../../emulator/emulator-state.js';
import type { Row } from './row.js';

/** Lines of the stream that the page keeps; older ones are to be had from `GET /_emulator/state`. */
export const MAX_ROW_COUNT = 50_000;

/** Requests that the page keeps, as many as the emulator does. */
export const MAX_REQUEST_COUNT = 10_000;
/** Warnings that the page keeps. */
export const MAX_WARNING_COUNT = 20_000;
/** A list is cut when it is this much longer than it may be, because each cut moves all of it. */
const CUT_FACTOR = 1.1;

/** The ids of one person, which grow in place: copying them for each that joins would cost more the more there are. */
export interface KnownCluster extends Cluster {
  readonly ids: string[];
  canonical: string;
}

/** What the page knows of the emulator. Collections grow in place; the revisions say what changed. */
export interface Model {
  system: IdentitySystemName;
  /** Seconds by which the emulator's clock is ahead of this machine's. */
  clockLeadSeconds: number;
  /** Kept and dropped events in order of arrival. */
  rows: Row[];
  warnings: Warning[];
  warningsBySeq: Map<number, Warning[]>;
  requests: ReceivedRequest[];
  /** Requests before those, which are no longer at hand. */
  forgottenRequestCount: number;
  /** Id to the person it belongs to. */
  clusterOf: Map<string, KnownCluster>;
  profiles: Readonly<Record<string, Properties>>;
  groups: Readonly<Record<string, Readonly<Record<string, Properties>>>>;
  /** Grows with every change of rows or warnings. */
  rowsRevision: number;
  /** Grows with every change of who is who. */
  peopleRevision: number;
}

/** A model of an emulator that has received nothing. */
export function createModel(): Model {
  return {
    system: 'simplified',
    clockLeadSeconds: 0,
    rows: [],
    warnings: [],
    warningsBySeq: new Map(),
    requests: [],
    forgottenRequestCount: 0,
    clusterOf: new Map(),
    profiles: {},
    groups: {},
    rowsRevision: 0,
    peopleRevision: 0,
  };
}

/** A kept event as a line of the stream. */
export function keptRow(event: StoredEvent, heardAtMs?: number): Row {
  return { ...event, dropReason: undefined, isStale: false, heardAtMs };
}

/** A dropped record as a line of the stream. */
export function droppedRow(record: DroppedRecord, heardAtMs?: number): Row {
  return { ...record, dropReason: record.reason, isStale: false, heardAtMs };
}

/** Index of the line with this `seq`, or where it would stand. */
export function indexOfSeq(rows: readonly Row[], seq: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rows[middle]?.seq ?? Infinity) < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The line with this `seq`, if it is at hand. */
export function rowOfSeq(model: Model, seq: number): Row | undefined {
  const row = model.rows[indexOfSeq(model.rows, seq)];
  return row?.seq === seq ? row : undefined;
}

/** Puts a line in its place, instead of the one with its `seq` if there is one. */
export function putRow(model: Model, row: Row): void {
  const index = indexOfSeq(model.rows, row.seq);
  model.rowsRevision += 1;
  if (model.rows[index]?.seq === row.seq) {
    model.rows[index] = row;
    return;
  }
  model.rows.splice(index, 0, row);
  cutTo(model.rows, MAX_ROW_COUNT);
  const id = row.ingestDistinctId;
  if (row.dropReason !== undefined || id === '' || model.clusterOf.has(id)) return;
  model.clusterOf.set(id, { ids: [id], canonical: id });
  model.peopleRevision += 1;
}

/** Lists a request. */
export function addRequest(model: Model, request: ReceivedRequest): void {
  model.requests.push(request);
  model.forgottenRequestCount += cutTo(model.requests, MAX_REQUEST_COUNT).length;
}

/** Takes the oldest entries out of a list that is too long by far; answers them. */
function cutTo<Entry>(list: Entry[], maxCount: number): Entry[] {
  return list.length > maxCount * CUT_FACTOR ? list.splice(0, list.length - maxCount) : [];
}

/** Files a warning under its event. */
export function addWarning(model: Model, warning: Warning): void {
  model.warnings.push(warning);
  model.rowsRevision += 1;
  for (const { seq } of cutTo(model.warnings, MAX_WARNING_COUNT)) {
    if (seq !== null) model.warningsBySeq.delete(seq);
  }
  if (warning.seq === null) return;
  const known = model.warningsBySeq.get(warning.seq);
  if (known) known.push(warning);
  else model.warningsBySeq.set(warning.seq, [warning]);
}

/** Takes away a warning that no longer holds; none, if it is not at hand. */
export function removeWarning(model: Model, { code, seq }: Warning): void {
  const isOther = (warning: Warning) => warning.code !== code || warning.seq !== seq;
  model.warnings = model.warnings.filter(isOther);
  model.rowsRevision += 1;
  const known = seq === null ? undefined : model.warningsBySeq.get(seq);
  if (seq !== null && known) model.warningsBySeq.set(seq, known.filter(isOther));
}

/** The id that an event counts under now. In Legacy nothing is retroactive, so it is the one it was stored with. */
export function currentIdOf(model: Model, row: StoredEvent): string {
  if (model.system === 'legacy') return row.distinctId;
  return model.clusterOf.get(row.ingestDistinctId)?.canonical ?? row.distinctId;
}

/** Joins ids, and everyone whom each stood for, into one person. Call `rekeyRows` once after a run of these. */
export function joinIds(model: Model, { ids, canonical }: Cluster): void {
  const known = new Set(ids.map((id) => model.clusterOf.get(id) ?? { ids: [id], canonical: id }));
  const [largest, ...others] = [...known].sort((a, b) => b.ids.length - a.ids.length);
  if (!largest) return;
  largest.canonical = canonical;
  for (const id of largest.ids.length === 1 ? largest.ids : []) model.clusterOf.set(id, largest);
  for (const id of others.flatMap((other) => other.ids)) {
    largest.ids.push(id);
    model.clusterOf.set(id, largest);
  }
  model.peopleRevision += 1;
}

/** Takes over a person as the state has it. */
function putCluster(model: Model, { ids, canonical }: Cluster): void {
  const cluster = { ids: [...ids], canonical };
  for (const id of ids) model.clusterOf.set(id, cluster);
}

/** Moves lines to who they count for now; their properties are out of date until fetched anew. */
export function rekeyRows(model: Model): void {
  model.rows.forEach((row, index) => {
    const distinctId = currentIdOf(model, row);
    if (row.dropReason !== undefined || row.distinctId === distinctId) return;
    model.rows[index] = { ...row, distinctId, isStale: true };
    model.rowsRevision += 1;
  });
}

/** Every person known, single ids included. */
export function clustersOf(model: Model): Cluster[] {
  return [...new Set(model.clusterOf.values())];
}

/** Takes over a whole state, in place of everything known before. */
export function setState(model: Model, state: EmulatorState, nowMs: number): void {
  const rows = [
    ...state.events.map((event) => keptRow(event)),
    ...state.dropped.map((record) => droppedRow(record)),
  ];
  const fresh: Model = {
    ...createModel(),
    system: state.system,
    clockLeadSeconds: state.now - nowMs / 1_000,
    rows: rows.sort((a, b) => a.seq - b.seq).slice(-MAX_ROW_COUNT),
    requests: [...state.requests],
    profiles: state.profiles,
    groups: state.groups,
    rowsRevision: model.rowsRevision + 1,
    peopleRevision: model.peopleRevision + 1,
  };
  Object.assign(model, fresh);
  for (const warning of state.warnings) addWarning(model, warning);
  for (const cluster of state.clusters) putCluster(model, cluster);
}
