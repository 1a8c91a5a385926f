import { attempt } from '../attempt.js';
import type { KeyValueStore, QueuedRecord } from '../ports.js';
import { idsOf, isRecordOf } from './rows.js';

/**
 * A record that counts each time may belong to a living page that is about to store it; after this long it is taken over,
 * and the page, should it still be there, finds its key gone and lets it be. Other records are taken over at once.
 */
export const STAGED_ONCE_MS = 10_000;

/** What was taken over from pages that are gone. */
export interface Adopted {
  readonly records: QueuedRecord[];
  /** How long to wait before the rest may be taken over; 0 where there is no rest. */
  readonly waitMs: number;
}

/** Records on their way into the database, kept where they can be written at once. */
export interface Staging {
  /** Keeps the records of one task under one key, but for those that are kept already. */
  put(records: readonly QueuedRecord[], nowMs: number): void;
  /** Forgets records that are safe elsewhere, or delivered. */
  remove(ids: readonly string[]): void;
  /**
   * Records that another page took over; they are this page's no more.
   *
   * @param isBack The page was away, and all of them count. While it is here, only those that count each time do: the rest
   *   may as well have been cleared away by somebody else, and can be sent again.
   */
  lost(isBack: boolean): string[];
  /** Forgets records that were settled while a page that is gone had them both stored and staged. */
  settle(ids: readonly string[]): void;
  /** Takes over what other pages staged and did not live to store. */
  adopt(nowMs: number): Adopted;
}

/** What was not written by a tracker, or was cut short, has nothing in it to save. */
const parseRecords = (text = ''): QueuedRecord[] =>
  attempt(() =>
    (JSON.parse(text) as (QueuedRecord | null)[]).filter((row) => isRecordOf(row?.id, row)),
  ) ?? [];

/** A staging area in a key-value store: a key a task, so that tabs cannot overwrite each other. */
export function createStaging(store: KeyValueStore, prefix: string): Staging {
  const own = new Map<string, Map<string, QueuedRecord>>();
  const keyOf = new Map<string, string>();
  const unknown = (records: readonly QueuedRecord[]) => records.filter(({ id }) => !keyOf.has(id));
  const keep = (key: string, records: readonly QueuedRecord[]): void => {
    if (records.length) store.set(key, JSON.stringify(records));
    else store.remove(key);
  };
  const claim = (key: string, records: readonly QueuedRecord[]): void => {
    own.set(key, new Map(records.map((record) => [record.id, record])));
    for (const { id } of records) keyOf.set(id, key);
  };
  /** The key that a record of this page was under. */
  const release = (id: string): string | undefined => {
    const key = keyOf.get(id);
    if (key === undefined) return undefined;
    keyOf.delete(id);
    const left = own.get(key);
    left?.delete(id);
    if (!left?.size) own.delete(key);
    return key;
  };
  /** Leaves in place what others made of a key meanwhile. */
  const cut = (key: string, ids: readonly string[]): void => {
    const records = parseRecords(store.get(key));
    const left = records.filter(({ id }) => !ids.includes(id));
    if (left.length < records.length) keep(key, left);
  };
  return {
    put(given, nowMs) {
      const records = unknown(given);
      const key = `${prefix}${nowMs}:${records[0]?.id}`;
      if (records.length && store.set(key, JSON.stringify(records))) claim(key, records);
    },
    remove(ids) {
      for (const key of new Set(ids.map(release)))
        if (key !== undefined)
          if (own.has(key)) cut(key, ids);
          else store.remove(key);
    },
    lost(isBack) {
      const lost: QueuedRecord[] = [];
      const isAsked = ({ once }: QueuedRecord) => isBack || once;
      for (const [key, left] of own) {
        if (![...left.values()].some(isAsked)) continue;
        const kept = idsOf(parseRecords(store.get(key)));
        const gone = [...left.values()].filter(({ id }) => !kept.includes(id));
        for (const { id } of gone) release(id);
        lost.push(...gone.filter(isAsked));
      }
      return idsOf(lost);
    },
    settle(ids) {
      for (const key of store.keys(prefix)) cut(key, ids);
    },
    adopt(nowMs) {
      const adopted: QueuedRecord[] = [];
      let waitMs = 0;
      for (const key of store.keys(prefix)) {
        if (own.has(key)) continue;
        const records = parseRecords(store.get(key));
        const ageMs = nowMs - parseInt(key.slice(prefix.length));
        const isYoung = ageMs >= 0 && ageMs < STAGED_ONCE_MS;
        if (isYoung && records.some(({ once }) => once)) waitMs = STAGED_ONCE_MS - ageMs;
        // What is known here stays with whoever has it there: two that took it from each other would both let it be.
        const taken = unknown(records).filter(({ once }) => !once || !isYoung);
        const left = records.filter((record) => !taken.includes(record));
        // A page that lives may be at this key: it is not written again for nothing.
        if (left.length && !taken.length) continue;
        // Under another key, so that whoever staged it sees that it was taken over.
        const takenKey = `${key}~${taken[0]?.id}`;
        const isMoved = !taken.length || store.set(takenKey, JSON.stringify(taken));
        if (isMoved) keep(key, left);
        if (!taken.length || (!isMoved && left.length)) continue;
        claim(isMoved ? takenKey : key, taken);
        adopted.push(...taken);
      }
      return { records: adopted, waitMs };
    },
  };
}
