import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { basename, extname } from 'node:path';

import { wallMs } from './statistics.mjs';

const CONTENT_TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
};

/** A page that is isolated from other origins has a clock of 5 µs instead of 100 µs. */
const ISOLATION = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cache-control': 'no-store',
};

/**
 * Serves the pages of one client.
 *
 * @param {import('./clients.mjs').BenchClient} client
 * @param {string} apiHost Where the client is to send to.
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function startSite(client, apiHost) {
  const texts = {
    '/client.js': () => client.script,
    '/api-host': () => apiHost,
    '/now': () => String(wallMs()),
  };

  const respond = async (path, response) => {
    const name = path === '/' ? 'index.html' : basename(path);
    const text =
      texts[path]?.() ?? (await readPageFile(name === 'adapter.js' ? client.adapter : name));
    const type = CONTENT_TYPES[extname(name)] ?? 'text/plain; charset=utf-8';
    response.writeHead(200, { 'content-type': type, ...ISOLATION }).end(text);
  };

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://site');
    respond(pathname, response).catch((error) => response.writeHead(404).end(String(error)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

const readPageFile = (name) => readFile(new URL(`page/${name}`, import.meta.url), 'utf8');
