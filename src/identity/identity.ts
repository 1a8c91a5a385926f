import type { Report } from '../errors.js';
import type { IdMerge, IdentityEvent } from './id-merge.js';
import { type IdentityRecord, newestIdentity, parseIdentity } from './identity-record.js';
import type { IdentityPlace } from './cookie.js';
import { refuseId } from './refuse-id.js';

/** What the identity needs from outside. */
export interface IdentityPorts {
  readonly idMerge: IdMerge;
  /** Where the record is kept; all are written, and the newest valid copy is read. */
  readonly places: readonly IdentityPlace[];
  readonly newDeviceId: () => string;
  readonly nowMs: () => number;
  /** Runs `work` once the present task is over. */
  readonly afterTask: (work: () => void) => void;
  /** Sends an event of the identity's own, under the record given. */
  readonly send: (event: IdentityEvent, record: IdentityRecord) => void;
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
  let memory: IdentityRecord | undefined;
  let isFresh = false;
  let isHealed = false;
  let lastTexts: string | undefined;

  const readAll = () => places.flatMap((place) => place.read());

  const write = (record: Omit<IdentityRecord, 'at'>): IdentityRecord => {
    memory = { ...record, at: Math.max(nowMs(), (memory?.at ?? 0) + 1) };
    const text = JSON.stringify(memory);
    for (const place of places) place.write(text);
    if (places.length && !readAll().includes(text)) report('identity-not-stored');
    return memory;
  };

  const create = (): IdentityRecord => {
    const deviceId = newDeviceId();
    return write({ deviceId, anonymousId: idMerge.anonymousId(deviceId) });
  };

  const read = (): IdentityRecord => {
    const texts = readAll();
    const seen = texts.join('\n');
    if (memory && seen === lastTexts) return memory;
    lastTexts = seen;
    const newest = newestIdentity([memory, ...texts.map(parseIdentity)]);
    if (!newest) return create();
    memory = newest;
    // Once a page, a place that lost the record, or holds an older one, is given it again.
    if (!isHealed && (texts.length < places.length || new Set(texts).size > 1)) write(newest);
    isHealed = true;
    return memory;
  };

  const current = (): IdentityRecord => {
    if (memory && isFresh) return memory;
    isFresh = true;
    afterTask(() => (isFresh = false));
    return read();
  };

  const reset = (): void => {
    const record = current();
    if (record.link === 'owed' && idMerge.owedLink) send(idMerge.owedLink, record);
    onReset();
    create();
  };

  const setLink = (record: IdentityRecord, link: IdentityRecord['link']): void => {
    memory = { ...record, link };
    afterTask(() => {
      // Another tab may have signed in or out meanwhile; its record is not to be written over.
      if (read().deviceId === record.deviceId && memory) write(memory);
    });
  };

  return {
    current,
    reset,
    identify(userId) {
      const refusal =
        refuseId(userId) ?? (userId === current().deviceId ? 'id-device-prefix' : undefined);
      if (refusal) {
        report(refusal, userId);
        return false;
      }
      if (current().userId === userId) return true;
      if (current().userId !== undefined) reset();
      const record = current();
      const identified = write({
        ...record,
        userId: userId as string,
        link: record.link && 'owed',
      });
      const event = idMerge.identified(identified);
      if (event) send(event, identified);
      return true;
    },
    alias(alias, original) {
      const record = current();
      const distinctId = original ?? record.userId ?? record.anonymousId;
      const refusal =
        refuseId(alias) ??
        (original === undefined ? undefined : refuseId(original)) ??
        (alias === distinctId ? 'alias-same-id' : undefined);
      const event = idMerge.aliased(alias as string, distinctId as string);
      if (!event) report('alias-unsupported', alias);
      else if (refusal) report(refusal, alias);
      else send(event, record);
    },
    tracked(record) {
      // While the event was made, a hook may have signed somebody in or out.
      const now = current();
      if (!idMerge.owedLink || now.deviceId !== record.deviceId) return;
      if (record.userId !== undefined) {
        if (now.link) setLink(now, undefined);
      } else if (!now.link) setLink(now, now.userId === undefined ? 'anonymous' : 'owed');
    },
  };
}
