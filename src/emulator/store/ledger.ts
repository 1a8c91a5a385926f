import type { Clock } from '../clock.js';
import type { ReceivedRequest } from '../emulator-state.js';
import { createHotShardCounter } from '../rules/hot-shard.js';
import type { HotShardCounter } from '../rules/hot-shard.js';
import { createIdentitySystem } from '../identity/create-identity-system.js';
import { delayJoins } from '../identity/delay-joins.js';
import type { IdentitySystem } from '../identity/identity-system.js';
import type { Project } from '../project-config.js';
import { createEventStore } from './event-store.js';
import type { EventStore } from './event-store.js';
import type { StreamHub } from '../stream/stream-hub.js';
import { createTableStore } from '../lookup/table-store.js';
import type { TableStore } from '../lookup/table-store.js';
import { createGroupStore } from '../profiles/group-store.js';
import type { GroupStore } from '../profiles/group-store.js';
import { createProfileStore } from '../profiles/profile-store.js';
import type { ProfileStore } from '../profiles/profile-store.js';
import { createTokenGate } from '../access/token-gate.js';
import type { TokenGate } from '../access/token-gate.js';
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
  readonly profiles: ProfileStore;
  readonly groups: GroupStore;
  readonly tables: TableStore;
  readonly hotShards: HotShardCounter;
  /** The latest, in the order in which they came, those that were taken in by when they were. */
  readonly requests: Set<ReceivedRequest>;
}

/** An empty ledger for a project. */
export function createLedger(project: Project, clock: Clock, hub: StreamHub): Ledger {
  const identity = delayJoins(createIdentitySystem(project), project.reportsLag, clock);
  const warnings = createWarningList((warning) => hub.publish({ type: 'warning', warning }));
  const store = createEventStore({ clock, identity, warnings, hub });
  return {
    project,
    clock,
    hub,
    identity,
    store,
    warnings,
    tokens: createTokenGate(project),
    profiles: createProfileStore(project.system, identity),
    groups: createGroupStore(),
    hotShards: createHotShardCounter(project.hotShard),
    tables: createTableStore(project),
    requests: new Set(),
  };
}
