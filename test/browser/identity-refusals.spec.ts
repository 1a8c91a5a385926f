import { expect, test, type Tab } from '../support/lab.js';
import { flush, peopleByEvent, SYSTEMS, toldIn, visit, whoIs } from './identity-lab.js';

/** Ids that are nobody's, as JavaScript, because JSON cannot carry all of them to the page; with their code. */
const REFUSED: readonly (readonly [string, string])[] = [
  ['undefined', 'id-not-string'],
  ['null', 'id-not-string'],
  ['""', 'id-blank'],
  ['" "', 'id-blank'],
  ['0', 'id-not-string'],
  ['NaN', 'id-not-string'],
  ['({})', 'id-not-string'],
  ['10n', 'id-not-string'],
  ['Symbol()', 'id-not-string'],
  ['Object.create(null)', 'id-not-string'],
  ['new Proxy({}, { get() { throw 1 } })', 'id-not-string'],
  ['"x".repeat(300)', 'id-too-long'],
  ['"$device:x"', 'id-device-prefix'],
  ['tracker.deviceId', 'id-device-prefix'],
  ...[
    '00000000-0000-0000-0000-000000000000',
    'anon',
    'Anonymous',
    'nil',
    'None',
    'NULL',
    'n/a',
    'NA',
    'undefined',
    'Unknown',
    '<nil>',
    '0',
    '-1',
    'True',
    'false',
    '[]',
    '{}',
  ].map((id) => [JSON.stringify(id), 'id-placeholder'] as const),
];

/** One page function that makes all of the calls: a symbol, a BigInt or a proxy cannot travel to the page as JSON. */
const callAll = async (tab: Tab, method: 'identify' | 'alias') => {
  await tab.page?.evaluate(
    `for (const id of [${REFUSED.map(([source]) => source).join()}]) tracker.${method}(id)`,
  );
};

for (const system of SYSTEMS) {
  for (const state of ['anonymous', 'signed in'] as const) {
    test(`in ${system}, ${state}: an id that is nobody's is refused with its code, and nothing changes, also after a reload`, async ({
      lab,
    }) => {
      await lab.emulator.reset({ token: 'T', system });
      const tab = await visit(lab, system);
      if (state === 'signed in') await tab.eval(() => tracker.identify('U1'));
      const before = await whoIs(tab);

      await callAll(tab, 'identify');
      expect(await toldIn(tab)).toEqual(REFUSED.map(([, code]) => code));
      expect(await whoIs(tab)).toEqual(before);

      await visit(lab, system, { tab });
      expect(await whoIs(tab)).toEqual(before);
      await tab.eval(() => tracker.track('Went On'));
      await flush(tab);
      const { events, clusters } = await lab.emulator.state();
      expect(events.filter(({ event }) => event !== '$identify').map(({ event }) => event)).toEqual(
        ['Went On'],
      );
      expect(clusters.flatMap(({ ids }) => ids)).toContain(before.distinctId);
      expect(clusters).toHaveLength(1);
      expect(Object.keys(await peopleByEvent(lab))).toEqual(['Went On']);
    });
  }
}

test('alias refuses the same ids, and sends nothing', async ({ lab }) => {
  await lab.emulator.reset({ token: 'T', system: 'original' });
  const tab = await visit(lab, 'original');
  await tab.eval(() => tracker.track('Landed'));
  await callAll(tab, 'alias');
  const codes = await toldIn(tab);
  expect(codes).toHaveLength(REFUSED.length);
  expect(codes.every((code) => code.startsWith('id-') || code === 'alias-same-id')).toBe(true);
  await flush(tab);
  expect((await lab.emulator.state()).events.map(({ event }) => event)).toEqual(['Landed']);
});
