import { createStore, promisifyRequest, type UseStore } from 'idb-keyval';
import type { QueuedRecord } from '../ports.js';
import type { Row } from './rows.js';

/** WebKit can leave a call to IndexedDB unanswered for ever; longer than this is taken for that. */
const CALL_LIMIT_MS = 5_000;
const SILENT = 'IndexedDB does not answer';

/** The queue's database, shared by the tabs of an origin. Calls reject where it cannot be used. */
export interface IdbStore {
  /** Whether a write would begin in the present task: before that it waits for the database to open. */
  isOpen(): boolean;
  /** Adds what is due when the write begins, in one transaction; resolves when it is safe. */
  append(due: () => readonly QueuedRecord[]): Promise<void>;
  /** The oldest keys and what is stored under them, in order. */
  read(maxCount: number): Promise<Row[]>;
  remove(ids: readonly string[]): Promise<void>;
  count(): Promise<number>;
  /** All keys, in order. */
  keys(): Promise<string[]>;
}

/** Waits for `work`, but not for ever; `onLimit` is called when it was too long. */
function limited<T>(work: Promise<T>, onLimit: () => void): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      onLimit();
      reject(new Error(SILENT));
    }, CALL_LIMIT_MS);
  });
  return Promise.race([work, limit]).finally(() => clearTimeout(timer));
}

/**
 * A database of one store, opened at once and kept open; opened again when the connection is lost.
 *
 * @param onWiped Called when the database was deleted, its connection cut, or opened after a long wait: what was stored
 *   may be gone.
 */
export function createIdbStore(name: string, onWiped: (isDeleted: boolean) => void): IdbStore {
  let use: UseStore;
  let openDatabase: IDBDatabase | undefined;
  let isHanging = false;

  const connect = (): void => {
    openDatabase?.close();
    openDatabase = undefined;
    use = createStore(name, 'records');
  };

  const watch = (database: IDBDatabase): void => {
    if (database === openDatabase) return;
    openDatabase = database;
    const lost = (isDeleted: boolean): void => {
      if (database !== openDatabase) return;
      connect();
      onWiped(isDeleted);
    };
    database.onclose = () => lost(false);
    database.onversionchange = ({ newVersion }) => {
      // Whoever deletes or upgrades the database must not have to wait for this page.
      database.close();
      lost(newVersion === null);
    };
  };

  const run = <T>(
    mode: IDBTransactionMode,
    work: (store: IDBObjectStore) => Promise<T>,
  ): Promise<T> => {
    let isTooLate = false;
    return limited(
      use(mode, (store) => {
        // Whoever asked has made other arrangements.
        if (isTooLate) throw new Error(SILENT);
        watch(store.transaction.db);
        const result = work(store);
        // Without it a page that ends now loses a write; and WebKit leaves the transaction, one that only reads as well,
        // open inside the cached page, where it blocks all others.
        store.transaction.commit();
        return result;
      }),
      () => (isTooLate = true),
    );
  };

  /** Nobody waits again for a database that cannot be opened until a new connection has answered. */
  const hang = (): void => {
    isHanging = true;
    const end = (): void => {
      isHanging = false;
    };
    use('readonly', ({ transaction }) => watch(transaction.db)).then(() => {
      end();
      // What was to be stored meanwhile is asked for again.
      return onWiped(false);
    }, end);
  };

  /** A connection can have died unnoticed: the second try is on a new one. */
  const retried = async <T>(...call: Parameters<typeof run<T>>): Promise<T> => {
    const database = openDatabase;
    if (isHanging) throw new Error(SILENT);
    try {
      return await run<T>(...call);
    } catch (error) {
      connect();
      if (database) return run<T>(...call);
      hang();
      throw error;
    }
  };

  const write = (work: (store: IDBObjectStore) => void): Promise<void> =>
    retried('readwrite', (store) => {
      work(store);
      return promisifyRequest<void>(store.transaction);
    });

  connect();
  return {
    isOpen: () => !!openDatabase,
    append: (due) =>
      write((store) => {
        for (const record of due()) store.put(record, record.id);
      }),
    read: (maxCount) =>
      retried('readonly', async (store) => {
        const [keys, values] = await Promise.all([
          promisifyRequest(store.getAllKeys(null, maxCount)),
          promisifyRequest<unknown[]>(store.getAll(null, maxCount)),
        ]);
        return keys.map((key, index) => [key as string, values[index]]);
      }),
    remove: (ids) =>
      write((store) => {
        for (const id of ids) store.delete(id);
      }),
    count: () => retried('readonly', (store) => promisifyRequest(store.count())),
    keys: () =>
      retried('readonly', (store) => promisifyRequest(store.getAllKeys() as IDBRequest<string[]>)),
  };
}
