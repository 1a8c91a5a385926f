import { readFile, realpath } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname, join, sep } from 'node:path';
import { sendAnswer } from './send-answer.js';
import { jsonAnswer } from '../body/service-request.js';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain',
  '.pdf': 'application/pdf',
};

/** Sends a file below a folder, `index.html` for a folder; 404 for what is not there or lies outside. */
export async function sendFile(
  response: ServerResponse,
  root: string,
  relativePath: string,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  const file = await findFile(root, relativePath);
  if (file === undefined) {
    sendAnswer(response, jsonAnswer(404, { error: `There is no file "${relativePath}".` }), {});
    return;
  }
  const type = TYPES[extname(file.path).toLowerCase()] ?? 'application/octet-stream';
  const charset = /^text|json|svg/.test(type) ? '; charset=utf-8' : '';
  sendAnswer(
    response,
    { status: 200, headers: {}, body: file.content },
    {
      'content-type': type + charset,
      ...headers,
    },
  );
}

async function findFile(
  root: string,
  relativePath: string,
): Promise<{ path: string; content: Buffer } | undefined> {
  try {
    const base = await realpath(root);
    const wanted = join(base, decodeURIComponent(relativePath));
    const path = await realpath(wanted.endsWith(sep) ? join(wanted, 'index.html') : wanted);
    return path.startsWith(base + sep) ? { path, content: await readFile(path) } : undefined;
  } catch {
    // Not there, a folder, not readable, or not a path at all: for the reader it is the same.
    return undefined;
  }
}
