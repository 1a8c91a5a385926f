import { expect, test } from '../support/lab.js';
import { flush, visit } from './identity-lab.js';

for (const system of ['simplified', 'original'] as const) {
  test(`in ${system}, every change of a profile and of groups arrives, in the order it was made`, async ({
    lab,
  }) => {
    await lab.emulator.reset({ token: 'T', system });
    const tab = await visit(lab, system);
    await tab.eval(() => {
      // While anonymous: held, and sent under the user.
      tracker.people.set({ plan: 'free', city: 'Oslo' });
      tracker.people.increment('visits');
      tracker.track('Landed');
      tracker.identify('U1');
      tracker.people.set('plan', 'pro');
      tracker.people.setOnce({ plan: 'never', first: 'now' });
      tracker.people.increment({ visits: 2, spent: 10.5 });
      tracker.people.increment('visits', -1);
      tracker.people.append('seen', 'a');
      tracker.people.append({ seen: 'a' });
      tracker.people.union('tags', ['x', 'y']);
      tracker.people.union('tags', ['y', 'z']);
      tracker.people.remove('tags', 'x');
      tracker.people.unset('city');
      tracker.setGroup('company', ['acme', 'globex']);
      tracker.addGroup('company', 'initech');
      tracker.addGroup('constructor', 'a name that every object has');
      tracker.removeGroup('constructor', 'a name that every object has');
      tracker.removeGroup('company', 'globex');
      for (const id of [undefined, null, NaN, {}, Symbol('id')] as unknown as string[]) {
        tracker.setGroup('company', id);
        tracker.setGroup('company', ['acme', id]);
        tracker.addGroup('company', id);
      }
      tracker.track('Seen');
      const acme = tracker.group('company', 'acme');
      acme.set({ size: 7, name: 'Acme', old: true });
      acme.setOnce('size', 9);
      acme.union('tags', ['a', 'b']);
      acme.remove('tags', 'a');
      acme.unset(['old']);
      tracker.group('company', 'gone').set('size', 1);
      tracker.group('company', 'gone').delete();
    });
    await flush(tab);
    const { events, profiles, groups } = await lab.emulator.state();
    // In Original ID Merge it may stand under any id of the person.
    const [profile, ...others] = Object.values(profiles);
    expect(others).toEqual([]);
    expect(profile).toMatchObject({
      plan: 'pro',
      first: 'now',
      visits: 2,
      spent: 10.5,
      seen: ['a', 'a'],
      tags: ['y', 'z'],
      company: ['acme', 'initech'],
    });
    expect(profile).not.toHaveProperty('city');
    expect(groups['company']).toEqual({ acme: { size: 7, name: 'Acme', tags: ['b'] } });
    const seen = events.find(({ event }) => event === 'Seen');
    expect(seen?.properties['company']).toEqual(['acme', 'initech']);
    expect(Object.keys(seen?.properties ?? {})).not.toContain('constructor');
  });

  test(`in ${system}, a deleted user's profile is gone`, async ({ lab }) => {
    await lab.emulator.reset({ token: 'T', system });
    const tab = await visit(lab, system);
    await tab.eval(() => {
      tracker.identify('U1');
      tracker.people.set('plan', 'pro');
      tracker.people.deleteUser();
    });
    await flush(tab);
    expect((await lab.emulator.state()).profiles).toEqual({});
  });
}
