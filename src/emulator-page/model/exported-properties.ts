import type { Properties, StoredEvent } from '../../emulator/emulator-state.js';
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

/** Names that every event has for the wire, beside those that begin with `$`. */
const WIRE_NAMES: ReadonlySet<string> = new Set(['token', 'time', 'distinct_id', 'mp_lib']);

/** One property as an export shows it. */
export interface ExportedProperty {
  readonly name: string;
  readonly value: unknown;
  /** What was sent, where the service shows something else now. */
  readonly sentValue?: unknown;
}

/** The properties of a stored event by where they come from. */
export interface PropertyGroups {
  /** Sent, the application's own names first. */
  readonly sent: readonly ExportedProperty[];
  /** Added by the service, or changed by it. */
  readonly service: readonly ExportedProperty[];
}

function isAdded(event: StoredEvent, name: string): boolean {
  // An event of a device alone has no user id until the device is linked (ID-7).
  const isLateUserId = name === '$user_id' && isDeviceId(event.ingestDistinctId);
  return SERVICE_PROPERTIES.has(name) || isLateUserId;
}

function isOwn(name: string): boolean {
  return !name.startsWith('$') && !WIRE_NAMES.has(name);
}

/** Sorts out what was sent from what the service made of it. */
export function groupProperties(event: StoredEvent): PropertyGroups {
  const sent: ExportedProperty[] = [];
  const service: ExportedProperty[] = [];
  for (const [name, value] of Object.entries(event.properties)) {
    const isRekeyed = name === 'distinct_id' && event.distinctId !== event.ingestDistinctId;
    if (isRekeyed) service.push({ name, value, sentValue: event.ingestDistinctId });
    else (isAdded(event, name) ? service : sent).push({ name, value });
  }
  return {
    sent: [...sent.filter(({ name }) => isOwn(name)), ...sent.filter(({ name }) => !isOwn(name))],
    service,
  };
}

/** The payload as it was sent, as far as the export still shows it. */
export function sentProperties(event: StoredEvent): Properties {
  const { sent, service } = groupProperties(event);
  const changed = service.filter((property) => 'sentValue' in property);
  return Object.fromEntries([
    ...sent.map(({ name, value }) => [name, value]),
    ...changed.map(({ name, sentValue }) => [name, sentValue]),
  ]);
}
