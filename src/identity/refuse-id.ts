import type { ErrorCode } from '../errors.js';
import { byteLength } from '../byte-length.js';
import { DEVICE_PREFIX, MAX_ID_BYTES } from '../wire.js';

/** Ids that stand for "nobody"; the service refuses them (I-10). */
const PLACEHOLDERS =
  '00000000-0000-0000-0000-000000000000,anon,anonymous,nil,none,null,n/a,na,undefined,unknown,<nil>,0,-1,true,false,[],{},lmy47d'.split(
    ',',
  );

/** Why an id given by the page cannot be the id of a person, or `undefined` where it can. */
export function refuseId(id: unknown): ErrorCode | undefined {
  if (typeof id !== 'string') return 'id-not-string';
  const text = id.trim();
  if (!text) return 'id-blank';
  if (byteLength(id) > MAX_ID_BYTES) return 'id-too-long';
  if (text.startsWith(DEVICE_PREFIX)) return 'id-device-prefix';
  return PLACEHOLDERS.includes(text.toLowerCase()) ? 'id-placeholder' : undefined;
}
