import { closed, COUNT, ref } from './json-schema.js';
import type { JsonSchema } from './json-schema.js';

const MAX_FAILED_ROW_COUNT = 10;
const TEXT: JsonSchema = { type: 'string' };

/** An answer with a status code and what it is called. */
const coded = (
  code: number,
  status: string,
  properties: Readonly<Record<string, JsonSchema>> = {},
): JsonSchema =>
  closed({
    code: { type: 'integer', const: code },
    status: { type: 'string', const: status },
    ...properties,
  });

/** A digit and the text of what was wrong, if anything was. */
const verdict = closed({
  status: { type: 'integer', enum: [0, 1] },
  error: { type: ['string', 'null'] },
});

/** An answer to records some of which were refused, or could not be read at all. */
const refusal = (failed: JsonSchema, counted: Readonly<Record<string, JsonSchema>>): JsonSchema =>
  closed(
    {
      code: { type: 'integer', const: 400 },
      status: { type: 'string', const: 'Bad Request' },
      error: TEXT,
      failed_records: failed,
      ...counted,
    },
    ['code', 'status', 'error'],
  );

/** Schemas of what is answered. Every property that can come stands here: they admit no other. */
export const ANSWER_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  PlainResponse: {
    type: 'integer',
    enum: [0, 1],
    description: '1: at least one record is valid, or all of them where the project says so.',
  },
  TrackResponse: verdict,
  ImportResponse: coded(200, 'OK', { num_records_imported: COUNT }),
  ErrorResponse: {
    ...refusal(
      {
        type: 'array',
        minItems: 1,
        items: closed({ index: COUNT, insert_id: TEXT, field: TEXT, message: TEXT }),
      },
      { num_records_imported: COUNT },
    ),
    dependentRequired: {
      failed_records: ['num_records_imported'],
      num_records_imported: ['failed_records'],
    },
  },
  LookupTable: closed({ id: TEXT, name: TEXT }),
  TableResponse: coded(200, 'OK'),
  TableErrorResponse: refusal(
    {
      type: 'array',
      maxItems: MAX_FAILED_ROW_COUNT,
      items: closed({ index: COUNT, message: TEXT }),
    },
    {},
  ),
  UnauthorizedResponse: coded(401, 'Unauthorized', { error: TEXT }),
  NotFoundResponse: coded(404, 'Not Found', { error: TEXT }),
  TooLargeResponse: coded(413, 'Request Entity Too Large', { error: TEXT }),
  TooManyRequestsResponse: coded(429, 'Too Many Requests', { error: TEXT }),
  DeniedResponse: closed({ error: TEXT, status: { type: 'string', const: 'error' } }),
};

/** Schemas of what only `/identity/*` answers. */
export const IDENTITY_ANSWER_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  IdentityResponse: verdict,
};

/** What the list of lookup tables holds. */
export const TABLE_LIST_SCHEMA: JsonSchema = coded(200, 'OK', {
  results: { type: 'array', items: ref('LookupTable') },
});
