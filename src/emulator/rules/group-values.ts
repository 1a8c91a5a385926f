import type { Properties } from '../emulator-state.js';
import { idText } from './id-text.js';

/** Group values of one event that the service looks at (T-11). */
const MAX_VALUES_COUNT = 300;

/** One group that an event belongs to. */
export interface GroupValue {
  readonly key: string;
  readonly id: string;
}

/** The groups of an event. */
export interface GroupValues {
  readonly counted: readonly GroupValue[];
  /** Values beyond the limit: the property keeps them, groups do not get the event. */
  readonly ignoredCount: number;
}

/**
 * Reads the groups that an event belongs to, one or several to a property.
 *
 * @param isGroupKey Whether a property holds group ids.
 */
export function readGroupValues(
  properties: Properties,
  isGroupKey: (name: string) => boolean,
): GroupValues {
  const values = Object.keys(properties)
    .filter(isGroupKey)
    .flatMap((key) => [properties[key]].flat().map((id) => ({ key, id: idText(id) ?? '' })));
  return {
    counted: values.slice(0, MAX_VALUES_COUNT),
    ignoredCount: Math.max(0, values.length - MAX_VALUES_COUNT),
  };
}
