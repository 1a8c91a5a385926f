import { DEVICE_PREFIX } from '../../wire.js';
import type {
  Cluster,
  EmulatorState,
  IdentitySystemName,
  StateFilter,
  Warning,
} from '../emulator-state.js';
import type { Ledger } from './ledger.js';
import { firstAfter } from './record-index.js';
import { showDropped, showEvent } from './shown-event.js';

/** Requests in a part of the state: they carry no `seq` and no id to choose them by. */
const RECENT_COUNT = 100;

/** The state of a ledger at this moment, or the part of it that is asked for. */
export function readState(
  ledger: Ledger,
  { distinctId, since = 0 }: StateFilter = {},
): EmulatorState {
  const { identity, store, warnings, project, clock } = ledger;
  const cluster = distinctId === undefined ? undefined : identity.clusterOf(distinctId);
  const ids = distinctId === undefined ? undefined : new Set(identity.idsOf(distinctId));
  const events = ids ? store.events.under([...ids]) : store.events.all();
  const dropped = ids ? store.dropped.under([...ids]) : store.dropped.all();
  const shownEvents = events
    .slice(firstAfter(events, since))
    .map((row) => showEvent(row, identity));
  const shownDropped = dropped.slice(firstAfter(dropped, since)).map(showDropped);
  const seqs = ids && new Set([...shownEvents, ...shownDropped].map(({ seq }) => seq));
  const isAsked = ({ seq }: Warning, profileId?: string): boolean =>
    seqs
      ? (seq !== null && seqs.has(seq)) || (profileId !== undefined && ids.has(profileId))
      : seq === null || seq > since;
  const kept = warnings.all().filter((each) => isAsked(each.warning, each.distinctId));

  return {
    system: project.system,
    now: clock.nowMs() / 1_000,
    events: shownEvents,
    dropped: shownDropped,
    links: ids ? linksOf(cluster, project.system) : identity.links(),
    clusters: ids ? (cluster ? [cluster] : []) : identity.clusters(),
    profiles: ids ? ledger.profiles.under([...ids]) : ledger.profiles.all(),
    groups: ids ? {} : ledger.groups.all(),
    lookupTables: ids ? {} : ledger.tables.all(),
    warnings: [
      ...kept.map(({ warning }) => warning),
      ...identity.pending().filter((warning) => isAsked(warning)),
    ],
    requests: ids || since > 0 ? [...ledger.requests].slice(-RECENT_COUNT) : [...ledger.requests],
  };
}

/** The links of one person, without looking at everyone's. */
function linksOf(
  cluster: Cluster | undefined,
  system: IdentitySystemName,
): Readonly<Record<string, string>> {
  const devices = (cluster?.ids ?? []).filter(
    (id) => system === 'simplified' && id.startsWith(DEVICE_PREFIX) && id !== cluster?.canonical,
  );
  return Object.fromEntries(
    devices.map((id) => [id.slice(DEVICE_PREFIX.length), cluster?.canonical ?? '']),
  );
}
