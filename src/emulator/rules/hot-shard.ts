import type { GroupValue } from './group-values.js';

/** A group may have five times the events of a person (ID-30). */
const GROUP_FACTOR = 5;
const DAY_MS = 86_400_000;

/** Counts events per distinct id, or group, and day. */
export interface HotShardCounter {
  /** Counts an event, duplicates too, and tells whether its distinct id or one of its groups has had too many that day. */
  isHot(event: CountedEvent): boolean;
}

/** What is counted of an event. */
export interface CountedEvent {
  readonly distinctId: string;
  readonly timeMs: number;
  readonly groups: readonly GroupValue[];
}

/** A counter with a threshold per distinct id; 0 counts nothing. */
export function createHotShardCounter(threshold: number): HotShardCounter {
  const counts = new Map<string, number>();
  const countUp = (kind: string, id: string, day: number): number => {
    const key = JSON.stringify([kind, id, day]);
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count;
  };
  return {
    isHot({ distinctId, timeMs, groups }) {
      if (threshold === 0) {
        return false;
      }
      const day = Math.floor(timeMs / DAY_MS);
      let isHot = distinctId !== '' && countUp('', distinctId, day) > threshold;
      for (const { key, id } of groups) {
        isHot = countUp(key, id, day) > threshold * GROUP_FACTOR || isHot;
      }
      return isHot;
    },
  };
}
