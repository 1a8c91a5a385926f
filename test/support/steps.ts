import type { StoredEvent } from '../../src/emulator/index.js';
import type { TrackerOptions } from '../../src/index.js';
import './page-globals.js';

/** Numbered events for a page to track, so that each can be told apart at the other end. */
export interface StepPlan {
  /** Options of the tracker, where the page has none yet. */
  readonly options: TrackerOptions;
  /** Number of the first step. @default 0 */
  readonly first?: number;
  readonly count: number;
  /** Name of the page: order is promised within a page. @default 'page' */
  readonly page?: string;
  /** The visitor signs in as `user-1` before this step. @default never */
  readonly signInBefore?: number;
  /** Where the page goes in the same task. @default it stays */
  readonly leaveTo?: string;
}

/** Creates the page's tracker where there is none, and tracks the steps, all in one task. For `tab.eval`. */
export const trackSteps = ({
  options,
  first = 0,
  count,
  page = 'page',
  signInBefore,
  leaveTo,
}: StepPlan): void => {
  globalThis.tracker ??= createTracker('T', options);
  for (let n = first; n < first + count; n++) {
    if (n === signInBefore) tracker.identify('user-1');
    tracker.track('Step', { n, page });
  }
  if (leaveTo !== undefined) location.href = leaveTo;
};

/**
 * Opens a tab that tracks `count` steps and closes itself in the same task: a script may close what it opened. For
 * `tab.eval`.
 */
export const openAndClose = ({ options, count }: Pick<StepPlan, 'options' | 'count'>) =>
  new Promise<void>((resolve) => {
    const opened = window.open('/blank.html') as Window & typeof globalThis;
    const attempt = () => {
      if (typeof opened.createTracker !== 'function') return;
      clearInterval(waiting);
      const tracker = opened.createTracker('T', options);
      for (let n = 0; n < count; n++) tracker.track('Step', { n, page: 'page' });
      opened.close();
      resolve();
    };
    const waiting = setInterval(attempt, 10);
  });

/** What became of steps, seen from the emulator. */
export interface Tally {
  /** Steps that are there. */
  readonly delivered: number;
  /** Numbers of the steps that are not. */
  readonly lost: readonly number[];
  /** Copies that deduplication took out. */
  readonly duplicatesBefore: number;
  /** Steps that count more than once. */
  readonly doubled: readonly number[];
  /** Steps that stand before an earlier one of their page when ordered by time and insert id. */
  readonly outOfOrder: number;
}

/** Holds what arrived against the steps `0` to `tracked - 1`. */
export function tallySteps(events: readonly StoredEvent[], tracked: number): Tally {
  const steps = events.filter(({ event }) => event === 'Step');
  const counting = steps.filter(({ duplicateOf }) => duplicateOf === null);
  const numbers = counting.map(({ properties }) => Number(properties['n']));
  const seen = new Set(numbers);
  return {
    delivered: seen.size,
    lost: Array.from({ length: tracked }, (_, n) => n).filter((n) => !seen.has(n)),
    duplicatesBefore: steps.length - counting.length,
    doubled: [...seen].filter((n) => numbers.indexOf(n) !== numbers.lastIndexOf(n)),
    outOfOrder: countOutOfOrder(counting),
  };
}

function countOutOfOrder(events: readonly StoredEvent[]): number {
  const ordered = events
    .map(({ properties }) => ({
      n: Number(properties['n']),
      page: String(properties['page']),
      time: Number(properties['time']),
      id: String(properties['$insert_id']),
    }))
    .toSorted((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1));
  const highest = new Map<string, number>();
  let count = 0;
  for (const { n, page } of ordered) {
    const before = highest.get(page) ?? -1;
    if (n < before) count++;
    highest.set(page, Math.max(before, n));
  }
  return count;
}
