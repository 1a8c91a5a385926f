import type { IncomingHttpHeaders } from 'node:http';

/** Headers that let a page of any origin read an answer, as the service sends them (T-41). */
export function corsHeaders(headers: IncomingHttpHeaders): Readonly<Record<string, string>> {
  return headers.origin === undefined
    ? {}
    : {
        'access-control-allow-origin': headers.origin,
        'access-control-allow-credentials': 'true',
        vary: 'Origin',
      };
}

/**
 * Headers of a preflight's answer. Strict as the service: no header is allowed, so that a page which needs one fails
 * here as it would there (T-40, T-43).
 */
export function preflightHeaders(
  headers: IncomingHttpHeaders,
  isStrict: boolean,
): Readonly<Record<string, string>> {
  const asked = headers['access-control-request-headers'];
  return {
    ...corsHeaders(headers),
    'access-control-allow-methods': 'GET, POST, OPTIONS',
    ...(!isStrict && asked !== undefined && { 'access-control-allow-headers': asked }),
  };
}
