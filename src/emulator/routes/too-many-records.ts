import { MAX_BATCH_COUNT } from '../../wire.js';
import type { Ledger } from '../store/ledger.js';
import { jsonAnswer } from '../body/service-request.js';
import type { ServiceAnswer } from '../body/service-request.js';

/**
 * Refuses a request with more than 2,000 records as too large (T-10; nobody published the real answer). Among what was
 * dropped it is one entry, with the `count` of its records as the one property.
 */
export function refuseTooMany(
  ledger: Ledger,
  endpoint: string,
  records: readonly unknown[],
): ServiceAnswer {
  // One entry for all of them: what was refused for its size is not kept at that size.
  const seq = ledger.store.refuse({
    endpoint,
    event: '',
    sent: { count: records.length },
    distinctId: '',
    reason: 'too-many-records',
  });
  ledger.warnings.add(
    'too-many-records',
    `A request to ${endpoint} with ${records.length} records was refused. Send at most ${MAX_BATCH_COUNT} in one request.`,
    seq,
  );
  return jsonAnswer(
    413,
    {
      code: 413,
      error: `request exceeds max limit of ${MAX_BATCH_COUNT} records`,
      status: 'Request Entity Too Large',
    },
    records.length,
  );
}
