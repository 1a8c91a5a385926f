import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Control } from './control.js';
import { pageRoot } from './package-paths.js';
import { refuseUnreadable } from './refuse-unreadable.js';
import { report } from './report.js';
import { sendAnswer } from './send-answer.js';
import { CONTROL_PREFIX, serveControl } from './serve-control.js';
import { serveService } from './serve-service.js';
import { jsonAnswer } from './service-request.js';
import { sendFile } from './static-files.js';

const KEEP_ALIVE_MS = 60_000;
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
  const server = createServer((request, response) => {
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
  const target = request.url ?? '/';
  const address = `http://emulator${target.startsWith('/') ? target : '/'}`;
  if (!URL.canParse(address)) {
    sendAnswer(response, jsonAnswer(400, { error: 'The path cannot be read.' }), {});
    return;
  }
  const url = new URL(address);
  if (url.pathname.startsWith(PAGE_PREFIX) || url.pathname === '/') {
    const file = url.pathname === '/' ? 'index.html' : url.pathname.slice(PAGE_PREFIX.length);
    await sendFile(response, pageRoot, file);
    return;
  }
  if (url.pathname.startsWith(CONTROL_PREFIX)) {
    await serveControl(control, request, response, url, host);
    return;
  }
  const prefix = Object.keys(staticRoots).find((start) => url.pathname.startsWith(start));
  const root = prefix === undefined ? undefined : staticRoots[prefix];
  if (prefix !== undefined && root !== undefined) {
    await sendFile(response, root, `/${url.pathname.slice(prefix.length)}`);
    return;
  }
  await serveService(control, request, response, url);
}
