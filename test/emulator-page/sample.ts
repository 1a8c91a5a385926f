import type { StoredEvent } from '../../src/emulator/emulator-state.js';
import { keptRow } from '../../src/emulator-page/model/model.js';
import type { Row } from '../../src/emulator-page/model/row.js';

/** A stored event, number 1 unless told otherwise, of a user `ada` without a device. */
export function storedEvent(given: Partial<StoredEvent> = {}): StoredEvent {
  return {
    seq: 1,
    endpoint: '/track',
    event: 'Opened',
    properties: {},
    ingestDistinctId: 'ada',
    distinctId: given.ingestDistinctId ?? 'ada',
    duplicateOf: null,
    ...given,
  };
}

/** The same as a line of the stream. */
export function sampleRow(given: Partial<Row> = {}): Row {
  return { ...keptRow(storedEvent(given)), ...given };
}

/** An event with a device and a user, as Simplified links them. */
export function linkRow(seq: number, device: string, user: string, refusal?: string): Row {
  return sampleRow({
    seq,
    ingestDistinctId: user,
    distinctId: user,
    properties: {
      $device_id: device,
      $user_id: user,
      ...(refusal && { $identity_failure_reason: refusal }),
    },
  });
}
