export { createTracker } from './tracker.js';
export { ConfigError } from './errors.js';
export type { DropReason, ErrorCode, TrackerError } from './errors.js';
export type { TrackerOptions } from './options.js';
export type { BeforeSend, DraftEvent } from './event/event-builder.js';
export type { GroupId } from './event/group-keys.js';
export type { Change, Group, People } from './event/profile-updates.js';
export type { FlushResult } from './delivery/flusher.js';
export type { EventMap, EventsOf, PropertiesOf, Stats, Tracker } from './tracker-api.js';
