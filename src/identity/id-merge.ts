import { CREATE_ALIAS_EVENT, DEVICE_PREFIX, IDENTIFY_EVENT } from '../wire.js';
import type { IdentityRecord } from './identity-record.js';

/** An event that a change of identity sends by itself. */
export interface IdentityEvent {
  readonly event: string;
  readonly properties: Readonly<Record<string, string>>;
}

/** Where the two ID Merge systems differ. */
export interface IdMerge {
  /** The distinct id of a device's anonymous events. */
  anonymousId(deviceId: string): string;
  /** What `identify()` sends, if anything. */
  identified(record: IdentityRecord): IdentityEvent | undefined;
  /** What `alias()` sends; `undefined` where the system has no aliases. */
  aliased(alias: string, distinctId: string): IdentityEvent | undefined;
  /** What has to be sent before this device is left while its link is owed (see `IdentityRecord.link`). */
  owedLink?: IdentityEvent;
}

/** Simplified ID Merge: any event that carries `$device_id` and `$user_id` links them (ID-3). */
export const simplifiedIdMerge: IdMerge = {
  anonymousId: (deviceId) => DEVICE_PREFIX + deviceId,
  identified: () => undefined,
  aliased: () => undefined,
  owedLink: { event: 'Identified', properties: {} },
};

/** Original ID Merge: only the identity verbs join ids (ID-40). */
export const originalIdMerge: IdMerge = {
  anonymousId: (deviceId) => deviceId,
  identified: ({ userId = '', anonymousId }) => ({
    event: IDENTIFY_EVENT,
    properties: { $identified_id: userId, $anon_id: anonymousId },
  }),
  aliased: (alias, distinct_id) => ({
    event: CREATE_ALIAS_EVENT,
    properties: { alias, distinct_id },
  }),
};

/** The identity properties of every event: the same four facts serve both systems (ID-70). */
export function identityProperties(record: IdentityRecord): Record<string, string> {
  const { deviceId, anonymousId, userId } = record;
  return {
    distinct_id: userId ?? anonymousId,
    $device_id: deviceId,
    ...(userId !== undefined && { $user_id: userId }),
  };
}
