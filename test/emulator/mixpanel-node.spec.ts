import Mixpanel from 'mixpanel';
import type { Emulator } from '../../src/emulator/index.js';
import { expect, test } from './support/emulator-fixture.js';

const DEVICE = 'aaaaaaaa-0000-4000-8000-000000000000';

function connect(emulator: Emulator): Mixpanel.Mixpanel {
  const config = { host: '127.0.0.1', port: emulator.port, protocol: 'http', key: 'any' };
  return Mixpanel.init('T', config);
}

/** Calls a method that ends with a callback, and fails with the error that it hands over. */
function settled(run: (done: (failure?: unknown) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    run((failure) => (failure instanceof Error ? reject(failure) : resolve()));
  });
}

for (const system of ['simplified', 'original'] as const) {
  test.describe(`the official Node library in ${system}`, () => {
    test.use({ project: { system } });

    test('track arrives as it was sent', async ({ emulator }) => {
      const client = connect(emulator);
      await settled((done) =>
        client.track('Signed Up', { distinct_id: 'U', plan: 'größer' }, done),
      );
      const [event] = await emulator.waitForEvents(1);
      expect(event).toMatchObject({
        endpoint: '/track',
        event: 'Signed Up',
        distinctId: 'U',
        properties: { plan: 'größer', mp_lib: 'node', token: 'T' },
      });
    });

    test('track_batch arrives whole over several requests', async ({ emulator }) => {
      const client = connect(emulator);
      const events = Array.from({ length: 120 }, (_, n) => ({
        event: 'Step',
        properties: { distinct_id: 'U', n, time: new Date(), $insert_id: `step-${n}` },
      }));
      await settled((done) => client.track_batch(events, done as never));
      const stored = await emulator.waitForEvents(120);
      expect(new Set(stored.map(({ properties }) => properties['n'])).size).toBe(120);
      expect((await emulator.state()).requests).toHaveLength(3);
    });

    test('import and import_batch keep events of any age', async ({ emulator }) => {
      const client = connect(emulator);
      const longAgo = new Date('2015-06-01T12:00:00Z');
      await settled((done) => client.import('Old', longAgo, { distinct_id: 'U' }, done));
      const batch = [1, 2].map((n) => ({
        event: `Older ${n}`,
        properties: { distinct_id: 'U', time: longAgo },
      }));
      await settled((done) => client.import_batch(batch, done as never));
      const stored = await emulator.waitForEvents(3);
      expect(stored.map(({ event }) => event)).toEqual(['Old', 'Older 1', 'Older 2']);
      expect(stored.map(({ properties }) => properties['time'])).toEqual(
        Array(3).fill(longAgo.getTime()),
      );
    });

    test('every people operation changes the profile', async ({ emulator }) => {
      const { people } = connect(emulator);
      await settled((done) => people.set('U', { plan: 'free', visits: 1 }, done));
      await settled((done) => people.set_once('U', { plan: 'pro', first: 'x' }, done));
      await settled((done) => people.increment('U', { visits: 4 }, done));
      await settled((done) => people.append('U', { seen: 'a' }, done));
      await settled((done) => people.union('U', { seen: ['a', 'b'] }, done));
      await settled((done) => people.remove('U', { seen: 'a' }, done));
      await settled((done) => people.unset('U', 'first', done));
      await settled((done) => people.track_charge('U', 9.5, {}, done));
      const { profiles } = await emulator.state();
      expect(profiles['U']).toMatchObject({ plan: 'free', visits: 5, seen: ['b'] });
      expect(profiles['U']).not.toHaveProperty('first');
      expect(profiles['U']?.['$transactions']).toEqual([expect.objectContaining({ $amount: 9.5 })]);
      await settled((done) => people.delete_user('U', done));
      expect((await emulator.state()).profiles).toEqual({});
    });

    test('every group operation changes the group', async ({ emulator }) => {
      const { groups } = connect(emulator);
      await settled((done) => groups.set('company', 'Acme', { seats: 5 }, done));
      await settled((done) => groups.set_once('company', 'Acme', { seats: 9, city: 'Ulm' }, done));
      await settled((done) => groups.union('company', 'Acme', { tags: ['x', 'x'] }, done));
      await settled((done) => groups.unset('company', 'Acme', ['city'], done));
      expect((await emulator.state()).groups).toEqual({
        company: { Acme: { seats: 5, tags: ['x'] } },
      });
      await settled((done) => groups.delete_group('company', 'Acme', done));
      expect((await emulator.state()).groups).toEqual({ company: {} });
    });

    test('alias joins two ids where the system knows aliases', async ({ emulator }) => {
      const client = connect(emulator);
      await settled((done) => client.track('Before', { distinct_id: DEVICE }, done));
      await settled((done) => client.alias(DEVICE, 'U', done));
      await settled((done) => client.track('After', { distinct_id: 'U' }, done));
      const { events, dropped } = await emulator.state();
      const people = new Set(events.map(({ distinctId }) => distinctId));
      expect(people.size).toBe(system === 'original' ? 1 : 2);
      expect(dropped).toHaveLength(system === 'original' ? 0 : 1);
    });

    test('a refused record reaches the caller as an error', async ({ emulator }) => {
      const client = connect(emulator);
      const refusal = settled((done) => client.track('', { distinct_id: 'U' }, done));
      await expect(refusal).rejects.toThrow('Mixpanel Server Error: 0');
      expect((await emulator.state()).dropped).toMatchObject([{ reason: 'invalid-record' }]);
    });
  });
}
