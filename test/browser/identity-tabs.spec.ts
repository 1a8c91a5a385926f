import { expect, test } from '../support/lab.js';
import { failures, flush, groups, SYSTEMS, toldIn, visit, whoIs } from './identity-lab.js';

for (const system of SYSTEMS) {
  test.describe(`in ${system}, two tabs`, () => {
    test.beforeEach(({ lab }) => lab.emulator.reset({ token: 'T', system }));

    test('are one device', async ({ lab }) => {
      const [left, right] = [await visit(lab, system), await visit(lab, system)];
      expect(await whoIs(right)).toEqual(await whoIs(left));
    });

    test('share a sign-in and a sign-out from the next call on', async ({ lab }) => {
      const [left, right] = [await visit(lab, system), await visit(lab, system)];
      await left.eval(() => tracker.track('L Landed'));
      await right.eval(() => tracker.track('R Landed'));
      await left.eval(() => tracker.identify('U1'));
      expect(await whoIs(right)).toEqual(await whoIs(left));
      await right.eval(() => tracker.track('R Signed In'));
      await right.eval(() => tracker.reset());
      expect(await whoIs(left)).toEqual(await whoIs(right));
      await left.eval(() => tracker.track('L After'));
      await flush(left);
      await flush(right);
      expect(await groups(lab)).toEqual([['L After'], ['L Landed', 'R Landed', 'R Signed In']]);
      expect(await failures(lab)).toEqual([]);
    });

    test('signed in as different users, one after the other, are never one person', async ({
      lab,
    }) => {
      const [left, right] = [await visit(lab, system), await visit(lab, system)];
      await left.eval(() => {
        tracker.track('L Landed');
        tracker.identify('U1');
      });
      await right.eval(() => {
        tracker.identify('U2');
        tracker.track('R Bought');
      });
      await left.eval(() => tracker.track('L Bought'));
      expect((await whoIs(left)).userId).toBe('U2');
      await flush(left);
      await flush(right);
      expect(await groups(lab)).toEqual([['L Bought', 'R Bought'], ['L Landed']]);
      expect(await failures(lab)).toEqual([]);
      expect([...(await toldIn(left)), ...(await toldIn(right))]).toEqual([]);
    });

    test('created in the same moment agree', async ({ lab }) => {
      const tabs = await Promise.all([lab.tab(), lab.tab(), lab.tab()]);
      await Promise.all(
        tabs.map(async (tab, index) => {
          await visit(lab, system, { tab });
          await tab.eval((number) => tracker.track(`Landed ${number}`), index);
        }),
      );
      const people = await Promise.all(tabs.map(whoIs));
      expect(new Set(people.map(({ deviceId }) => deviceId)).size).toBe(1);
    });
  });
}
