import type { EmulatorState, StateFilter } from '../emulator-state.js';
import type { Ledger } from './ledger.js';
import { takeSnapshot } from './state-snapshot.js';

/** The state of a ledger at this moment, or the part of it that is asked for, all of it at once. */
export function readState(ledger: Ledger, filter?: StateFilter): EmulatorState {
  const snapshot = takeSnapshot(ledger, filter);
  return {
    ...snapshot,
    events: [...snapshot.events],
    dropped: [...snapshot.dropped],
    links: Object.fromEntries(snapshot.links),
    clusters: [...snapshot.clusters],
    profiles: Object.fromEntries(snapshot.profiles),
    groups: Object.fromEntries(
      Array.from(snapshot.groups, ([key, groups]) => [key, Object.fromEntries(groups)]),
    ),
    lookupTables: Object.fromEntries(snapshot.lookupTables),
  };
}
