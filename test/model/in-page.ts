import type { TrackerOptions } from '../../src/index.js';
import '../support/page-globals.js';

declare global {
  /** How far the clock of the page is off. */
  var clockOffsetMs: number;
}

/** A call with everything decided, as a page makes it. */
export type PageCall =
  | readonly ['track', name: string, properties: object]
  | readonly ['identify', user: string]
  | readonly ['reset']
  | readonly ['register', plan: string]
  | readonly ['set', name: string, value: number]
  | readonly ['set group', name: string, value: number]
  | readonly ['increment', name: string, by: number];

/** Who a page says it is. */
export interface PageIdentity {
  readonly deviceId: string;
  readonly userId: string | null;
}

/** What a page says of one task. */
export interface TaskReport {
  /** The identity after each call. */
  readonly identities: readonly PageIdentity[];
  /** The page's own clock before and after. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Whether the page was seen to reach its database before the task. */
  readonly wasWarm: boolean;
}

/** Puts the page's clock where it is to be and makes its tracker. For `tab.eval`, on a page just loaded. */
export const boot = ({
  token,
  options,
  offsetMs,
}: {
  token: string;
  options: TrackerOptions;
  offsetMs: number;
}): PageIdentity => {
  const rightNow = Date.now;
  globalThis.clockOffsetMs = offsetMs;
  Date.now = () => rightNow() + globalThis.clockOffsetMs;
  globalThis.tracker = createTracker(token, options);
  return { deviceId: tracker.deviceId, userId: tracker.userId ?? null };
};

/** Makes the calls in one task, and leaves in the same where `leaveTo` says so; `farewell` as it goes. For `tab.eval`. */
export const act = ({
  calls,
  farewell,
  leaveTo,
}: {
  calls: readonly PageCall[];
  farewell: readonly PageCall[];
  leaveTo: string | null;
}): TaskReport => {
  const make = (call: PageCall): void => {
    if (call[0] === 'track') tracker.track(call[1], call[2]);
    else if (call[0] === 'identify') tracker.identify(call[1]);
    else if (call[0] === 'reset') tracker.reset();
    else if (call[0] === 'register') tracker.register({ plan: call[1] });
    else if (call[0] === 'set group') tracker.group('company', 'acme').set(call[1], call[2]);
    else if (call[0] === 'set') tracker.people.set(call[1], call[2]);
    else tracker.people.increment(call[1], call[2]);
  };
  const wasWarm = tracker.stats().stored > 0;
  const fromMs = Date.now();
  const identities = calls.map((call) => {
    make(call);
    return { deviceId: tracker.deviceId, userId: tracker.userId ?? null };
  });
  const toMs = Date.now();
  if (leaveTo !== null) {
    addEventListener('pagehide', () => farewell.forEach(make), { once: true });
    location.href = leaveTo;
  }
  return { identities, fromMs, toMs, wasWarm };
};

/** Whether everything that the page tracked is in the database, or needs to be no more. For `tab.eval`. */
export const isSafe = (): boolean => {
  const { tracked, stored, pending } = tracker.stats();
  return pending === 0 || stored === tracked;
};
