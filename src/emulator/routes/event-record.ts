import { CREATE_ALIAS_EVENT, IDENTIFY_EVENT } from '../../wire.js';
import { idText } from '../identity/identity-system.js';
import { isRecord } from '../project-config.js';

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

/** What an identity verb lacks to say whom it is about (T-23); `null` for other events. */
export function findVerbProblem({ event, properties }: EventRecord): string | null {
  const { distinct_id: distinctId, $identified_id: identifiedId, alias } = properties;
  if (event === IDENTIFY_EVENT) {
    return idText(identifiedId) || idText(distinctId) ? null : 'distinct_id, missing or empty';
  }
  if (event !== CREATE_ALIAS_EVENT) {
    return null;
  }
  if (!idText(distinctId)) {
    return 'distinct_id, missing or empty';
  }
  return idText(alias) ? null : 'alias, missing or empty';
}
