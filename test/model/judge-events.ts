import { isDeepStrictEqual } from 'node:util';

import type { StoredEvent } from '../../src/emulator/index.js';
import { isExcused, type Case, type Findings } from './case.js';
import { groupBy } from './group-by.js';
import type { TrackedEvent, Visit } from './promised.js';
import { maxLostAnswersCount } from './schedule.js';

/** Every tracked event is there once, as it was given, and in the order of the calls. */
export function judgeEvents({ counting, ledger, schedule }: Case): Findings {
  const wrong: string[] = [];
  const missing: string[] = [];
  const copiesOf = groupBy(
    counting.filter(({ properties }) => 'n' in properties),
    ({ properties }) => Number(properties['n']),
  );
  const tracked = ledger.promised.filter((each) => each.kind === 'event');
  // Where the database takes nothing, each page may hold a copy that another took over.
  const isEverFull = schedule.steps.some((step) => step.kind === 'disk' && step.isFull);
  const maxCopiesCount =
    1 + maxLostAnswersCount(schedule) + (isEverFull ? ledger.visits.length : 0);
  for (const each of tracked) {
    const copies = copiesOf.get(each.n) ?? [];
    copiesOf.delete(each.n);
    if (!copies.length && !isExcused(each)) missing.push(`event ${each.n}`);
    if (copies.length > (isRepeatable(each, ledger) ? maxCopiesCount : 1))
      wrong.push(`event ${each.n} counts ${copies.length} times`);
    for (const copy of copies) wrong.push(...compare(each, copy));
  }
  for (const n of copiesOf.keys()) wrong.push(`event ${n} was never tracked`);
  return { wrong: [...wrong, ...judgeOrder(counting, tracked)], missing };
}

/**
 * Two cases in which the service does not know a repetition again, so that it may count once more for each answer that was
 * lost: it put its own time in the place of a future one; or the device was linked between the two (I-43), by a page other
 * than the one that tracked the event: within a page a link waits for what came before.
 */
function isRepeatable(each: TrackedEvent, ledger: Case['ledger']): boolean {
  const { offsetMs, user, device, visit } = each;
  const isOvertaken = ledger.promised.some(
    (other) => other.device === device && other.visit !== visit && other.user !== undefined,
  );
  return offsetMs > 0 || (user === undefined && isOvertaken);
}

function compare(each: TrackedEvent, { event, properties }: StoredEvent): string[] {
  const wrong: string[] = [];
  const check = (what: string, found: unknown, expected: unknown): void => {
    if (!isDeepStrictEqual(found, expected))
      wrong.push(
        `${what} of event ${each.n} is ${JSON.stringify(found)}, not ${JSON.stringify(expected)}`,
      );
  };
  check('name', event, each.name);
  check('device', properties['$device_id'], each.device.id);
  // The service adds the user to what was anonymous.
  if (each.user !== undefined) check('user', properties['$user_id'], each.user);
  for (const [name, value] of Object.entries(each.properties)) check(name, properties[name], value);
  if (!each.plans.includes(properties['plan'] as string | undefined))
    check('plan', properties['plan'], each.plans);
  const time = Number(properties['time']);
  if (each.offsetMs <= 0 && !(time >= each.fromMs && time <= each.toMs))
    wrong.push(`time of event ${each.n} is ${time}, not ${each.fromMs} to ${each.toMs}`);
  return wrong;
}

/** In each document whose clock was never touched, the order of insert ids is the order of calls. */
function judgeOrder(counting: readonly StoredEvent[], tracked: readonly TrackedEvent[]): string[] {
  const idOf = new Map(
    counting.map(({ properties }) => [properties['n'], String(properties['$insert_id'])]),
  );
  const wrong: string[] = [];
  const byVisit = groupBy(tracked, ({ visit }): Visit => visit);
  for (const events of byVisit.values()) {
    if (new Set(events.map(({ offsetMs }) => offsetMs)).size > 1) continue;
    const ids = events.map(({ n }) => idOf.get(n)).filter((id) => id !== undefined);
    if (!isDeepStrictEqual(ids, ids.toSorted()))
      wrong.push(`events ${events[0]?.n} to ${events.at(-1)?.n} are not in order`);
  }
  return wrong;
}
