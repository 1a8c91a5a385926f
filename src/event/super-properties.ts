import type { Report } from '../errors.js';
import type { KeptStore } from './kept.js';
import {
  type JsonProperties,
  RESERVED_NAMES,
  plainProperties,
  serializeProperties,
} from './serialize.js';

/** Properties of every event to come, and timers of single ones. */
export interface SuperProperties {
  register(properties: unknown): void;
  /** Only where there is no property of that name yet. */
  registerOnce(properties: unknown): void;
  unregister(name: string): void;
  /** The next event of that name carries `$duration`, in seconds. */
  timeEvent(name: string): void;
  /** Adds what is registered, and the duration of an event that was timed, to its properties. */
  addTo(into: JsonProperties, event: string): JsonProperties;
}

/** Super properties and timers over what is kept between pages. */
export function createSuperProperties(
  kept: KeptStore,
  nowMs: () => number,
  report: Report,
): SuperProperties {
  const serialize = (properties: unknown, into?: JsonProperties) =>
    serializeProperties(properties, report, RESERVED_NAMES, into);
  const register = (properties: unknown, isOnce?: boolean): void => {
    const { superProperties } = kept.read();
    const given = plainProperties(serialize(properties));
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
    addTo(into, event) {
      const { superProperties, timers } = kept.read();
      const { [event]: startMs, ...others } = timers;
      serialize(superProperties, into);
      if (typeof startMs !== 'number') return into;
      kept.change({ timers: others });
      into['$duration'] = String(Math.max(0, nowMs() - startMs) / 1_000);
      return into;
    },
  };
}
