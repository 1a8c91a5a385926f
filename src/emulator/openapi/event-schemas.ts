import { CREATE_ALIAS_EVENT, IDENTIFY_EVENT, MERGE_EVENT } from '../../wire.js';
import { PLACEHOLDER_IDS } from '../rules/placeholder-ids.js';
import type { Project } from '../project-config.js';
import { anyOf, open, ref, TEXT } from './json-schema.js';
import type { JsonSchema } from './json-schema.js';

const EVENT_NAME: JsonSchema = {
  type: 'string',
  pattern: '\\S',
  not: { enum: [IDENTIFY_EVENT, CREATE_ALIAS_EVENT, MERGE_EVENT] },
};

/** Seconds of 1971-01-01, before which nothing is imported (I-9). */
const EARLIEST_SECONDS = Date.UTC(1971, 0, 1) / 1_000;
/** "Fewer than 255" (T-10). */
const MAX_ENTRY_COUNT = 254;

const INSERT_ID: JsonSchema = { type: 'string', pattern: '^[A-Za-z0-9-]{1,36}$' };

const TRACK_PROPERTIES = {
  token: { ...TEXT, description: 'Token of the project. Under another one the event vanishes.' },
  distinct_id: { type: 'string' },
  $device_id: { type: 'string' },
  $user_id: { type: 'string' },
  $insert_id: { ...INSERT_ID, description: 'Tells repetitions of the same event.' },
  time: {
    type: 'number',
    description: 'Seconds since 1970, or milliseconds; the time of arrival where it is missing.',
  },
  $ignore: { type: ['boolean', 'string'], description: 'The event is dropped, in silence.' },
};

/** Who is who, in events. */
const VERBS: Readonly<Record<string, JsonSchema>> = {
  IdentifyEvent: open({
    event: { type: 'string', const: IDENTIFY_EVENT },
    properties: {
      ...open({ token: TEXT, $identified_id: TEXT, $anon_id: TEXT, distinct_id: TEXT }, ['token']),
      anyOf: [{ required: ['$identified_id'] }, { required: ['distinct_id'] }],
    },
  }),
  CreateAliasEvent: open({
    event: { type: 'string', const: CREATE_ALIAS_EVENT },
    properties: open({ token: TEXT, distinct_id: TEXT, alias: TEXT }),
  }),
  MergeEvent: open({
    event: { type: 'string', const: MERGE_EVENT },
    properties: open({ $distinct_ids: { type: 'array', items: TEXT, minItems: 2, maxItems: 2 } }),
  }),
};

/** In Simplified ID Merge verbs have no effect, and any id will do (ID-21). */
const IDS = ['distinct_id', '$identified_id', '$user_id', '$device_id'];
const simplifiedVerb = (event: string): JsonSchema =>
  open({
    event: { type: 'string', const: event },
    properties: {
      ...open({ token: TEXT, ...Object.fromEntries(IDS.map((id) => [id, TEXT])) }, ['token']),
      anyOf: IDS.map((id) => ({ required: [id] })),
    },
  });
const SIMPLIFIED_VERBS: typeof VERBS = {
  IdentifyEvent: simplifiedVerb(IDENTIFY_EVENT),
  CreateAliasEvent: simplifiedVerb(CREATE_ALIAS_EVENT),
};

const NO_PLACEHOLDER = { not: ref('PlaceholderId') };
const IMPORT_PROPERTIES = {
  distinct_id: { type: 'string', ...NO_PLACEHOLDER },
  $device_id: TEXT,
  $user_id: TEXT,
  $insert_id: { ...INSERT_ID, ...NO_PLACEHOLDER },
  time: {
    type: 'number',
    minimum: EARLIEST_SECONDS,
    description: 'Seconds since 1970, or milliseconds; at most an hour ahead.',
  },
};
const HAS_SOME_ID = ['distinct_id', '$device_id', '$user_id'].map((name) => ({ required: [name] }));

/** What ids must not be; and lists and objects in a property: three levels of objects, each and every list with fewer than 255 entries (T-10). */
const VALUES: Readonly<Record<string, JsonSchema>> = {
  PlaceholderId: {
    pattern: `^(?:${PLACEHOLDER_IDS.map(inAnyCase).join('|')})$`,
    description: 'No id but the trace of a mistake.',
  },
  PropertyValue: valueWith(ref('PropertyValue'), ref('PropertyValue2')),
  PropertyValue2: valueWith(ref('PropertyValue2'), ref('PropertyValue3')),
  PropertyValue3: valueWith(ref('PropertyValue3'), ref('PlainValue')),
  PlainValue: { type: ['string', 'number', 'boolean', 'null'] },
};

/** Schemas of what /track and /import take in. What strict /import refuses depends on the project's system (I-8, I-12). */
export function eventSchemas({ system }: Pick<Project, 'system'>): Record<string, JsonSchema> {
  const isSimplified = system === 'simplified';
  const { MergeEvent, ...verbs } = isSimplified ? SIMPLIFIED_VERBS : VERBS;
  return {
    Event: open({ event: EVENT_NAME, properties: open(TRACK_PROPERTIES, ['token']) }),
    TrackRecord: anyOf(ref('Event'), ...Object.keys(verbs).map(ref)),
    ImportEvent: open({
      event: EVENT_NAME,
      properties: {
        ...open(IMPORT_PROPERTIES, [
          'time',
          '$insert_id',
          ...(isSimplified ? [] : ['distinct_id']),
        ]),
        maxProperties: MAX_ENTRY_COUNT,
        additionalProperties: ref('PropertyValue'),
        ...(isSimplified && { anyOf: HAS_SOME_ID }),
      },
    }),
    ImportRecord: isSimplified
      ? ref('ImportEvent')
      : anyOf(ref('ImportEvent'), ...Object.keys(VERBS).map(ref)),
    ...verbs,
    ...(!isSimplified && MergeEvent && { MergeEvent }),
    ...VALUES,
  };
}

function valueWith(items: JsonSchema, inside: JsonSchema): JsonSchema {
  return anyOf(
    ref('PlainValue'),
    { type: 'array', items, maxItems: MAX_ENTRY_COUNT },
    { type: 'object', additionalProperties: inside, maxProperties: MAX_ENTRY_COUNT },
  );
}

/** A pattern of JSON Schema has no flags: each letter stands in both cases. */
function inAnyCase(text: string): string {
  return text
    .replace(/[^\w<>-]/g, '\\$&')
    .replace(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);
}
