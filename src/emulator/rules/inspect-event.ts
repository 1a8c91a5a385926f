import { CREATE_ALIAS_EVENT, IDENTIFY_EVENT, MERGE_EVENT } from '../../wire.js';
import { findShapeProblems } from './event-shape.js';
import { readTimeMs } from './event-time.js';
import { idText } from './id-text.js';
import type { Finding } from './finding.js';
import { isPlaceholderId } from './placeholder-ids.js';

const INSERT_ID = /^[A-Za-z0-9-]{1,36}$/;
const ID_PROPERTIES = ['distinct_id', '$device_id', '$user_id'];
/** Ids of the identity verbs; in other events their names mean nothing. */
const VERB_PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  [IDENTIFY_EVENT]: ['$identified_id', '$anon_id', '$anon_distinct_id'],
  [CREATE_ALIAS_EVENT]: ['alias'],
  [MERGE_EVENT]: ['$distinct_ids'],
};
/** Properties that change how an event is shown to others, for which no sender should have a use (G-4). */
const HIDING_PROPERTIES = ['bucket', '$bucket'] as const;

/** What is odd about an event that is kept all the same, and that the service would not mention. */
export function inspectEvent(
  event: string,
  properties: Readonly<Record<string, unknown>>,
): readonly Finding[] {
  const found: Finding[] = [];
  const insertId = idText(properties['$insert_id']);
  if (insertId && (!INSERT_ID.test(insertId) || isPlaceholderId(insertId))) {
    found.push({
      code: 'insert-id-malformed',
      message: `The $insert_id "${insertId}" of event "${event}" is not 1 to 36 letters, digits and hyphens, or is a placeholder; /import refuses it. Use a UUID.`,
    });
  }
  for (const { name, id } of idsIn(event, properties)) {
    if (isPlaceholderId(id)) {
      found.push({
        code: 'placeholder-id',
        message: `Event "${event}" has the placeholder "${id}" as ${name}, which joins everyone who sends it. Leave the property out when the id is not known.`,
      });
    }
  }
  if (properties['time'] !== undefined && readTimeMs(properties['time']) === undefined) {
    found.push({
      code: 'time-unreadable',
      message: `The time of event "${event}" is not a number of seconds or milliseconds, so the moment of arrival was taken. Send the seconds or milliseconds since 1970 as a number.`,
    });
  }
  for (const name of HIDING_PROPERTIES) {
    if (properties[name] !== undefined) {
      found.push({
        code: 'reserved-property',
        message: `Event "${event}" carries the reserved property "${name}", which hides other events in reports. Rename it.`,
      });
    }
  }
  for (const { name, problem } of findShapeProblems(properties)) {
    found.push({
      code: 'over-limit',
      message: `${name === '' ? `Event "${event}"` : `Property "${name}" of event "${event}"`}: ${problem}. /import refuses it; nobody knows what /track does. Send well-formed text, and fewer or smaller values.`,
    });
  }
  return found;
}

/** Every id that an event carries, with the property that it stands in. */
function idsIn(
  event: string,
  properties: Readonly<Record<string, unknown>>,
): readonly { readonly name: string; readonly id: string }[] {
  const verbNames = Object.hasOwn(VERB_PROPERTIES, event) ? (VERB_PROPERTIES[event] ?? []) : [];
  return [...ID_PROPERTIES, ...verbNames].flatMap((name) =>
    [properties[name]].flat().map((value) => ({ name, id: idText(value) ?? '' })),
  );
}
