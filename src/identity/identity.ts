import type { Report } from '../errors.js';
import { CREATE_ALIAS_EVENT, DEVICE_PREFIX, IDENTIFY_EVENT } from '../wire.js';
import type { IdentityPlace } from './cookie.js';
import { type IdentityRecord, parseIdentity } from './identity-record.js';
import { refuseId } from './refuse-id.js';

/** What the identity needs from outside. */
export interface IdentityPorts {
  /**
   * In `'simplified'` any event that carries `$device_id` and `$user_id` links them (ID-3). In `'original'` only the
   * identity verbs join ids (ID-40).
   */
  readonly idMerge: 'simplified' | 'original';
  /** Where the record is kept; all are written, and the newest valid copy is read. */
  readonly places: readonly IdentityPlace[];
  readonly newDeviceId: () => string;
  readonly nowMs: () => number;
  /** Runs `work` once the present task is over. */
  readonly afterTask: (work: () => void) => void;
  /** Sends an event of the identity's own, under the record given. */
  readonly send: (
    event: string,
    properties: Readonly<Record<string, string>>,
    record: IdentityRecord,
  ) => void;
  /** Called when a device id is left behind, before the new record is in force. */
  readonly onReset: () => void;
  readonly report: Report;
}

/** Who this is, and how that changes. */
export interface Identity {
  /** The stored record, as of this task: what another tab wrote holds from its next call on. */
  current(): IdentityRecord;
  /** Attaches a user id to this device; whether that was accepted. */
  identify(userId: unknown): boolean;
  alias(alias: unknown, original?: unknown): void;
  /** Forgets the user and takes a new device id. */
  reset(): void;
  /** To be told after each event of the page, with the record it was made under. */
  tracked(record: IdentityRecord): void;
}

/** The identity of this browser, kept in `places` and shared by all tabs. */
export function createIdentity(ports: IdentityPorts): Identity {
  const { idMerge, places, newDeviceId, nowMs, afterTask, send, onReset, report } = ports;
  const isOriginal = idMerge === 'original';
  let memory: IdentityRecord | undefined;
  let isFresh = false;
  let seen: string | undefined;

  const write = (record: Omit<IdentityRecord, 'at'>): IdentityRecord => {
    memory = { ...record, at: Math.max(nowMs(), (memory?.at ?? 0) + 1) };
    const text = JSON.stringify(memory);
    for (const place of places) place.write(text);
    if (places.length && !places.some((place) => place.read().includes(text)))
      report('identity-not-stored');
    return memory;
  };

  const create = (): IdentityRecord => {
    const deviceId = newDeviceId();
    return write({ deviceId, anonymousId: isOriginal ? deviceId : DEVICE_PREFIX + deviceId });
  };

  const current = (): IdentityRecord => {
    if (memory && isFresh) return memory;
    isFresh = true;
    afterTask(() => (isFresh = false));
    const isFirst = !memory;
    const found = places.map((place) => place.read());
    const texts = found.flat();
    // It hardly ever changes between two tasks, and parsing it costs more than all the rest.
    const before = seen;
    seen = texts.join();
    if (memory && seen === before) return memory;
    for (const record of texts.map(parseIdentity))
      if (record && record.at > (memory?.at ?? 0)) memory = record;
    if (!memory) return create();
    // Once a page, a place that lost the record, or holds an older one, is given it again: as it is, and nowhere else, for
    // what was read may already be older than what another tab writes.
    if (isFirst) {
      const text = JSON.stringify(memory);
      for (const [index, place] of places.entries())
        if (!found[index]?.includes(text)) place.write(text);
    }
    return memory;
  };

  const reset = (): void => {
    const record = current();
    // What Simplified still owes is paid by an ordinary event, before the device is left.
    if (record.link === 'owed' && !isOriginal) send('Identified', {}, record);
    onReset();
    create();
  };

  /** What is owed to the device of `now` when an event was made under `record`. Original sends its own links. */
  const linkAfter = (record: IdentityRecord, now: IdentityRecord): IdentityRecord['link'] =>
    isOriginal || record.userId ? undefined : (now.link ?? (now.userId ? 'owed' : 'anonymous'));

  return {
    current,
    reset,
    identify(userId) {
      const refusal = refuseId(userId, current().deviceId);
      if (refusal) report(refusal, userId);
      else if (current().userId !== userId) {
        if (current().userId) reset();
        const record = current();
        const $identified_id = userId as string;
        const link = record.link && 'owed';
        const identified = write({ ...record, userId: $identified_id, link });
        if (isOriginal)
          send(IDENTIFY_EVENT, { $identified_id, $anon_id: record.anonymousId }, identified);
      }
      return !refusal;
    },
    alias(alias, original) {
      const record = current();
      const distinct_id = (original ?? record.userId ?? record.anonymousId) as string;
      const refusal = isOriginal
        ? (refuseId(alias) ??
          (original === undefined ? undefined : refuseId(original)) ??
          (alias === distinct_id ? 'alias-same-id' : undefined))
        : 'alias-unsupported';
      if (refusal) report(refusal, alias);
      else send(CREATE_ALIAS_EVENT, { alias: alias as string, distinct_id }, record);
    },
    tracked(record) {
      // While the event was made, a hook may have signed somebody in or out.
      const now = current();
      const link = linkAfter(record, now);
      if (now.deviceId !== record.deviceId || link === now.link) return;
      memory = { ...now, link };
      afterTask(() => {
        // Another tab may have signed in or out meanwhile; its record is not to be written over.
        const latest = current();
        if (latest.deviceId === now.deviceId) write({ ...latest, link: linkAfter(record, latest) });
      });
    },
  };
}
