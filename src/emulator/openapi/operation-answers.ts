import { anyOf, ref } from './json-schema.js';
import type { JsonSchema } from './json-schema.js';
import type { AnswerDescription } from './operation.js';

type Answers = Readonly<Record<number, AnswerDescription>>;

const json = (description: string, ...names: readonly string[]): AnswerDescription => ({
  description,
  content: { 'application/json': anyOf(...names.map(ref)) },
});

/** Of credentials that are missing or wrong. */
export const UNAUTHORIZED = json('Credentials are missing or wrong.', 'UnauthorizedResponse');
/** Of a table that is not the project's. */
export const NOT_FOUND = json('No such table.', 'NotFoundResponse');

/** Of a body that is too large, or holds too many records. */
export const TOO_LARGE = json('Too large, or too many records.', 'TooLargeResponse');
/** Of every endpoint. */
const EVERYWHERE: Answers = {
  414: json('The address is too long.', 'TrackResponse'),
  429: json('Too many requests. Only as a fault makes it.', 'TooManyRequestsResponse'),
};

/** Of an endpoint that answers in JSON alone. */
export function jsonAnswers(schema: JsonSchema): Answers {
  const done = { description: 'Done.', content: { 'application/json': schema } };
  return { 200: done, ...EVERYWHERE };
}

/**
 * Of an endpoint that answers with a digit, or in the form that is asked for (T-20 to T-26).
 *
 * @param strictName Schema of the answer where `strict` holds and nothing was refused. @default there is no such answer
 */
export function formAnswers(strictName?: string): Answers {
  return {
    200: {
      description: 'Taken in, or refused with the reason in the body.',
      content: {
        'text/plain': ref('PlainResponse'),
        'application/json': anyOf(
          ref('TrackResponse'),
          ...(strictName === undefined ? [] : [ref(strictName)]),
        ),
        'text/javascript': { type: 'string', pattern: '^[\\w$.[\\]]+\\(.+\\);$' },
        'image/gif': { type: 'string', contentMediaType: 'image/gif' },
      },
    },
    302: { description: 'Taken in or refused; `redirect` says where to go.', content: {} },
    400: json(
      'Cannot be unpacked, a parameter is wrong, or records were refused under `strict`: the others were taken in.',
      'ErrorResponse',
      'TrackResponse',
    ),
    401: json('Denied. Only as a fault makes it.', 'DeniedResponse'),
    413: TOO_LARGE,
    ...EVERYWHERE,
  };
}
