import { MAX_EVENT_BYTES } from '../../wire.js';
import type { ServiceRequest } from '../body/service-request.js';

/**
 * Makes the check of one request's records against the limit of 1 MB each (T-10): `undefined` when a record is small enough.
 * In a body that is smaller itself no record is measured.
 */
export function createSizeCheck(
  request: Pick<ServiceRequest, 'body'>,
): (record: unknown) => string | undefined {
  return request.body.length < MAX_EVENT_BYTES
    ? () => undefined
    : (record) =>
        Buffer.byteLength(JSON.stringify(record)) >= MAX_EVENT_BYTES
          ? 'must be smaller than 1 MB'
          : undefined;
}
