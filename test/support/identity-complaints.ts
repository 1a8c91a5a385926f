import type { StoredEvent } from '../../src/emulator/index.js';

/**
 * What is wrong with how the service resolved the events; nothing, as it should be.
 *
 * @param ownerOf The user who made an event, or `sitting …` where nobody signed in.
 */
export function identityComplaints(
  system: 'simplified' | 'original',
  events: readonly StoredEvent[],
  ownerOf: (event: StoredEvent) => string,
): string[] {
  const found: string[] = [];
  const userOfDevice = new Map<unknown, unknown>();
  const idOfOwner = new Map<string, string>();
  const ownerOfId = new Map<string, string>();
  /** Notes the first value of a key; a second one is a complaint. */
  const only = <Key, Value>(map: Map<Key, Value>, key: Key, value: Value, what: string) => {
    if (map.has(key) && map.get(key) !== value)
      found.push(`${what} ${String(key)}: ${String(map.get(key))} and ${String(value)}`);
    map.set(key, value);
  };
  for (const event of events) {
    const { properties, distinctId } = event;
    const owner = ownerOf(event);
    for (const name of ['$identity_failure_reason', '$failure_reason'])
      if (name in properties) found.push(`${name} ${String(properties[name])}`);
    const [device, user] = [properties['$device_id'], properties['$user_id']];
    if (event.ingestDistinctId === user) only(userOfDevice, device, user, 'users of device');
    only(idOfOwner, owner, distinctId, 'ids of');
    only(ownerOfId, distinctId, owner, 'people under');
    if (system === 'simplified' && !owner.startsWith('sitting') && distinctId !== owner)
      found.push(`an event of ${owner} under ${distinctId}`);
  }
  return found;
}
