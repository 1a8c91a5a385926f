import fc from 'fast-check';
import { createIdentitySystem } from '../../src/emulator/identity/create-identity-system.js';
import { resolveProject } from '../../src/emulator/project-config.js';
import type { Properties } from '../../src/emulator/emulator-state.js';
import { expect, test } from './support/emulator-fixture.js';

const SEED = 20_261_123;

interface Sent {
  readonly event: string;
  readonly properties: Properties;
}

/** Who is who after these events, in whatever order the clusters were made. */
function peopleAfter(system: 'simplified' | 'original', events: readonly Sent[]): unknown {
  const identity = createIdentitySystem(resolveProject({ system }));
  const arrived = events.map(({ event, properties }, seq) => {
    const admission = identity.admit({
      seq,
      event,
      properties,
      endpoint: '/import',
      addressHash: 'address',
    });
    return { properties, ingested: admission.kept ? admission.distinctId : null };
  });
  const owners = arrived
    .filter(({ properties }) => properties['n'] !== undefined)
    .map(({ properties, ingested }): [string, readonly string[]] => {
      const distinctId = identity.resolve(ingested ?? '', properties)?.distinctId ?? ingested ?? '';
      return [String(properties['n']), (identity.clusterOf(distinctId)?.ids ?? []).toSorted()];
    });
  const clusters = Array.from(identity.clusters(), ({ ids }) => JSON.stringify(ids.toSorted()));
  return { clusters: clusters.toSorted(), owners: Object.fromEntries(owners) };
}

const numbered = (events: readonly Sent[]): readonly Sent[] =>
  events.map(({ event, properties }, n) => ({
    event,
    properties: event.startsWith('$') ? properties : { ...properties, n },
  }));

/** Every device belongs to one user only, so that no link has a rival. */
const simplifiedEvent = fc
  .tuple(fc.integer({ min: 0, max: 5 }), fc.constantFrom('device', 'login', 'user', 'prefixed'))
  .map(([device, kind]): Sent => {
    const user = `U${device % 2}`;
    const properties: Record<typeof kind, Properties> = {
      device: { $device_id: `D${device}`, distinct_id: 'x' },
      login: { $device_id: `D${device}`, $user_id: user },
      user: { distinct_id: user },
      prefixed: { distinct_id: `$device:D${device}` },
    };
    return { event: 'E', properties: properties[kind] };
  });

const originalEvent = fc
  .tuple(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 0, max: 7 }), fc.boolean())
  .map(([first, second, isMerge]): Sent =>
    isMerge
      ? { event: '$merge', properties: { $distinct_ids: [`i${first}`, `i${second}`] } }
      : { event: 'E', properties: { distinct_id: `i${first}` } },
  );

for (const [system, event] of [
  ['simplified', simplifiedEvent],
  ['original', originalEvent],
] as const) {
  test(`in ${system} who is who does not depend on the order of arrival, where nothing is refused`, () => {
    const streams = fc
      .array(event, { maxLength: 25 })
      .map(numbered)
      .chain((events) =>
        fc.tuple(
          fc.constant(events),
          fc.shuffledSubarray([...events], { minLength: events.length }),
        ),
      );
    fc.assert(
      fc.property(streams, ([events, shuffled]) => {
        expect(peopleAfter(system, shuffled)).toEqual(peopleAfter(system, events));
      }),
      { seed: SEED, numRuns: 500 },
    );
  });
}
