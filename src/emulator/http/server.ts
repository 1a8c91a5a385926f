import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { bodyLimit } from '../routes/answer-service.js';
import type { Control } from '../control.js';
import { pageRoot } from '../package-paths.js';
import { hasOwnName } from './control-guard.js';
import { refuseUnreadable } from './refuse-unreadable.js';
import { report } from '../report.js';
import { sendAnswer } from './send-answer.js';
import { CONTROL_PREFIX, serveControl } from './serve-control.js';
import { serveService } from './serve-service.js';
import { jsonAnswer } from '../body/service-request.js';
import { sendFile } from './send-file.js';
import { trimSlash } from '../body/trim-slash.js';

const KEEP_ALIVE_MS = 60_000;
/**
 * The window has buttons that empty everything: a page of another site could lay itself over them. Pages on this machine
 * may show it, as the example does.
 */
const PAGE_HEADERS = {
  'content-security-policy':
    "frame-ancestors 'self' http://localhost:* http://*.localhost:* http://127.0.0.1:*",
};
const FOREIGN_NAME =
  'Files are served only under an address, localhost or the name given with --host: the Host of this request is another. Use one of those in the address bar.';
const PAGE_PREFIX = `${CONTROL_PREFIX}page/`;

/** What a server serves beside the service. */
export interface ServerOptions {
  /** Name or address that it listens on. */
  readonly host: string;
  /** Folders served under a prefix, for example `{ '/site/': './examples' }`. */
  readonly staticRoots: Readonly<Record<string, string>>;
}

/** An HTTP server of an emulator, not yet listening. */
export function createEmulatorServer(control: Control, options: ServerOptions): Server {
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    serve(control, options, request, response).catch((cause: unknown) => {
      report('a request could not be served:', cause);
      if (response.headersSent) {
        // Half an answer must not look like a whole one.
        response.destroy();
        return;
      }
      sendAnswer(
        response,
        jsonAnswer(500, { error: 'The emulator failed. This is a bug in it.' }),
        {},
      );
    });
  };
  const server = createServer(answer);
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    const announced = Number(request.headers['content-length'] ?? 0);
    const path = trimSlash(readTarget(request.url)?.pathname ?? '/');
    // A sender that asks first is spared sending what will be refused.
    if (announced <= bodyLimit(control.ledger(), path)) {
      response.writeContinue();
    }
    answer(request, response);
  });
  server.on('clientError', refuseUnreadable);
  // Longer than a page or test keeps a connection idle: closing it while a request is on its way would look like a fault.
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  return server;
}

async function serve(
  control: Control,
  { host, staticRoots }: ServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = readTarget(request.url);
  if (url === undefined) {
    sendAnswer(response, jsonAnswer(400, { error: 'The path cannot be read.' }), {});
    return;
  }
  const { pathname } = url;
  if (pathname.startsWith(PAGE_PREFIX) || pathname === '/') {
    const file = pathname === '/' ? 'index.html' : pathname.slice(PAGE_PREFIX.length);
    await serveFile({ request, response, ownHost: host }, pageRoot, file, PAGE_HEADERS);
    return;
  }
  if (pathname.startsWith(CONTROL_PREFIX)) {
    await serveControl(control, request, response, url, host);
    return;
  }
  const prefix = Object.keys(staticRoots).find((start) => pathname.startsWith(start));
  const root = prefix === undefined ? undefined : staticRoots[prefix];
  if (prefix !== undefined && root !== undefined) {
    const file = `/${pathname.slice(prefix.length)}`;
    await serveFile({ request, response, ownHost: host }, root, file, {});
    return;
  }
  await serveService(control, request, response, url);
}

/** A request's target as a URL, be it a path or, as proxies send it, an address; `undefined` when it is neither. */
function readTarget(target = '/'): URL | undefined {
  const address = /^https?:\/\//i.test(target)
    ? target
    : `http://emulator${target.startsWith('/') ? target : '/'}`;
  return URL.canParse(address) ? new URL(address) : undefined;
}

/** Somebody who asks for a file. */
interface FileRequest {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Name or address that the server listens on. */
  readonly ownHost: string;
}

async function serveFile(
  { request, response, ownHost }: FileRequest,
  root: string,
  relativePath: string,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  if (!hasOwnName(request.headers, ownHost)) {
    sendAnswer(response, jsonAnswer(403, { error: FOREIGN_NAME }), {});
    return;
  }
  if (request.method === 'GET' || request.method === 'HEAD') {
    await sendFile(response, root, relativePath, headers);
    return;
  }
  const allow = 'GET, HEAD';
  const error = `${request.method} is not served here, only ${allow}.`;
  sendAnswer(response, jsonAnswer(405, { error }, 0, { allow }), {});
}
