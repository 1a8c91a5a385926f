import { CREATE_ALIAS_EVENT, IDENTIFY_EVENT } from '../../wire.js';
import type { IdentitySystemName } from '../emulator-state.js';
import { idText } from '../rules/id-text.js';
import { isRecord } from '../is-record.js';

/** The two parts of an event, empty where they are missing. */
export interface EventRecord {
  readonly event: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Reads a record as an event. */
export function readEvent(record: unknown): EventRecord {
  const { event, properties } = isRecord(record) ? record : {};
  return { event: idText(event) ?? '', properties: isRecord(properties) ? properties : {} };
}

/**
 * What an identity verb lacks to say whom it is about (T-23); `undefined` for other events. In Simplified, where it has no
 * effect, any id will do (ID-21).
 */
export function findVerbProblem(
  { event, properties }: EventRecord,
  system: IdentitySystemName,
): string | undefined {
  const hasId = (...names: readonly string[]): boolean =>
    names.some((name) => Boolean(idText(properties[name])));
  if (event !== IDENTIFY_EVENT && event !== CREATE_ALIAS_EVENT) {
    return undefined;
  }
  if (system === 'simplified') {
    return hasId('distinct_id', '$identified_id', '$user_id', '$device_id')
      ? undefined
      : 'distinct_id, missing or empty';
  }
  const isNamed =
    event === IDENTIFY_EVENT ? hasId('$identified_id', 'distinct_id') : hasId('distinct_id');
  if (!isNamed) {
    return 'distinct_id, missing or empty';
  }
  return event === IDENTIFY_EVENT || hasId('alias') ? undefined : 'alias, missing or empty';
}
