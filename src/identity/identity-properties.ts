import type { IdentityRecord } from './identity-record.js';

/** The identity properties of every event: the same four facts serve both ID Merge systems (ID-70). */
export const identityProperties = ({
  deviceId,
  anonymousId,
  userId,
}: IdentityRecord): Record<string, string> => ({
  distinct_id: userId ?? anonymousId,
  $device_id: deviceId,
  ...(userId && { $user_id: userId }),
});
