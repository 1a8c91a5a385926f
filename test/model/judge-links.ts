import type { StoredEvent } from '../../src/emulator/index.js';
import { isExcused, type Case, type Findings } from './case.js';
import { groupBy } from './group-by.js';
import type { LinkEvent } from './promised.js';

/** Whom an event of the tracker's own links, as `device user`; `undefined` for any other event. */
export function linkOf({ event, properties }: StoredEvent): string | undefined {
  if (event === '$identify')
    return `${String(properties['$anon_id'])} ${String(properties['$identified_id'])}`;
  if (event === 'Identified')
    return `${String(properties['$device_id'])} ${String(properties['$user_id'])}`;
  return undefined;
}

const keyOf = ({ device, user }: LinkEvent): string => `${device.id} ${user}`;

/** Each link that the tracker sends of itself is there once, and no other. */
export function judgeLinks({ counting, ledger }: Case): Findings {
  const wrong: string[] = [];
  const missing: string[] = [];
  const found = groupBy(
    counting.filter((event) => linkOf(event) !== undefined),
    (event) => linkOf(event) ?? '',
  );
  const links = ledger.promised.filter((each) => each.kind === 'link');
  for (const [key, expected] of groupBy(links, keyOf)) {
    const count = found.get(key)?.length ?? 0;
    found.delete(key);
    const isAhead = expected.some(({ offsetMs }) => offsetMs > 0);
    if (count > expected.length && !isAhead) wrong.push(`link ${key} counts ${count} times`);
    const due = expected.filter((each) => !isExcused(each)).length;
    for (let left = due - count; left > 0; left--) missing.push(`link ${key}`);
  }
  const forgetful = new Set(
    ledger.promised.filter(({ device }) => device.isForgetful).map(({ device }) => device.id),
  );
  for (const key of found.keys())
    if (!forgetful.has(key.split(' ')[0] ?? '')) wrong.push(`link ${key} was not asked for`);
  for (const { event, properties } of counting)
    if (!('n' in properties) && !/^(\$identify|Identified)$/.test(event))
      wrong.push(`event ${event} was never tracked`);
  return { wrong, missing };
}
