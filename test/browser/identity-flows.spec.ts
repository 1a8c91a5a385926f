import { expect, test } from '../support/lab.js';
import {
  failures,
  flush,
  groups,
  idsOf,
  peopleByEvent,
  SYSTEMS,
  visit,
  whoIs,
} from './identity-lab.js';

for (const system of SYSTEMS) {
  test.describe(`in ${system}`, () => {
    /** How the service writes the id of a device. */
    const asId = (deviceId: string) => (system === 'simplified' ? `$device:${deviceId}` : deviceId);

    test.beforeEach(({ lab }) => lab.emulator.reset({ token: 'T', system }));

    test('New User Signup: what was done before signing up is the new user’s', async ({ lab }) => {
      const tab = await visit(lab, system);
      const { deviceId } = await whoIs(tab);
      await tab.eval(() => tracker.track('Landed'));
      await flush(tab);
      expect(await peopleByEvent(lab)).toEqual({ Landed: asId(deviceId) });

      await visit(lab, system, { tab });
      await tab.eval(() => {
        tracker.track('Browsed');
        tracker.identify('U1');
        tracker.track('Signed Up');
      });
      await flush(tab);

      expect(await groups(lab)).toEqual([['Browsed', 'Landed', 'Signed Up']]);
      expect(await idsOf(lab, 'Landed')).toEqual([asId(deviceId), 'U1'].toSorted());
      expect(await failures(lab)).toEqual([]);
      if (system === 'simplified') {
        expect(Object.values(await peopleByEvent(lab))).toEqual(['U1', 'U1', 'U1']);
        expect((await lab.emulator.state()).links).toEqual({ [deviceId]: 'U1' });
      }
    });

    test('Returning User: another device is a stranger until the user signs in, and then hers from the start', async ({
      lab,
    }) => {
      const first = await visit(lab, system);
      await first.eval(() => {
        tracker.track('Landed');
        tracker.identify('U1');
        tracker.track('Signed Up');
      });
      await flush(first);

      const other = await lab.second();
      const second = await visit(lab, system, { tab: await other.tab() });
      const { deviceId } = await whoIs(second);
      await second.eval(() => tracker.track('Visited'));
      await flush(second);
      expect(await groups(lab)).toEqual([['Landed', 'Signed Up'], ['Visited']]);
      expect((await peopleByEvent(lab))['Visited']).toBe(asId(deviceId));

      await second.eval(() => {
        tracker.identify('U1');
        tracker.track('Signed In');
      });
      await flush(second);
      expect(await groups(lab)).toEqual([['Landed', 'Signed In', 'Signed Up', 'Visited']]);
      expect(await idsOf(lab, 'Visited')).toHaveLength(3);
      expect(await idsOf(lab, 'Visited')).toContain('U1');
      expect(await failures(lab)).toEqual([]);
    });

    test('Multiple Users, One Device: signing out parts them', async ({ lab }) => {
      const tab = await visit(lab, system);
      const before = await whoIs(tab);
      await tab.eval(() => {
        tracker.track('A Landed');
        tracker.identify('U1');
        tracker.track('A Bought');
        tracker.reset();
      });
      const after = await whoIs(tab);
      expect(after).toEqual({
        deviceId: after.deviceId,
        userId: null,
        distinctId: asId(after.deviceId),
      });
      expect(after.deviceId).not.toBe(before.deviceId);

      await tab.eval(() => tracker.track('B Landed'));
      await flush(tab);
      expect(await groups(lab)).toEqual([['A Bought', 'A Landed'], ['B Landed']]);

      await visit(lab, system, { tab });
      await tab.eval(() => {
        tracker.track('B Browsed');
        tracker.identify('U2');
        tracker.track('B Bought');
      });
      await flush(tab);
      expect(await groups(lab)).toEqual([
        ['A Bought', 'A Landed'],
        ['B Bought', 'B Browsed', 'B Landed'],
      ]);
      expect(await idsOf(lab, 'A Landed')).toEqual([asId(before.deviceId), 'U1'].toSorted());
      expect(await idsOf(lab, 'B Landed')).toEqual([asId(after.deviceId), 'U2'].toSorted());
      expect(await failures(lab)).toEqual([]);
    });

    test('identify with another user while one is signed in parts them as well', async ({
      lab,
    }) => {
      const tab = await visit(lab, system);
      await tab.eval(() => {
        tracker.track('A Landed');
        tracker.identify('U1');
        tracker.track('A Bought');
        tracker.identify('U2');
        tracker.track('B Bought');
        tracker.identify('U1');
        tracker.track('A Came Back');
      });
      await flush(tab);
      expect(await groups(lab)).toEqual([['A Bought', 'A Came Back', 'A Landed'], ['B Bought']]);
      expect(await failures(lab)).toEqual([]);
      const users = new Map<unknown, Set<unknown>>();
      for (const { properties, ingestDistinctId } of (await lab.emulator.state()).events) {
        if (ingestDistinctId !== properties['$user_id']) continue;
        const device = properties['$device_id'];
        users.set(device, (users.get(device) ?? new Set()).add(properties['$user_id']));
      }
      expect([...users.values()].map(({ size }) => size)).toEqual([1, 1, 1]);
    });

    test('somebody who signs in and out without doing anything keeps what was done before', async ({
      lab,
    }) => {
      const tab = await visit(lab, system);
      await tab.eval(() => {
        tracker.track('Landed');
        tracker.identify('U1');
        tracker.reset();
        tracker.track('Another Landed');
      });
      await flush(tab);
      expect(await groups(lab)).toEqual([['Another Landed'], ['Landed']]);
      expect(await idsOf(lab, 'Landed')).toContain('U1');
      expect(await failures(lab)).toEqual([]);
    });

    test('what is queued at sign-out is delivered under who it was', async ({ lab }) => {
      await lab.net.set('refuse');
      const tab = await visit(lab, system);
      await tab.eval(() => {
        tracker.identify('U1');
        tracker.track('A Bought');
        tracker.reset();
        tracker.track('B Landed');
      });
      await visit(lab, system, { tab });
      await lab.net.set('pass');
      await flush(tab);
      expect((await peopleByEvent(lab))['A Bought']).not.toBe(
        (await peopleByEvent(lab))['B Landed'],
      );
      expect(await idsOf(lab, 'A Bought')).toContain('U1');
    });

    test('identify with the current user sends nothing, on this page and the next', async ({
      lab,
    }) => {
      const tab = await visit(lab, system);
      await tab.eval(() => {
        tracker.identify('U1');
        tracker.track('One');
      });
      await flush(tab);
      const { events } = await lab.emulator.state();
      await tab.eval(() => tracker.identify('U1'));
      await visit(lab, system, { tab });
      await tab.eval(() => {
        tracker.identify('U1');
        tracker.track('Two');
      });
      await flush(tab);
      expect((await lab.emulator.state()).events).toHaveLength(events.length + 1);
    });
  });
}

