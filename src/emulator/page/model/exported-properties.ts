import type { Properties, StoredEvent } from '../../emulator-state.js';
import { isDeviceId } from './format.js';

/** Properties that only the service writes. */
const SERVICE_PROPERTIES: ReadonlySet<string> = new Set([
  '$distinct_id_before_identity',
  '$failure_description',
  '$failure_reason',
  '$identity_failure_reason',
  '$import',
  '$is_reshuffled',
  '$mp_api_endpoint',
  '$mp_api_timestamp_ms',
  '$mp_event_size',
  '$preshuffle_distinct_id',
  'mp_original_distinct_id',
  'mp_original_event_name',
  'mp_processing_time_ms',
]);

/** Where a property of a stored event comes from: the sender, or the service, which added it or changed its value. */
export type Origin = 'sent' | 'added' | 'changed';

/** One property as an export shows it. */
export interface ExportedProperty {
  readonly name: string;
  readonly value: unknown;
  readonly origin: Origin;
}

function originOf(event: StoredEvent, name: string): Origin {
  if (SERVICE_PROPERTIES.has(name)) return 'added';
  const wasAnonymous = isDeviceId(event.ingestDistinctId);
  // An event of a device alone has no user id until the device is linked (ID-7).
  if (name === '$user_id' && wasAnonymous) return 'added';
  if (name === 'distinct_id' && event.distinctId !== event.ingestDistinctId) return 'changed';
  return 'sent';
}

const RANK: Readonly<Record<Origin, number>> = { added: 2, changed: 2, sent: 0 };

function rank({ name, origin }: ExportedProperty): number {
  // The sender's own names first, then what a library adds, then what the service did.
  return RANK[origin] + (name.startsWith('$') || WIRE_NAMES.has(name) ? 1 : 0);
}

const WIRE_NAMES: ReadonlySet<string> = new Set(['token', 'time', 'distinct_id', 'mp_lib']);

/** The properties of a stored event in reading order, each with its origin. */
export function exportedProperties(event: StoredEvent): ExportedProperty[] {
  return Object.entries(event.properties)
    .map(([name, value]) => ({ name, value, origin: originOf(event, name) }))
    .sort((a, b) => rank(a) - rank(b));
}

/** The properties without what the service added: the payload as it was sent, as far as the export still shows it. */
export function sentProperties(event: StoredEvent): Properties {
  const sent = exportedProperties(event).filter(({ origin }) => origin !== 'added');
  return Object.fromEntries(
    sent.map(({ name, value, origin }) => [
      name,
      origin === 'changed' ? event.ingestDistinctId : value,
    ]),
  );
}
