import { attempt } from '../attempt.js';
import type { KeyValueStore, QueuedRecord } from '../ports.js';
import { idsOf, isRecordOf, madeMs } from './rows.js';

/**
 * A record that counts each time may belong to a living page that is about to store it; after this long it is taken over,
 * and the page, should it still be there, finds its key gone and lets it be.
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
  /** Keeps the records of one task under one key. */
  put(records: readonly QueuedRecord[]): void;
  /** Forgets records that are safe elsewhere, or delivered. */
  remove(ids: Iterable<string>): void;
  /** Records that count each time and that another page took over; they are this page's no more. */
  lost(): string[];
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
  const claim = (key: string, records: readonly QueuedRecord[]): void =>
    void own.set(key, new Map(records.map((record) => [record.id, record])));
  return {
    put(records) {
      const key = prefix + records[0]?.id;
      if (records.length && store.set(key, JSON.stringify(records))) claim(key, records);
    },
    remove(ids) {
      if (!own.size) return;
      for (const id of ids) {
        for (const [key, left] of own) {
          if (!left.delete(id) || left.size) continue;
          own.delete(key);
          store.remove(key);
        }
      }
    },
    lost() {
      const ids: string[] = [];
      for (const [key, left] of own) {
        const once = [...left.values()].filter((record) => record.once);
        if (!once.length || store.get(key) !== undefined) continue;
        own.delete(key);
        ids.push(...idsOf(once));
      }
      return ids;
    },
    adopt(nowMs) {
      const adopted: QueuedRecord[] = [];
      let waitMs = 0;
      for (const key of store.keys(prefix)) {
        if (own.has(key)) continue;
        const records = parseRecords(store.get(key));
        const ageMs = nowMs - madeMs(key.slice(prefix.length));
        if (ageMs >= 0 && ageMs < STAGED_ONCE_MS && records.some(({ once }) => once)) {
          waitMs = STAGED_ONCE_MS - ageMs;
          continue;
        }
        // Under another key, so that whoever staged it sees that it was taken over.
        const takenKey = `${key}~`;
        const isTaken = !records.length || store.set(takenKey, JSON.stringify(records));
        if (isTaken) store.remove(key);
        claim(isTaken ? takenKey : key, records);
        adopted.push(...records);
      }
      return { records: adopted, waitMs };
    },
  };
}
