/**
 * The protocol in types and numbers: what travels between the client and the service. Rule ids (`T-1`, `I-40`, …) are
 * those of the service's semantics as the emulator implements them.
 */

/** Request paths of the service that a browser sends to. The trailing slash is what official SDKs send (T-1). */
export const TRACK_PATH = '/track/';
export const ENGAGE_PATH = '/engage/';
export const GROUPS_PATH = '/groups/';

/** The paths that a queued record may be sent to. */
export const WIRE_PATHS = [TRACK_PATH, ENGAGE_PATH, GROUPS_PATH] as const;

/** One of them. */
export type WirePath = (typeof WIRE_PATHS)[number];

/** Prefix of an anonymous distinct id in Simplified ID Merge, added by the service where it is missing (ID-2). */
export const DEVICE_PREFIX = '$device:';

/** Event names with a meaning of their own for identity (ID-20, ID-40). */
export const IDENTIFY_EVENT = '$identify';
export const CREATE_ALIAS_EVENT = '$create_alias';
export const MERGE_EVENT = '$merge';

/** Records in one request (T-10). */
export const MAX_BATCH_COUNT = 2_000;
/** Longest id, event name and string property, in bytes (ID-5, T-11). */
export const MAX_ID_BYTES = 255;
/** Largest event as JSON (T-10: "less than 1 MB"). */
export const MAX_EVENT_BYTES = 1_000_000;
/** Events older than this are discarded by the service, in silence (T-14). */
export const MAX_EVENT_AGE_MS = 5 * 24 * 60 * 60 * 1_000;
