import { GROUP_OPERATIONS, USER_OPERATIONS } from '../profiles/profile-update.js';
import { open, TEXT } from './json-schema.js';
import type { JsonSchema } from './json-schema.js';

/** The argument of each operation (P-3). */
const ARGUMENTS: Readonly<Record<string, JsonSchema>> = {
  $set: { type: 'object' },
  $set_once: { type: 'object' },
  $add: { type: 'object', additionalProperties: { type: 'number' } },
  $append: { type: 'object' },
  $union: { type: 'object', additionalProperties: { type: 'array' } },
  $remove: { type: 'object' },
  $unset: { type: 'array', items: { type: 'string' } },
  $delete: { description: 'Any value: that it is there deletes the profile.' },
};

/** What stands beside the operation (P-4). */
const MODIFIERS: Readonly<Record<string, JsonSchema>> = {
  $ip: { type: ['string', 'integer'], description: '0: no location.' },
  $time: { type: 'number', description: 'Time of the update, as in an event.' },
  $ignore_time: { type: 'boolean', description: 'Leaves $last_seen as it is.' },
  $ignore_alias: { type: 'boolean', description: 'Means the id itself, not whose it is.' },
};

/** Schemas of what /engage and /groups take in. */
export const UPDATE_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  ProfileUpdate: updateOf({ $token: TEXT, $distinct_id: TEXT }, MODIFIERS, USER_OPERATIONS),
  GroupUpdate: updateOf(
    { $token: TEXT, $group_key: TEXT, $group_id: TEXT },
    { $distinct_id: false },
    GROUP_OPERATIONS,
  ),
};

/** An update with one operation at least (P-2, P-20). */
function updateOf(
  required: Readonly<Record<string, JsonSchema>>,
  optional: Readonly<Record<string, JsonSchema | false>>,
  operations: readonly string[],
): JsonSchema {
  const taken = Object.fromEntries(operations.map((name) => [name, ARGUMENTS[name] ?? {}]));
  return {
    ...open({ ...required, ...optional, ...taken }, Object.keys(required)),
    anyOf: operations.map((name) => ({ required: [name] })),
  };
}
