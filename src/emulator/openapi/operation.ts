import type { JsonSchema } from './json-schema.js';
import type { ParameterList } from './query-parameters.js';

/** What is said of one method of one path. */
export interface Operation {
  /** Unique among the operations. */
  readonly id: string;
  readonly summary: string;
  readonly query: ParameterList;
  /** Schema of a body by its content type. @default there is none */
  readonly bodies?: Readonly<Record<string, JsonSchema>>;
  readonly answers: Readonly<Record<number, AnswerDescription>>;
  readonly needs: Credentials;
  /** @default false */
  readonly isDeprecated?: boolean;
}

/** What is said of the answers with one status. */
export interface AnswerDescription {
  readonly description: string;
  /** Schema by content type; a digit in `text/plain` is read as a number. Empty: there is no body. */
  readonly content: Readonly<Record<string, JsonSchema>>;
}

/** How a request shows that it may: any of these, by the names of the security schemes. */
export type Credentials = readonly (keyof typeof SECURITY_SCHEMES)[];

/** The forms of credentials that are taken (I-1). */
export const SECURITY_SCHEMES = {
  basicAuth: {
    type: 'http',
    scheme: 'basic',
    description:
      'A service account and its secret, with project_id; or the token of the project as the user, without a password.',
  },
  bearerAuth: { type: 'http', scheme: 'bearer', description: 'An OAuth token.' },
  legacyKey: { type: 'apiKey', in: 'query', name: 'api_key' },
} as const;
