export { startEmulator } from './start-emulator.js';
export type { Emulator, EmulatorOptions } from './start-emulator.js';
export { ConfigProblem } from './project-config.js';
export type { Geo, ProjectConfig } from './project-config.js';
export type { Health } from './control.js';
export type { Fault } from './faults/fault.js';
export type { WaitOptions } from './waiter.js';
export type { StreamListener, StreamMessage } from './stream/stream-message.js';
export type {
  Cluster,
  DroppedRecord,
  DropReason,
  EmulatorState,
  IdentitySystemName,
  LookupTable,
  Properties,
  ReceivedRequest,
  StateFilter,
  StoredEvent,
  Warning,
} from './emulator-state.js';
