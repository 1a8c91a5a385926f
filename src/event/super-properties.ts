import type { Report } from '../errors.js';
import type { KeptStore } from './kept.js';
import { type PlainProperties, RESERVED_NAMES, plainProperties } from './plain-properties.js';

/** Properties of every event to come, and timers of single ones. */
export interface SuperProperties {
  register(properties: unknown): void;
  /** Only where there is no property of that name yet. */
  registerOnce(properties: unknown): void;
  unregister(name: string): void;
  /** The next event of that name carries `$duration`, in seconds. */
  timeEvent(name: string): void;
  /** What is registered, and the duration of the event `name` where it was timed. */
  takeFor(name: string): PlainProperties;
}

/** Super properties and timers over what is kept between pages. */
export function createSuperProperties(
  kept: KeptStore,
  nowMs: () => number,
  report: Report,
): SuperProperties {
  const register = (properties: unknown, isOnce?: boolean): void => {
    const { superProperties } = kept.read();
    const given = plainProperties(properties, report, RESERVED_NAMES);
    kept.change({
      superProperties: { ...superProperties, ...given, ...(isOnce && superProperties) },
    });
  };
  return {
    register: (properties) => register(properties),
    registerOnce: (properties) => register(properties, true),
    unregister(name) {
      const { [name]: _, ...superProperties } = kept.read().superProperties;
      kept.change({ superProperties });
    },
    timeEvent(name) {
      kept.change({ timers: { ...kept.read().timers, [name]: nowMs() } });
    },
    takeFor(name) {
      const { superProperties, timers } = kept.read();
      const { [name]: startMs, ...others } = timers;
      if (typeof startMs !== 'number') return superProperties;
      kept.change({ timers: others });
      return { ...superProperties, $duration: (nowMs() - startMs) / 1_000 };
    },
  };
}
