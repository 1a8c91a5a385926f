import type { EventMap, Tracker } from './tracker-api.js';

/** A tracker that does nothing and keeps no state, for a server. */
export function createInertTracker<Events extends EventMap>(): Tracker<Events> {
  const nothing = (): void => undefined;
  const profile = {
    set: nothing,
    setOnce: nothing,
    union: nothing,
    remove: nothing,
    unset: nothing,
    delete: nothing,
    increment: nothing,
    append: nothing,
    deleteUser: nothing,
  };
  return {
    track: nothing,
    register: nothing,
    registerOnce: nothing,
    unregister: nothing,
    timeEvent: nothing,
    people: profile,
    setGroup: nothing,
    addGroup: nothing,
    removeGroup: nothing,
    group: () => profile,
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
