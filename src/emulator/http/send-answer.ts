import type { ServerResponse } from 'node:http';
import { packageVersion } from '../package-paths.js';
import type { ServiceAnswer } from '../body/service-request.js';

/** Writes an answer; the headers given last win. */
export function sendAnswer(
  response: ServerResponse,
  answer: Pick<ServiceAnswer, 'status' | 'headers' | 'body'>,
  headers: Readonly<Record<string, string>>,
): void {
  if (response.destroyed || response.headersSent) {
    return;
  }
  const hasBody = answer.status !== 204 && answer.status !== 304;
  response.writeHead(answer.status, {
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-waymark-emulator': packageVersion,
    ...(hasBody && { 'content-length': Buffer.byteLength(answer.body) }),
    ...answer.headers,
    ...headers,
  });
  response.end(hasBody ? answer.body : undefined);
}
