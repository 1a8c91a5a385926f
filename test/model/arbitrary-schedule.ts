import * as fc from 'fast-check';

import type { Fault } from '../../src/emulator/index.js';
import type { NetMode } from '../support/net.js';
import type { Call, Destination, Properties, Schedule, Step } from './schedule.js';

const HOUR_MS = 3_600_000;
/** Beyond the five days that the service takes (T-14). */
const SIX_DAYS_MS = 144 * HOUR_MS;
const HTML = '<!doctype html><title>Welcome to the hotel</title>';

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom('a%41+b&c=d', '"\\\u2028\0</script>', '$device:', 'é€😀'),
);

const properties: fc.Arbitrary<Properties> = fc.record(
  {
    text,
    // JSON has no negative zero.
    number: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value || 0),
    flag: fc.boolean(),
    list: fc.array(text, { maxLength: 3 }),
  },
  { requiredKeys: [] },
);

const call: fc.Arbitrary<Call> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      call: fc.constant('track' as const),
      count: fc.oneof(
        { weight: 4, arbitrary: fc.integer({ min: 1, max: 3 }) },
        { weight: 1, arbitrary: fc.integer({ min: 20, max: 80 }) },
      ),
      properties,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      call: fc.constant('identify' as const),
      user: fc.constantFrom('ann', 'ben', 'cleo'),
    }),
  },
  { weight: 3, arbitrary: fc.constant({ call: 'reset' as const }) },
  { weight: 2, arbitrary: fc.constant({ call: 'register' as const }) },
  { weight: 1, arbitrary: fc.constant({ call: 'set' as const }) },
  { weight: 1, arbitrary: fc.constant({ call: 'set group' as const }) },
  {
    weight: 1,
    arbitrary: fc.record({
      call: fc.constant('increment' as const),
      by: fc.integer({ min: 1, max: 9 }),
    }),
  },
);

const tab = fc.nat({ max: 3 });
const calls = fc.array(call, { minLength: 1, maxLength: 5, size: 'max' });
const onTab = <Kind extends string>(kind: Kind) => fc.record({ kind: fc.constant(kind), tab });

/** Everything that a service, or whoever answers in its place, was seen to answer. */
const trouble: fc.Arbitrary<Fault> = fc.oneof(
  fc.constantFrom<Fault>(
    { status: 500 },
    { status: 503, retryAfter: 60, headers: { 'access-control-expose-headers': 'Retry-After' } },
    { status: 429 },
    { status: 400 },
    { status: 401 },
    { status: 403 },
    { status: 404 },
    { status: 413 },
    { status: 200, body: { error: 'some data points failed validation', status: 0 } },
    { status: 200, body: HTML },
    { status: 302, location: '/' },
    { cors: false },
    { cut: 'before' },
    { cut: 'after' },
  ),
  fc.record({ delayMs: fc.integer({ min: 1, max: 400 }) }),
);

const fault: fc.Arbitrary<Fault> = fc
  .record({
    trouble,
    path: fc.constantFrom(undefined, undefined, undefined, '/track', '/engage', '/groups'),
    times: fc.constantFrom(1, 2, 3, undefined, undefined),
  })
  .map(({ trouble, path, times }) => ({
    ...trouble,
    ...(path !== undefined && { path }),
    ...(times !== undefined && { times }),
  }));

const weighted: readonly (readonly [weight: number, arbitrary: fc.Arbitrary<Step>])[] = [
  [
    20,
    fc.record({
      kind: fc.constant('task' as const),
      tab,
      calls,
      next: fc.constantFrom<Destination>(
        ...Array.from({ length: 6 }, () => 'stays' as const),
        'client page',
        'plain page',
      ),
      hasFarewell: fc.boolean(),
    }),
  ],
  [1, fc.record({ kind: fc.constant('task while hidden' as const), tab, calls })],
  [1, onTab('flush')],
  [3, fc.constant({ kind: 'open' })],
  [3, onTab('close')],
  [3, onTab('reload')],
  [3, onTab('kill page')],
  [2, onTab('freeze')],
  [2, fc.record({ kind: fc.constant('offline' as const), isOffline: fc.boolean() })],
  [
    3,
    fc.record({
      kind: fc.constant('net' as const),
      mode: fc.constantFrom<NetMode>('refuse', 'reset', 'blackhole', 'pass'),
    }),
  ],
  [
    6,
    fc.record({
      kind: fc.constant('fault' as const),
      fault: fc.option(fault, { nil: null, freq: 6 }),
    }),
  ],
  [
    2,
    fc.record({
      kind: fc.constant('clock' as const),
      offsetMs: fc.constantFrom(0, -HOUR_MS, HOUR_MS, -HOUR_MS, HOUR_MS, -SIX_DAYS_MS, SIX_DAYS_MS),
    }),
  ],
  [2, fc.record({ kind: fc.constant('disk' as const), isFull: fc.boolean() })],
];

/**
 * Schedules; with `hasKills` the browser is killed and started again in about one step of ten. Each leaves out kinds of
 * its own choice, so that the others meet more often than they would in a mixture of all.
 */
export function schedules(hasKills: boolean): fc.Arbitrary<Schedule> {
  const all = [...weighted, ...(hasKills ? ([[6, KILL_BROWSER]] as const) : [])];
  const step = fc.oneof(...all.map(([weight, arbitrary]) => ({ weight, arbitrary })));
  return fc
    .record({
      system: fc.constantFrom('simplified' as const, 'original' as const),
      steps: fc.array(step, { minLength: 3, maxLength: 24, size: 'max' }),
      leftOut: fc.subarray(OPTIONAL_KINDS),
    })
    .map(({ system, steps, leftOut }) => ({
      system,
      steps: steps.filter(({ kind }) => !leftOut.includes(kind)),
    }));
}

const KILL_BROWSER = fc.constant<Step>({ kind: 'kill browser' });

const OPTIONAL_KINDS: Step['kind'][] = [
  'open',
  'close',
  'reload',
  'kill page',
  'freeze',
  'offline',
  'net',
  'fault',
  'clock',
  'disk',
];
