import type { Finding } from '../rules/finding.js';

/** A second user on a device that is linked (ID-8). */
export const deviceTaken = (device: string, owner: string, user: string): Finding => ({
  code: 'device-already-linked',
  message: `Device "${device}" belongs to "${owner}" for ever, so this event of "${user}" was not linked to it. Take a new device id when another person signs in: call reset() at sign-out.`,
});

/** An anonymous id that was sent as if it were a user (ID-4). */
export const phantomUser = (id: string): Finding => ({
  code: 'bare-uuid-distinct-id',
  message: `distinct_id "${id}" has no "$device:" prefix, so it became a user of its own that can never be merged. Send $device_id, or "$device:${id}".`,
});

/** A user id that looks like a device (ID-73). */
export const prefixedUser = (id: string): Finding => ({
  code: 'prefixed-user-id',
  message: `$user_id "${id}" begins with "$device:", which marks devices. Send the id of a person.`,
});

/** An identity verb, which has no effect here (ID-20). */
export const verbIgnored = (event: string): Finding => ({
  code: 'identity-event-ignored',
  message: `"${event}" does nothing in Simplified ID Merge and was dropped. The link is made by the next ordinary event with both $device_id and $user_id.`,
});
