import type { EventsOf, Tracker } from './tracker-api.js';

/** A tracker that does nothing and keeps no state, for a server. */
export function createInertTracker<Events extends EventsOf<Events>>(): Tracker<Events> {
  const answers: Readonly<Record<string | symbol, unknown>> = {
    deviceId: '',
    distinctId: '',
    userId: undefined,
    flush: async () => ({ delivered: 0, kept: 0, dropped: 0 }),
    stats: () => ({ tracked: 0, stored: 0, delivered: 0, pending: 0, dropped: {} }),
  };
  const inert: Tracker<Events> = new Proxy(() => inert, {
    // Without `then`, so that whoever awaits the tracker is given it.
    get: (_, name) =>
      name in answers
        ? answers[name]
        : name === 'then' || typeof name === 'symbol'
          ? undefined
          : inert,
  }) as unknown as Tracker<Events>;
  return inert;
}
