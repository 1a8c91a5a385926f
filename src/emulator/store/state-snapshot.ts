import { DEVICE_PREFIX } from '../../wire.js';
import type { Entries } from '../entries.js';
import type {
  Cluster,
  DroppedRecord,
  IdentitySystemName,
  LookupTable,
  Properties,
  ReceivedRequest,
  StateFilter,
  StoredEvent,
  Warning,
} from '../emulator-state.js';
import type { DroppedRow, EventRow } from './event-row.js';
import type { Ledger } from './ledger.js';
import { firstAfter } from './record-index.js';
import type { RecordIndex } from './record-index.js';
import { showDropped, showEvent } from './shown-event.js';

/** Requests in a part of the state: they carry no `seq` and no id to choose them by. */
const RECENT_COUNT = 100;

/**
 * The state at one moment, as `EmulatorState` has it. What there may be much of is made as it is read, so that other
 * requests have their turn meanwhile; what they change is not seen. To be read once.
 */
export interface StateSnapshot {
  readonly system: IdentitySystemName;
  readonly now: number;
  readonly events: Iterable<StoredEvent>;
  readonly dropped: Iterable<DroppedRecord>;
  readonly links: Entries<string>;
  readonly clusters: Iterable<Cluster>;
  readonly profiles: Entries<Properties>;
  readonly groups: Entries<Entries<Properties>>;
  readonly lookupTables: Entries<LookupTable>;
  readonly warnings: readonly Warning[];
  readonly requests: readonly ReceivedRequest[];
}

/** The state of a ledger at this moment, or the part of it that is asked for. */
export function takeSnapshot(
  ledger: Ledger,
  { distinctId, since = 0 }: StateFilter = {},
): StateSnapshot {
  const { identity, store, project, clock } = ledger;
  const cluster = distinctId === undefined ? undefined : identity.clusterOf(distinctId);
  const ids = distinctId === undefined ? undefined : new Set(identity.idsOf(distinctId));
  const rowsOf = <Row extends EventRow>(index: RecordIndex<Row>): readonly Row[] => {
    const rows = ids ? index.under([...ids]) : index.all();
    return rows.slice(firstAfter(rows, since));
  };
  const events = rowsOf(store.events);
  const dropped = rowsOf(store.dropped);
  const requests = Array.from(ledger.requests, (request) => ({ ...request }));
  return {
    system: project.system,
    now: clock.nowMs() / 1_000,
    events: showEvents(events, ledger),
    dropped: showRefused(dropped),
    links: ids ? linksOf(cluster, project.system) : identity.links(),
    clusters: ids ? (cluster ? [cluster] : []) : identity.clusters(),
    profiles: ids ? ledger.profiles.under(ids) : ledger.profiles.all(),
    groups: ids ? [] : ledger.groups.all(),
    lookupTables: ids ? [] : Object.entries(ledger.tables.all()),
    warnings: chooseWarnings(ledger, since, ids && { ids, rows: [...events, ...dropped] }),
    requests: ids || since > 0 ? requests.slice(-RECENT_COUNT) : requests,
  };
}

/** Shows events as they stand now, whatever is linked or replaced until they are read. */
function showEvents(rows: readonly EventRow[], { identity, store }: Ledger): Iterable<StoredEvent> {
  const resolutions = rows.map((row) => identity.resolve(row.ingestDistinctId, row.sent));
  const lastSeq = store.events.all().at(-1)?.seq ?? 0;
  return (function* () {
    for (const [index, row] of rows.entries()) {
      const isReplaced = row.duplicateOf !== undefined && row.duplicateOf <= lastSeq;
      yield showEvent(row, resolutions[index], isReplaced ? row.duplicateOf : undefined);
    }
  })();
}

function* showRefused(rows: readonly DroppedRow[]): Generator<DroppedRecord> {
  for (const row of rows) {
    yield showDropped(row);
  }
}

/** The warnings of one person, or those of records after `since`. */
function chooseWarnings(
  { identity, warnings }: Ledger,
  since: number,
  person: { readonly ids: ReadonlySet<string>; readonly rows: readonly EventRow[] } | undefined,
): readonly Warning[] {
  const seqs = person && new Set(person.rows.map(({ seq }) => seq));
  const isAsked = ({ seq }: Warning, profileId?: string): boolean =>
    person
      ? (seq !== null && seqs?.has(seq)) || (profileId !== undefined && person.ids.has(profileId))
      : seq === null || seq > since;
  return [
    ...warnings
      .all()
      .filter(({ warning, distinctId }) => isAsked(warning, distinctId))
      .map(({ warning }) => warning),
    ...identity.pending().filter((warning) => isAsked(warning)),
  ];
}

/** The links of one person, without looking at everyone's. */
function linksOf(cluster: Cluster | undefined, system: IdentitySystemName): Entries<string> {
  const devices = (cluster?.ids ?? []).filter(
    (id) => system === 'simplified' && id.startsWith(DEVICE_PREFIX) && id !== cluster?.canonical,
  );
  return devices.map((id) => [id.slice(DEVICE_PREFIX.length), cluster?.canonical ?? '']);
}
