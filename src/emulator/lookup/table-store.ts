import type { LookupTable } from '../emulator-state.js';
import type { Project } from '../project-config.js';

/** Lookup tables of the project. */
export interface TableStore {
  /** Whether a table of this id may be replaced. */
  has(id: string): boolean;
  replace(id: string, columns: readonly string[], rows: LookupTable['rows']): void;
  remove(id: string): void;
  all(): Readonly<Record<string, LookupTable>>;
}

/**
 * The tables that the project names, empty. On the service they are made on its site and nowhere else (L-2); where the
 * project names none, every id may be sent.
 */
export function createTableStore({ lookupTables }: Pick<Project, 'lookupTables'>): TableStore {
  const tables = new Map<string, LookupTable>(
    Object.entries(lookupTables ?? {}).map(([id, name]) => [id, { name, columns: [], rows: [] }]),
  );
  return {
    has: (id) => lookupTables === undefined || tables.has(id),
    replace(id, columns, rows) {
      tables.set(id, { name: tables.get(id)?.name ?? id, columns, rows });
    },
    remove: (id) => {
      tables.delete(id);
    },
    all: () => Object.fromEntries(tables),
  };
}
