import type { EventMap, Tracker } from './tracker-api.js';

/** A tracker that does nothing and keeps no state, for a server. */
export function createInertTracker<Events extends EventMap>(): Tracker<Events> {
  const nothing = (): void => undefined;
  return {
    track: nothing,
    identify: nothing,
    reset: nothing,
    alias: nothing,
    flush: () => Promise.resolve({ delivered: 0, kept: 0, dropped: 0 }),
    deviceId: '',
    userId: undefined,
    distinctId: '',
    stats: () => ({ tracked: 0, stored: 0, delivered: 0, pending: 0, dropped: {} }),
    shutdown: nothing,
  };
}
