import { attempt } from '../attempt.js';
import type { KeyValueStore, QueuedRecord } from '../ports.js';
import { idsOf, isRecordOf, madeMs } from './rows.js';

/**
 * A record that must not be sent twice may belong to a living page that is about to store it; after this long the page
 * is taken for gone.
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
  const own = new Map<string, Set<string>>();
  const claim = (key: string, records: readonly QueuedRecord[]): void =>
    void own.set(key, new Set(idsOf(records)));
  return {
    put(records) {
      const key = prefix + records[0]?.id;
      if (store.set(key, JSON.stringify(records))) claim(key, records);
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
    adopt(nowMs) {
      const adopted: QueuedRecord[] = [];
      let waitMs = 0;
      for (const key of store.keys(prefix)) {
        if (own.has(key)) continue;
        const records = parseRecords(store.get(key));
        const ageMs = nowMs - madeMs(key.slice(prefix.length));
        if (ageMs >= 0 && ageMs < STAGED_ONCE_MS && records.some(({ once }) => once)) {
          waitMs = STAGED_ONCE_MS - ageMs;
        } else if (records.length) {
          claim(key, records);
          adopted.push(...records);
        } else store.remove(key);
      }
      return { records: adopted, waitMs };
    },
  };
}
