import type { StoredEvent } from '../../src/emulator/index.js';
import type { TrackerOptions } from '../../src/index.js';
import { expect, test, type Lab, type Tab } from '../support/lab.js';
import { deny, flush, visit } from './identity-lab.js';

/** What of an event's properties the page gave, by the names these tests use. */
const given = (event: StoredEvent | undefined) =>
  Object.fromEntries(
    ['plan', 'theme', 'company', '$duration'].flatMap((name) =>
      event && name in event.properties ? [[name, event.properties[name]]] : [],
    ),
  );

/** The properties of the events of that name, in order of arrival. */
const givenIn = async (lab: Lab, name: string) =>
  (await lab.emulator.state()).events.filter(({ event }) => event === name).map(given);

const track = (tab: Tab, name: string) => tab.eval((event) => tracker.track(event), name);

interface Place {
  readonly name: string;
  readonly options?: TrackerOptions;
  readonly denied: readonly ('cookie' | 'localStorage')[];
}
const PLACES: readonly Place[] = [
  { name: 'kept on the device', denied: [] },
  { name: "with persistence 'memory'", options: { persistence: 'memory' }, denied: [] },
  { name: 'where localStorage is denied', denied: ['localStorage'] },
  { name: 'where localStorage and cookies are denied', denied: ['localStorage', 'cookie'] },
];

for (const { name, options, denied } of PLACES) {
  test(`${name}, what is registered goes with the events of later tasks, until reset`, async ({
    lab,
  }) => {
    const tab = await lab.tab('/plain.html');
    await deny(tab, denied);
    await visit(lab, 'simplified', { tab, ...(options && { options }) });
    await tab.eval(() => tracker.register({ plan: 'pro', theme: 'dark' }));
    await track(tab, 'First');
    await tab.eval(() => tracker.registerOnce({ plan: 'free' }));
    await tab.eval(() => tracker.unregister('theme'));
    await tab.eval(() => tracker.setGroup('company', 'acme'));
    await track(tab, 'Second');
    await tab.eval(() => tracker.track('Own', { plan: 'own' }));
    await tab.eval(() => tracker.reset());
    await track(tab, 'Third');
    await flush(tab);
    expect(await givenIn(lab, 'First')).toEqual([{ plan: 'pro', theme: 'dark' }]);
    expect(await givenIn(lab, 'Second')).toEqual([{ plan: 'pro', company: ['acme'] }]);
    expect(await givenIn(lab, 'Own')).toEqual([{ plan: 'own', company: ['acme'] }]);
    expect(await givenIn(lab, 'Third')).toEqual([{}]);
  });

  test(`${name}, a profile that is changed while anonymous is sent at a sign-in in a later task`, async ({
    lab,
  }) => {
    const tab = await lab.tab('/plain.html');
    await deny(tab, denied);
    await visit(lab, 'simplified', { tab, ...(options && { options }) });
    await tab.eval(() => tracker.people.set('plan', 'pro'));
    await tab.eval(() => tracker.people.increment('visits', 2));
    await tab.eval(() => tracker.identify('U1'));
    await flush(tab);
    expect((await lab.emulator.state()).profiles).toEqual({
      U1: expect.objectContaining({ plan: 'pro', visits: 2 }),
    });
  });

  test(`${name}, a timer started in an earlier task is carried once`, async ({ lab }) => {
    const tab = await lab.tab('/plain.html');
    await deny(tab, denied);
    await visit(lab, 'simplified', { tab, ...(options && { options }) });
    await tab.eval(() => tracker.timeEvent('Checkout'));
    await track(tab, 'Checkout');
    await track(tab, 'Checkout');
    await flush(tab);
    expect(await givenIn(lab, 'Checkout')).toEqual([{ $duration: expect.any(Number) }, {}]);
  });
}

test('what is registered, timed and held lasts from page to page and is the same in every tab', async ({
  lab,
}) => {
  const tab = await visit(lab, 'simplified');
  await tab.eval(() => {
    tracker.register({ plan: 'pro' });
    tracker.timeEvent('Checkout');
    tracker.people.set('plan', 'pro');
  });
  await visit(lab, 'simplified', { tab, url: '/blank.html?next' });
  await track(tab, 'Checkout');
  const other = await visit(lab, 'simplified');
  await other.eval(() => tracker.register({ theme: 'dark' }));
  // Chromium hands what is stored from one tab's process to another's, some time later.
  await tab.until(() => Object.values(localStorage).some((text) => text.includes('dark')));
  await track(tab, 'After');
  await other.eval(() => tracker.identify('U1'));
  await flush(other);
  await flush(tab);
  expect(await givenIn(lab, 'Checkout')).toEqual([{ plan: 'pro', $duration: expect.any(Number) }]);
  expect(await givenIn(lab, 'After')).toEqual([{ plan: 'pro', theme: 'dark' }]);
  expect((await lab.emulator.state()).profiles['U1']).toMatchObject({ plan: 'pro' });
});
