import { MAX_BATCH_COUNT } from '../../wire.js';
import { idText } from '../identity/identity-system.js';
import type { Ledger } from '../ledger.js';
import { jsonAnswer } from '../service-request.js';
import type { ServiceAnswer } from '../service-request.js';
import { readEvent } from './event-record.js';

/** Refuses a request with more than 2,000 records as too large (T-10; nobody published the real answer). */
export function refuseTooMany(
  ledger: Ledger,
  endpoint: string,
  records: readonly unknown[],
): ServiceAnswer {
  for (const record of records) {
    const { event, properties } = readEvent(record);
    const distinctId = idText(properties['distinct_id']) ?? '';
    ledger.store.refuse({
      endpoint,
      event,
      sent: properties,
      distinctId,
      reason: 'too-many-records',
    });
  }
  ledger.warnings.add(
    'too-many-records',
    `A request to ${endpoint} with ${records.length} records was refused. Send at most ${MAX_BATCH_COUNT} in one request.`,
    null,
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
