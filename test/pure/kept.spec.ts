import { expect, test } from 'playwright/test';

import { createKeptStore } from '../../src/event/kept.js';
import type { JsonProperties } from '../../src/event/serialize.js';
import { createSuperProperties } from '../../src/event/super-properties.js';
import type { KeyValueStore } from '../../src/ports.js';
import { createMemoryStorage } from './memory-storage.js';

const KEY = 'kept';

/** What localStorage is to a page that may not use it. */
const denied: KeyValueStore = {
  get: () => undefined,
  set: () => false,
  remove: () => undefined,
  keys: () => [],
};

/** One page of a device over a store, with tasks that end when told. */
function openPage(store: KeyValueStore) {
  const device = { id: 'D1' };
  const clock = { nowMs: 1_000 };
  const reported: string[] = [];
  const pending: (() => void)[] = [];
  const kept = createKeptStore(
    store,
    KEY,
    (work) => void pending.push(work),
    () => device.id,
  );
  const report = (code: string) => void reported.push(code);
  const { addTo, ...calls } = createSuperProperties(kept, () => clock.nowMs, report);
  return {
    ...calls,
    kept,
    device,
    clock,
    reported,
    endTask: () => pending.splice(0).forEach((work) => work()),
    /** What an event of that name would carry. */
    underlay: (event = 'Event') => ({ ...addTo(Object.create(null) as JsonProperties, event) }),
  };
}

for (const [name, store] of [
  ['where they can be stored', createMemoryStorage()],
  ['where storage is denied', denied],
] as const) {
  test(`${name} super properties and what is held last from task to task`, () => {
    const { register, kept, underlay, endTask } = openPage(store);
    register({ plan: 'pro' });
    endTask();
    kept.change({ held: [['$set', '{"a":1}', 'id']] });
    endTask();
    expect(underlay()).toEqual({ plan: '"pro"' });
    endTask();
    expect(underlay()).toEqual({ plan: '"pro"' });
    expect(kept.read().held).toHaveLength(1);
  });
}

test('what one tab registers another has from its next task on', () => {
  const store = createMemoryStorage();
  const [one, other] = [openPage(store), openPage(store)];
  expect(other.underlay()).toEqual({});
  one.register({ plan: 'pro' });
  one.endTask();
  other.endTask();
  expect(other.underlay()).toEqual({ plan: '"pro"' });
});

test('nothing is written by a task that changes nothing', () => {
  const store = createMemoryStorage();
  const { underlay, endTask } = openPage(store);
  underlay();
  endTask();
  expect(store.get(KEY)).toBeUndefined();
});

test('another device id begins anew, also when the old one was kept', () => {
  const { register, device, underlay, endTask } = openPage(createMemoryStorage());
  register({ plan: 'pro' });
  endTask();
  device.id = 'D2';
  expect(underlay()).toEqual({});
});

for (const text of [
  '',
  'rubbish',
  'null',
  '[]',
  '"text"',
  '{"superProperties":{"a":1}}',
  '{"deviceId":"D1"}',
  '{"deviceId":"D1","superProperties":null,"timers":null,"held":[]}',
  '{"deviceId":"D1","superProperties":{},"timers":7,"held":null}',
]) {
  test(`what somebody else wrote is nothing: ${text || 'an empty text'}`, () => {
    const store = createMemoryStorage();
    store.set(KEY, text);
    const { register, underlay } = openPage(store);
    expect(underlay()).toEqual({});
    register({ plan: 'pro' });
    expect(underlay()).toEqual({ plan: '"pro"' });
  });
}

test('registerOnce keeps what stands there, and unregister takes one name away', () => {
  const { register, registerOnce, unregister, underlay } = openPage(createMemoryStorage());
  register({ plan: 'free', seats: 1 });
  registerOnce({ plan: 'pro', since: 2020 });
  expect(underlay()).toEqual({ plan: '"free"', seats: '1', since: '2020' });
  unregister('plan');
  expect(underlay()).toEqual({ seats: '1', since: '2020' });
});

test('any name may be registered but those of the tracker, and a value that JSON cannot hold costs itself', () => {
  const { register, underlay, reported } = openPage(createMemoryStorage());
  register(JSON.parse('{"__proto__":1,"constructor":2,"$device_id":"forged"}'));
  register({ big: 10n, fine: new Date(0) });
  expect(Object.entries(underlay())).toEqual([
    ['__proto__', '1'],
    ['constructor', '2'],
    ['fine', '"1970-01-01T00:00:00.000Z"'],
  ]);
  expect(reported).toEqual(['reserved-property', 'unserializable-property']);
});

test('a timer is carried by the next event of its name, once, in seconds', () => {
  const { timeEvent, underlay, clock, endTask } = openPage(createMemoryStorage());
  timeEvent('Checkout');
  endTask();
  clock.nowMs += 1_500;
  expect(underlay('Other')).toEqual({});
  expect(underlay('Checkout')).toEqual({ $duration: '1.5' });
  expect(underlay('Checkout')).toEqual({});
});
