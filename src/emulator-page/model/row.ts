import type { Properties, StoredEvent, Warning } from '../../emulator/emulator-state.js';

/** One line of the stream: an event that was kept, or one that was dropped. */
export interface Row extends StoredEvent {
  /** Why it was dropped; `undefined` for an event that was kept. */
  readonly dropReason: string | undefined;
  /** Whether ids were joined since the properties were read, so that an export would show others now. */
  readonly isStale: boolean;
  /** When this page heard of it live; `undefined` for what was there before. */
  readonly heardAtMs: number | undefined;
}

/** Which lines of the stream are wanted. */
export type RowKind = 'all' | 'duplicates' | 'failures' | 'warnings' | 'dropped';

/** The kinds in the order in which they are offered, with their names. */
export const ROW_KINDS: readonly (readonly [RowKind, string])[] = [
  ['all', 'All'],
  ['warnings', 'Warnings'],
  ['failures', 'Refused merges'],
  ['duplicates', 'Duplicates'],
  ['dropped', 'Dropped'],
];

/** Warnings by the `seq` of the event they are about. */
export type WarningIndex = ReadonlyMap<number, readonly Warning[]>;

/** The identity verbs, which are stored as events in Original ID Merge (ID-61). */
export const IDENTITY_VERBS: ReadonlySet<string> = new Set([
  '$identify',
  '$create_alias',
  '$merge',
]);

/** A property's value where it is a string that is not empty. */
export function text(properties: Properties, name: string): string | undefined {
  const value = properties[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** What a line is called: its event, or what it is where there is none. */
export function rowTitle({
  event,
  endpoint,
  dropReason,
}: Pick<Row, 'event' | 'endpoint' | 'dropReason'>): string {
  if (event.trim() !== '') return event;
  if (dropReason === 'too-many-records') return `${endpoint} batch`;
  return endpoint === '/engage' || endpoint === '/groups' ? `${endpoint} update` : 'unnamed event';
}

/** When the event came in, by the service's own stamp; dropped records have none. */
export function arrivalTimeMs(row: StoredEvent): number | undefined {
  const stamp = row.properties['mp_processing_time_ms'];
  return typeof stamp === 'number' ? stamp : undefined;
}

/** The code of a refused merge that the event carries: on ordinary events in Simplified (ID-8), on verbs in Original (ID-60). */
export function failureCode(row: StoredEvent): string | undefined {
  return (
    text(row.properties, '$identity_failure_reason') ?? text(row.properties, '$failure_reason')
  );
}

/** Whether the row is of the kind asked for. */
export function isOfKind(row: Row, kind: RowKind, warnings: WarningIndex): boolean {
  switch (kind) {
    case 'all':
      return true;
    case 'dropped':
      return row.dropReason !== undefined;
    case 'duplicates':
      return row.duplicateOf !== null;
    case 'failures':
      return failureCode(row) !== undefined;
    case 'warnings':
      return warnings.has(row.seq);
  }
}
