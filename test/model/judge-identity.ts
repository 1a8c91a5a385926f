import type { StoredEvent } from '../../src/emulator/index.js';
import type { Case, Findings } from './case.js';
import { linkOf } from './judge-links.js';
import type { TrackedEvent } from './promised.js';

interface Owned {
  readonly each: TrackedEvent;
  readonly copy: StoredEvent;
}

/** Every event is with the person whose it is: the user, or the device that nobody was identified on. */
export function judgeIdentity(all: Case): Findings {
  const tracked = new Map(
    all.ledger.promised.filter((each) => each.kind === 'event').map((each) => [each.n, each]),
  );
  const owned: Owned[] = all.counting.flatMap((copy) => {
    const each = tracked.get(Number(copy.properties['n']));
    // Where a killed browser forgot who was identified, the next person is on the same device.
    return each && each.device.users.size < 2 ? [{ each, copy }] : [];
  });
  const failures = owned
    .filter(({ copy }) => /_failure_reason/.test(JSON.stringify(Object.keys(copy.properties))))
    .map(({ each }) => `the identity of event ${each.n} failed`);
  const judgeSystem = all.schedule.system === 'simplified' ? judgeSimplified : judgeOriginal;
  return { wrong: [...failures, ...judgeSystem(all, owned)] };
}

/** An event that carries both ids links them (ID-3): if one has arrived, what the device did before is the user's. */
function judgeSimplified({ counting }: Case, owned: readonly Owned[]): string[] {
  const linked = new Set(
    counting
      .filter(({ properties }) => properties['$user_id'] === properties['distinct_id'])
      .map(({ properties }) => properties['$device_id']),
  );
  return owned.flatMap(({ each, copy }) => {
    const [linkedUser] = linked.has(each.device.id) ? each.device.users : [];
    const expected = each.user ?? linkedUser ?? `$device:${each.device.id}`;
    return copy.distinctId === expected
      ? []
      : [`event ${each.n} is with ${copy.distinctId}, not ${expected}`];
  });
}

/** Which of the ids of a person stands for all is the service's choice (ID-41): each person has one, and no other has it. */
function judgeOriginal({ counting }: Case, owned: readonly Owned[]): string[] {
  const links = new Set(counting.map(linkOf));
  const personOf = ({ device, user }: TrackedEvent): string => {
    const linkedUser = [...device.users].find((each) => links.has(`${device.id} ${each}`));
    return user ?? linkedUser ?? device.id;
  };
  const idOf = new Map<string, string>();
  const ownerOf = new Map<string, string>();
  return owned.flatMap(({ each, copy: { distinctId } }) => {
    const person = personOf(each);
    const expectedId = idOf.get(person) ?? distinctId;
    const owner = ownerOf.get(distinctId) ?? person;
    idOf.set(person, expectedId);
    ownerOf.set(distinctId, owner);
    return distinctId === expectedId && owner === person
      ? []
      : [`event ${each.n} of ${person} is with ${distinctId}, which is ${owner}`];
  });
}
