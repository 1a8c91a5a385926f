import { createHash } from 'node:crypto';
import type { Clock } from './clock.js';
import type { EmulatorState, ReceivedRequest, StateFilter } from './emulator-state.js';
import { createIdentitySystem } from './identity/create-identity-system.js';
import type { IdentitySystem } from './identity/identity-system.js';
import type { Project } from './project-config.js';
import { createEventStore } from './store/event-store.js';
import type { EventStore } from './store/event-store.js';
import { readState } from './store/read-state.js';
import type { StreamHub } from './stream-hub.js';
import { createTokenGate } from './token-gate.js';
import type { TokenGate } from './token-gate.js';
import { createWarningList } from './warning-list.js';
import type { WarningList } from './warning-list.js';

/** Everything that one project has received since it was set. Replaced as a whole by `reset`. */
export interface Ledger {
  readonly project: Project;
  readonly clock: Clock;
  readonly hub: StreamHub;
  readonly identity: IdentitySystem;
  readonly store: EventStore;
  readonly warnings: WarningList;
  readonly tokens: TokenGate;
  readonly requests: ReceivedRequest[];
  state(filter?: StateFilter): EmulatorState;
}

/** An empty ledger for a project. */
export function createLedger(project: Project, clock: Clock, hub: StreamHub): Ledger {
  const identity = createIdentitySystem(project);
  const warnings = createWarningList((warning) => hub.publish({ type: 'warning', warning }));
  const store = createEventStore({ clock, identity, warnings, hub });
  const tokens = createTokenGate(project);
  const requests: ReceivedRequest[] = [];
  const ledger: Ledger = {
    project,
    clock,
    hub,
    identity,
    store,
    warnings,
    tokens,
    requests,
    state: (filter = {}) => readState(ledger, filter),
  };
  return ledger;
}

/** What stands in for a missing distinct id: a hash of the sender's address (T-17). */
export function hashAddress(address: string): string {
  return createHash('sha256').update(address).digest('hex').slice(0, 32);
}
