import type { ErrorCode } from '../errors.js';
import { byteLength } from '../byte-length.js';
import { DEVICE_PREFIX, MAX_ID_BYTES } from '../wire.js';

/** Ids that stand for "nobody"; the service refuses them (I-10). */
const PLACEHOLDER =
  /^(0{8}(-0{4}){3}-0{12}|anon(ymous)?|nil|none|null|n\/?a|undefined|unknown|<nil>|0|-1|true|false|\[]|{}|lmy47d)$/i;

/**
 * Why an id given by the page cannot be the id of a person, or `undefined` where it can.
 *
 * @param deviceId The id of the device, where it must not be that.
 */
export function refuseId(id: unknown, deviceId?: string): ErrorCode | undefined {
  if (typeof id !== 'string') return 'id-not-string';
  const text = id.trim();
  if (!text) return 'id-blank';
  if (byteLength(id) > MAX_ID_BYTES) return 'id-too-long';
  if (text.startsWith(DEVICE_PREFIX) || text === deviceId) return 'id-device-prefix';
  return PLACEHOLDER.test(text) ? 'id-placeholder' : undefined;
}
