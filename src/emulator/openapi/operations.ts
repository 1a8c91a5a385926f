import { MAX_BATCH_COUNT } from '../../wire.js';
import { TABLE_LIST_SCHEMA } from './answer-schemas.js';
import { anyOf, open, ref, TEXT } from './json-schema.js';
import type { JsonSchema } from './json-schema.js';
import {
  formAnswers,
  jsonAnswers,
  NOT_FOUND,
  TOO_LARGE,
  UNAUTHORIZED,
} from './operation-answers.js';
import type { Operation } from './operation.js';
import {
  ENGAGE_PARAMETERS,
  GROUP_PARAMETERS,
  IMPORT_FORM_PARAMETERS,
  IMPORT_POST_PARAMETERS,
  PARAMETERS,
  TABLE_PARAMETERS,
  TRACK_PARAMETERS,
} from './query-parameters.js';
import type { ParameterList } from './query-parameters.js';

const batchOf = (name: string): JsonSchema => ({
  type: 'array',
  items: ref(name),
  minItems: 1,
  maxItems: MAX_BATCH_COUNT,
});
const oneOrMore = (name: string): JsonSchema => anyOf(ref(name), batchOf(name));

/** A form: the records, and any of the parameters of the query. */
function formOf(parameters: ParameterList): JsonSchema {
  const fields = Object.entries({ ...parameters, data: PARAMETERS.data });
  return open(Object.fromEntries(fields.map(([name, { schema }]) => [name, schema])), ['data']);
}

/** The bodies of /track, /engage and /groups (T-3 to T-7, P-1). */
const recordBodies = (json: JsonSchema, query: ParameterList): Record<string, JsonSchema> => ({
  'application/json': json,
  'application/x-www-form-urlencoded': formOf(query),
  'text/plain': {
    type: 'string',
    pattern: '(?:^|&)data=.',
    description: 'The same form, as a beacon sends it.',
  },
});

/** `POST /track`. */
export const TRACK: Operation = {
  id: 'trackEvent',
  summary: 'Takes in events as they happen',
  query: TRACK_PARAMETERS,
  bodies: recordBodies(
    anyOf(ref('TrackRecord'), batchOf('TrackRecord'), open({ data: oneOrMore('TrackRecord') })),
    TRACK_PARAMETERS,
  ),
  answers: formAnswers('ImportResponse'),
  needs: [],
};

/** `GET /track`. */
export const TRACK_BY_QUERY: Operation = byQuery(TRACK, 'trackEventByQuery', TRACK_PARAMETERS);

/** `POST /engage`. */
export const ENGAGE: Operation = {
  id: 'updateUserProfile',
  summary: 'Updates profiles of people',
  query: ENGAGE_PARAMETERS,
  bodies: recordBodies(oneOrMore('ProfileUpdate'), ENGAGE_PARAMETERS),
  answers: formAnswers(),
  needs: [],
};

/** `GET /engage`. */
export const ENGAGE_BY_QUERY = byQuery(ENGAGE, 'updateUserProfileByQuery', ENGAGE_PARAMETERS);

/** `POST /groups`. */
export const GROUPS: Operation = {
  id: 'updateGroupProfile',
  summary: 'Updates profiles of groups',
  query: GROUP_PARAMETERS,
  bodies: recordBodies(oneOrMore('GroupUpdate'), GROUP_PARAMETERS),
  answers: formAnswers(),
  needs: [],
};

/** `GET /groups`. */
export const GROUPS_BY_QUERY = byQuery(GROUPS, 'updateGroupProfileByQuery', GROUP_PARAMETERS);

/** `POST /import`. */
export const IMPORT: Operation = {
  id: 'importEvents',
  summary: 'Takes in events of any age',
  query: IMPORT_POST_PARAMETERS,
  bodies: {
    'application/json': oneOrMore('ImportRecord'),
    'application/x-ndjson': { type: 'string', description: 'A record a line.' },
    'application/x-www-form-urlencoded': formOf(IMPORT_FORM_PARAMETERS),
  },
  answers: { ...formAnswers('ImportResponse'), 401: UNAUTHORIZED },
  needs: ['basicAuth', 'bearerAuth', 'legacyKey'],
};

/** `GET /import`. */
export const IMPORT_BY_QUERY = byQuery(IMPORT, 'importEventsByQuery', IMPORT_FORM_PARAMETERS);

/** `GET /lookup-tables`. */
export const TABLE_LIST: Operation = {
  id: 'listLookupTables',
  summary: 'Lists the lookup tables',
  query: TABLE_PARAMETERS,
  answers: { ...jsonAnswers(TABLE_LIST_SCHEMA), 401: UNAUTHORIZED },
  needs: ['basicAuth', 'bearerAuth'],
};

/** `PUT /lookup-tables/{lookupTableId}`. */
export const TABLE_REPLACE: Operation = {
  id: 'replaceLookupTable',
  summary: 'Replaces a lookup table',
  query: TABLE_PARAMETERS,
  bodies: {
    'text/csv': {
      ...TEXT,
      description: 'RFC 4180, with a header row; the first column is the key.',
    },
  },
  answers: {
    ...jsonAnswers(ref('TableResponse')),
    400: {
      description: 'Cannot be read, or rows are invalid: then nothing is replaced.',
      content: { 'application/json': ref('TableErrorResponse') },
    },
    401: UNAUTHORIZED,
    404: NOT_FOUND,
    413: TOO_LARGE,
  },
  needs: ['basicAuth', 'bearerAuth'],
};

/** `DELETE /lookup-tables/{lookupTableId}`. */
export const TABLE_DELETE: Operation = {
  id: 'deleteLookupTable',
  summary: 'Removes a lookup table',
  query: TABLE_PARAMETERS,
  answers: {
    ...jsonAnswers(ref('TableResponse')),

    401: UNAUTHORIZED,
    404: NOT_FOUND,
  },
  needs: ['basicAuth', 'bearerAuth'],
};

/** `POST /identity/create`. */
export const IDENTITY_CREATE = identity('createIdentity', '$identify', {
  $identified_id: TEXT,
  $anon_id: TEXT,
});

/** `POST /identity/create-alias`. */
export const IDENTITY_ALIAS: Operation = {
  ...identity('createAlias', '$create_alias', { alias: TEXT, distinct_id: TEXT }),
  isDeprecated: true,
};

/** `POST /identity/merge`. */
export const IDENTITY_MERGE = identity('mergeIdentities', '$merge', {
  $distinct_ids: { type: 'array', items: TEXT, minItems: 2, maxItems: 2 },
});

function identity(
  id: string,
  event: string,
  properties: Readonly<Record<string, JsonSchema>>,
): Operation {
  return {
    id,
    summary: `Joins ids, as the event ${event} does`,
    query: {},
    bodies: { 'application/json': open({ ...properties, $token: TEXT }) },
    answers: {
      ...jsonAnswers(ref('IdentityResponse')),
      400: {
        description: 'Cannot be read, or an id is missing.',
        content: { 'application/json': anyOf(ref('IdentityResponse'), ref('ErrorResponse')) },
      },
      401: UNAUTHORIZED,
      413: TOO_LARGE,
    },
    needs: ['basicAuth', 'bearerAuth'],
  };
}

/** The same with the records in the query. */
function byQuery(operation: Operation, id: string, parameters: ParameterList): Operation {
  const { bodies: _, ...rest } = operation;
  const query = { ...parameters, data: PARAMETERS.data };
  return { ...rest, id, query };
}
