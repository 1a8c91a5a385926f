import { nearestName } from '../nearest-name.js';
import { USER_OPERATIONS } from '../profiles/profile-update.js';
import type { IgnoredPart } from '../profiles/profile-update.js';

/** What may stand beside the operations: who it is about, modifiers (P-4), and what the SDKs of the service add. */
const OTHER_FIELDS = new Set([
  '$token',
  '$distinct_id',
  '$group_key',
  '$group_id',
  '$ip',
  '$time',
  '$ignore_time',
  '$ignore_alias',
  '$latitude',
  '$longitude',
  '$device_id',
  '$user_id',
  '$had_persisted_distinct_id',
  '$mp_metadata',
]);

/** Says of each field that looks like an operation, and is none of those that there are, that it did nothing (P-3, P-20). */
export function findUnknownOperations(
  record: Readonly<Record<string, unknown>>,
  operations: readonly string[],
): readonly IgnoredPart[] {
  return Object.keys(record)
    .filter((name) => name.startsWith('$') && !operations.includes(name) && !OTHER_FIELDS.has(name))
    .map((name) => {
      if (USER_OPERATIONS.includes(name)) {
        return `${name} was ignored: it is an operation for people only`;
      }
      const nearest = nearestName(name, operations);
      return `${name} was ignored: there is no such operation${nearest ? `; the nearest is ${nearest}` : ''}`;
    });
}
