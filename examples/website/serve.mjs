import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname } from 'node:path';

const HERE = new URL('./', import.meta.url);
const DIST = new URL('../../dist/', import.meta.url);

/** What the site consists of. Pages are put together from parts; everything else is sent as it is. */
const PAGES = {
  '/': 'pages/home.html',
  '/pricing': 'pages/pricing.html',
  '/sign-up': 'pages/sign-up.html',
  '/account': 'pages/account.html',
};
const ASSET = /^\/assets\/[a-z-]+\.(?:css|js)$/;
const CLIENT = '/waymark.min.js';
const CONTENT_TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
};
/** What the pages say the emulator is; put right while serving when it has another address. */
const WRITTEN_EMULATOR_URL = 'http://127.0.0.1:8077';
const PART = /<!-- part: ([a-z-]+) -->/g;
const STUB = '/* dist/stub.min.js */';

/**
 * Serves the example website.
 *
 * @param {object} options
 * @param {string} options.emulatorUrl Where the pages send to and what the side panel shows, without trailing slash.
 * @param {number} [options.port] Defaults to 0: any free one.
 * @param {string} [options.host] Defaults to loopback.
 * @returns {Promise<{ url: string, close: () => Promise<void> }>} Rejects when the port is taken.
 */
export async function startWebsite({ emulatorUrl, port = 0, host = '127.0.0.1' }) {
  const server = createServer((request, response) => {
    respond(request, response, emulatorUrl).catch((error) => {
      response.writeHead(500, { 'content-type': 'text/plain' }).end(String(error));
    });
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    url: `http://${host}:${server.address().port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function respond(request, response, emulatorUrl) {
  const { pathname } = new URL(request.url, 'http://site');
  if (pathname in PAGES) {
    send(response, 200, '.html', await buildPage(PAGES[pathname], emulatorUrl));
  } else if (ASSET.test(pathname)) {
    send(response, 200, extname(pathname), await readFile(new URL(`.${pathname}`, HERE)));
  } else if (pathname === CLIENT) {
    send(response, 200, '.js', await readFile(new URL(`.${CLIENT}`, DIST)));
  } else {
    send(response, 404, '.html', await buildPage('pages/not-found.html', emulatorUrl));
  }
}

function send(response, status, extension, body) {
  response.writeHead(status, {
    'content-type': CONTENT_TYPES[extension],
    'cache-control': 'no-cache',
  });
  response.end(body);
}

async function buildPage(file, emulatorUrl) {
  const [page, stub] = await Promise.all([
    withParts(await readText(new URL(file, HERE))),
    readText(new URL('stub.min.js', DIST)),
  ]);
  return page.replace(STUB, () => stub.trim()).replaceAll(WRITTEN_EMULATOR_URL, emulatorUrl);
}

async function withParts(page) {
  const names = [...page.matchAll(PART)].map(([, name]) => name);
  const parts = new Map(
    await Promise.all(
      names.map(async (name) => [name, await readText(new URL(`parts/${name}.html`, HERE))]),
    ),
  );
  return page.replaceAll(PART, (_, name) => parts.get(name));
}

const readText = (url) => readFile(url, 'utf8');
