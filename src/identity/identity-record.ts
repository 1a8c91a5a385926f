import { attempt } from '../attempt.js';
import { DEVICE_PREFIX } from '../wire.js';
import { refuseId } from './refuse-id.js';

/** Who this browser is to the service; one small record, written in one piece. */
export interface IdentityRecord {
  /** UUID v4, made here. */
  readonly deviceId: string;
  /** The distinct id of this device's anonymous events. */
  readonly anonymousId: string;
  /** The id given to `identify()`, absent while anonymous. */
  readonly userId?: string;
  /**
   * What Simplified ID Merge still owes this device: `'anonymous'` where anonymous events exist that `identify()` will
   * have to link, `'owed'` where it was called and no event has carried the link yet.
   */
  readonly link?: 'anonymous' | 'owed' | undefined;
  /** When it was written, in milliseconds; grows with every write, so that the newest of several copies is known. */
  readonly at: number;
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** No clock says this; a number that large could not grow with the next write. */
const MAX_AT_MS = 1e15;

/** The record in a stored text, or `undefined` where the text is none. */
export function parseIdentity(text: string): IdentityRecord | undefined {
  // Cut short or written by something else: as if there were none.
  return attempt(() => {
    const record = JSON.parse(text) as IdentityRecord;
    return UUID.test(record.deviceId) &&
      record.anonymousId.replace(DEVICE_PREFIX, '') === record.deviceId &&
      record.at > 0 &&
      record.at < MAX_AT_MS &&
      (record.userId === undefined || !refuseId(record.userId))
      ? record
      : undefined;
  });
}
