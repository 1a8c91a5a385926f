import { readFile } from 'node:fs/promises';
import {
  createServer,
  request as forward,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { hostname } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

import { listen, LOOPBACK } from './listen.js';

/** A request as the site received it. */
export interface SiteRequest {
  readonly method: string;
  /** Path without query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** How a path answers instead of serving its file; what is left out stays as it would have been. */
export interface SiteAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Requests that it is for. @default all of the path */
  readonly when?: (request: SiteRequest) => boolean;
  /** The answer is withheld until this has resolved. */
  readonly after?: Promise<unknown>;
}

/** The server of the pages under test. */
export interface Site {
  readonly port: number;
  /** `http://127.0.0.1:PORT`, a secure context. */
  readonly url: string;
  /** The same site under this machine's own name, which browsers do not regard as secure. */
  readonly insecureUrl: string;
  /** What was asked for so far, `/mp/` included, in order of arrival. */
  readonly requests: readonly SiteRequest[];
  /** The same site under another name: `localhost`, or anything that ends in `.localhost`. */
  urlOf(host: string): string;
  /** From now on `path` answers so; without an answer, as it did at first. */
  answer(path: string, answer?: SiteAnswer): void;
  /** Withholds the answers of `path` until the returned function is called. */
  hold(path: string): () => void;
  close(): Promise<void>;
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PAGES = 'test/support/pages';
const STUB = join(ROOT, 'dist/stub.min.js');
/** The first-party proxy: what is sent to this path of the site goes to the emulator. */
const PROXY_PREFIX = '/mp/';
/** Bodies sent here are kept in `requests` and answered with 204. */
const COLLECT_PATH = '/collect';
const SERVED_FOLDERS = [
  '/dist/',
  '/node_modules/uuid/',
  '/node_modules/idb-keyval/',
  '/node_modules/klaro/',
  '/node_modules/vanilla-cookieconsent/',
  '/node_modules/@iabtechlabtcf/stub/',
];
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.map': 'application/json',
  '.json': 'application/json',
};

/** Starts the site on a port of its own; `/mp/*` is passed on to `apiPort`. */
export async function startSite(apiPort: number): Promise<Site> {
  const answers = new Map<string, SiteAnswer>();
  const requests: SiteRequest[] = [];

  const server = createServer((incoming, response) => {
    void respond(incoming, response, { answers, requests, apiPort }).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  const port = await listen(server);
  const urlOf = (host: string) => `http://${host}:${port}`;

  return {
    port,
    url: urlOf(LOOPBACK),
    insecureUrl: urlOf(hostname()),
    requests,
    urlOf,
    answer: (path, answer) => {
      if (answer) answers.set(path, answer);
      else answers.delete(path);
    },
    hold: (path) => {
      const { promise, release } = createGate();
      answers.set(path, { ...answers.get(path), after: promise });
      return release;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface SiteState {
  readonly answers: ReadonlyMap<string, SiteAnswer>;
  readonly requests: SiteRequest[];
  readonly apiPort: number;
}

async function respond(incoming: IncomingMessage, response: ServerResponse, state: SiteState) {
  const url = new URL(incoming.url ?? '/', 'http://site');
  const body = await readBody(incoming);
  const { method = 'GET', headers } = incoming;
  const request: SiteRequest = {
    method,
    path: url.pathname,
    query: url.searchParams,
    headers,
    body: body.toString('utf8'),
  };
  state.requests.push(request);
  const given = state.answers.get(url.pathname);
  const answer = given?.when?.(request) === false ? undefined : given;
  await answer?.after;
  if (answer?.body !== undefined || answer?.status !== undefined) {
    const type = CONTENT_TYPES['.html'];
    response.writeHead(answer.status ?? 200, { 'content-type': type, ...answer.headers });
    response.end(answer.body ?? '');
  } else if (url.pathname.startsWith(PROXY_PREFIX)) {
    passOn(incoming, body, response, state.apiPort);
  } else if (url.pathname === COLLECT_PATH) {
    response.writeHead(204).end();
  } else {
    await serveFile(url.pathname, response, state);
  }
}

async function serveFile(path: string, response: ServerResponse, { apiPort, answers }: SiteState) {
  const isServed = SERVED_FOLDERS.some((folder) => path.startsWith(folder));
  const file = join(ROOT, isServed ? '' : PAGES, normalize(decodeURIComponent(path)));
  try {
    const content = await (extname(file) === '.html' ? readPage(file, apiPort) : readFile(file));
    const type = CONTENT_TYPES[extname(file)] ?? 'application/octet-stream';
    response.writeHead(200, { 'content-type': type, ...answers.get(path)?.headers }).end(content);
  } catch {
    // Not a file of the site, whatever the reason is.
    response.writeHead(404, { 'content-type': 'text/plain' }).end(`${path} is not there.`);
  }
}

/** Pages may say `{{apiHost}}`, and `{{stub}}` where the built stub is to stand. */
async function readPage(file: string, apiPort: number): Promise<string> {
  const page = await readFile(file, 'utf8');
  const stub = page.includes('{{stub}}') ? await readFile(STUB, 'utf8') : '';
  return page
    .replaceAll('{{apiHost}}', `http://${LOOPBACK}:${apiPort}`)
    .replaceAll('{{stub}}', () => stub);
}

function passOn(incoming: IncomingMessage, body: Buffer, response: ServerResponse, port: number) {
  const path = `/${(incoming.url ?? '').slice(PROXY_PREFIX.length)}`;
  const { method, headers } = incoming;
  const outgoing = forward({ host: LOOPBACK, port, path, method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  outgoing.on('error', (error) => {
    if (!response.headersSent) response.writeHead(502);
    response.end(String(error));
  });
  outgoing.end(body);
}

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function createGate() {
  let release: () => void = () => undefined;
  const promise = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { promise, release };
}
