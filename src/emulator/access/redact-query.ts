/** What stands in the place of a secret. */
export const REDACTED = 'redacted';

/** Name of the legacy API key among the parameters (I-1). */
export const API_KEY = 'api_key';

/** Query parameters without the legacy API key; an empty one stays, because it is judged as none. */
export function redactQuery<Query extends Readonly<Partial<Record<string, string>>>>(
  query: Query,
): Query {
  return query[API_KEY] ? { ...query, [API_KEY]: REDACTED } : query;
}
