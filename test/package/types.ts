/**
 * Promises that the type checker keeps: `tsc -p test` fails where an expected error is none, or an unexpected one is.
 * Nothing here is run.
 */
import {
  ConfigError,
  createTracker,
  type ErrorCode,
  type FlushResult,
  type Tracker,
  type TrackerOptions,
} from '../../src/index.js';

/** A map as a page would write it. */
interface ShopEvents {
  'Page Viewed': undefined;
  'Sign Up': { plan: 'free' | 'pro' };
  Search: { query: string; results?: number } | undefined;
  [name: string]: object | undefined;
}
type StrictEvents = {
  'Page Viewed': undefined;
  'Sign Up': { plan: 'free' | 'pro' };
  Search: { query: string; results?: number } | undefined;
};

/** With a map, a wrong name or property does not compile. */
export function typedEvents(typed: Tracker<StrictEvents>): void {
  typed.track('Page Viewed');
  typed.track('Sign Up', { plan: 'pro' });
  typed.track('Search');
  typed.track('Search', { query: 'x' });
  typed.track('Search', { query: 'x', results: 3 });
  // @ts-expect-error -- no event of that name
  typed.track('Sign up', { plan: 'pro' });
  // @ts-expect-error -- its properties are missing
  typed.track('Sign Up');
  // @ts-expect-error -- no plan of that name
  typed.track('Sign Up', { plan: 'gold' });
  // @ts-expect-error -- a property that the event has not
  typed.track('Sign Up', { plan: 'pro', price: 2 });
  // @ts-expect-error -- a property of another type
  typed.track('Search', { query: 7 });
  // @ts-expect-error -- an event without properties
  typed.track('Page Viewed', { plan: 'pro' });
  // @ts-expect-error -- no event of that name to be timed
  typed.timeEvent('Sign up');
  typed.timeEvent('Sign Up');
}

/** The map is the argument of `createTracker`; interfaces serve as well as types. */
export const typed: Tracker<StrictEvents> = createTracker<StrictEvents>('T');
export const shop: Tracker<ShopEvents> = createTracker<ShopEvents>('T');

/** Without a map any event is allowed. */
export function anyEvents(untyped: Tracker): void {
  untyped.track('Whatever');
  untyped.track('Whatever', { any: 'thing', nested: { list: [1] } });
  // @ts-expect-error -- a name is text
  untyped.track(7);
  // @ts-expect-error -- properties are an object
  untyped.track('Whatever', 'text');
}

/** What comes back, and what is only to be read. */
export async function results(tracker: Tracker): Promise<FlushResult> {
  const device: string = tracker.deviceId;
  const user: string | undefined = tracker.userId;
  const nothing: void = tracker.track(device);
  tracker.identify(user ?? device);
  // @ts-expect-error -- a user id is text
  tracker.identify(7);
  // @ts-expect-error -- there may be no user
  tracker.identify(tracker.userId);
  // @ts-expect-error -- the tracker's to set
  tracker.deviceId = 'mine';
  const { dropped } = tracker.stats();
  const tooOld: number | undefined = dropped['too-old'];
  // @ts-expect-error -- no reason of that name
  void dropped['too-young'];
  return nothing ?? (tooOld === undefined ? tracker.flush() : tracker.flush());
}

/** Options are checked by name and value. */
export const options: TrackerOptions[] = [
  { apiHost: '/mp', region: 'eu', idMerge: 'original', persistence: 'memory' },
  { beforeSend: (draft) => (draft.event === 'Secret' ? null : draft) },
  { onError: ({ code, detail }) => void ([code, detail] satisfies [ErrorCode, string]) },
  // @ts-expect-error -- no option of that name
  { api_host: '/mp' },
  // @ts-expect-error -- no system of that name
  { idMerge: 'legacy' },
  // @ts-expect-error -- a hook answers with an event or null
  { beforeSend: () => 'text' },
];

/** The one error that is thrown says which kind it is. */
export function kindOf(error: unknown): string {
  if (!(error instanceof ConfigError)) return 'none';
  // @ts-expect-error -- no code of that name
  if (error.code === 'unknown') return error.message;
  return error.code;
}