test('alias gives a person another name in Original', async ({ lab }) => {
  await lab.emulator.reset({ token: 'T', system: 'original' });
  const tab = await visit(lab, 'original');
  const { deviceId } = await whoIs(tab);
  await tab.eval(() => {
    tracker.track('Landed');
    tracker.alias('newsletter-7');
    tracker.identify('U1');
    tracker.alias('crm-9');
    tracker.alias('old-3', 'U1');
    tracker.track('Bought');
  });
  await flush(tab);
  expect(await groups(lab)).toEqual([['Bought', 'Landed']]);
  expect(await idsOf(lab, 'Landed')).toEqual(
    [deviceId, 'U1', 'crm-9', 'newsletter-7', 'old-3'].toSorted(),
  );
  expect(await failures(lab)).toEqual([]);
});

test('alias is refused in Simplified, and nothing is sent', async ({ lab }) => {
  await lab.emulator.reset({ token: 'T', system: 'simplified' });
  const tab = await visit(lab, 'simplified');
  await tab.eval(() => {
    tracker.alias('newsletter-7');
    tracker.track('Landed');
  });
  await flush(tab);
  expect(await tab.eval(() => told.map(({ code }) => code))).toEqual(['alias-unsupported']);
  expect((await lab.emulator.state()).events.map(({ event }) => event)).toEqual(['Landed']);
});
