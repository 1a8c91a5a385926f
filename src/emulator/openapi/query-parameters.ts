import type { ParameterName } from '../body/sent-parameters.js';
import type { JsonSchema } from './json-schema.js';

/** What is said of a parameter. */
export interface ParameterDescription {
  readonly description: string;
  readonly schema: JsonSchema;
  /** @default false */
  readonly required?: boolean;
}

const flag = (defaultValue: 0 | 1): JsonSchema => ({
  type: 'integer',
  enum: [0, 1],
  default: defaultValue,
});

/** What is said of every parameter that a route reads, from the query or a form body (section 1.2). */
export const PARAMETERS = {
  verbose: {
    description: 'JSON instead of a digit. 2 is taken as 1.',
    schema: { type: 'integer', enum: [0, 1, 2], default: 0 },
  },
  ip: { description: 'Takes the location from the address of the request.', schema: flag(0) },
  strict: {
    description: 'Answers as /import does, each record that is refused with its reason.',
    schema: flag(0),
  },
  img: { description: 'Answers with an image of one pixel.', schema: flag(0) },
  callback: {
    description: 'Name of a function that the answer, a script then, calls with the result.',
    schema: { type: 'string', pattern: '^[\\w$]+(?:\\.[\\w$]+|\\[\\d+\\])*$' },
  },
  redirect: {
    description: 'Where to go afterwards, on the same origin.',
    schema: { type: 'string', minLength: 1 },
  },
  project_id: {
    description: 'Has to be there when a service account signs the request.',
    schema: { type: 'string', minLength: 1 },
  },
  api_key: {
    description: 'A legacy credential: described as such, not as a parameter.',
    schema: { type: 'string', minLength: 1 },
  },
  data: {
    description: 'The records: JSON, or base64 of it in either alphabet.',
    schema: { type: 'string', minLength: 1 },
    required: true,
  },
} as const satisfies Readonly<Record<ParameterName, ParameterDescription>>;

/** Parameters of an operation, by name. */
export type ParameterList = Readonly<Partial<Record<ParameterName, ParameterDescription>>>;

const { verbose, ip, strict, img, callback, redirect, project_id } = PARAMETERS;
const onByDefault = (one: ParameterDescription): ParameterDescription => ({
  ...one,
  schema: flag(1),
});

/** In which form the answer of a legacy endpoint comes. */
const ANSWER_FORMS: ParameterList = { verbose, img, callback, redirect };

/** Parameters of /track. */
export const TRACK_PARAMETERS: ParameterList = { ...ANSWER_FORMS, ip, strict };

/** Parameters of /engage; the location is taken from the address unless they say otherwise (P-5). */
export const ENGAGE_PARAMETERS: ParameterList = { ...ANSWER_FORMS, ip: onByDefault(ip) };

/** Parameters of /groups. */
export const GROUP_PARAMETERS: ParameterList = ANSWER_FORMS;

const IMPORT_PARAMETERS: ParameterList = { ...ANSWER_FORMS, ip: onByDefault(ip), project_id };

/** Parameters of `POST /import`; those for the form of the answer hold where the body is a form and `strict` is not given. */
export const IMPORT_POST_PARAMETERS: ParameterList = {
  ...IMPORT_PARAMETERS,
  strict: {
    description: 'Checks each record. Without it a form body is taken as with 0.',
    schema: flag(1),
  },
};

/** Parameters of `GET /import`, and of a form body there. */
export const IMPORT_FORM_PARAMETERS: ParameterList = {
  ...IMPORT_PARAMETERS,
  strict: {
    description: 'Answers in JSON, with 1 after checking each record. Without it neither is done.',
    schema: { type: 'integer', enum: [0, 1] },
  },
};

/** Parameters of /lookup-tables. */
export const TABLE_PARAMETERS: ParameterList = { project_id };
