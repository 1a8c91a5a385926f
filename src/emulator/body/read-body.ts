import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

/** A request body, or why there is none. */
export type ReadBody =
  | { readonly kind: 'read'; readonly body: Buffer; readonly wireBytes: number }
  | { readonly kind: 'too-large'; readonly wireBytes: number }
  | { readonly kind: 'broken'; readonly error: string; readonly wireBytes: number }
  /** The sender went away. */
  | { readonly kind: 'gone'; readonly wireBytes: number };

const unzip = promisify(gunzip);

/**
 * Reads a body of at most `maxBytes`, unpacked. Stops at the first byte too many: a length that says so beforehand is
 * refused without reading anything.
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<ReadBody> {
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > maxBytes) {
    return { kind: 'too-large', wireBytes: announced };
  }
  const raw = await collect(request, maxBytes);
  return raw.kind === 'read' ? unpack(raw, request.headers['content-encoding'], maxBytes) : raw;
}

function collect(request: IncomingMessage, maxBytes: number): Promise<ReadBody> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let wireBytes = 0;
    const onChunk = (chunk: Buffer): void => {
      wireBytes += chunk.length;
      if (wireBytes > maxBytes) {
        request.off('data', onChunk);
        resolve({ kind: 'too-large', wireBytes });
        return;
      }
      chunks.push(chunk);
    };
    request.on('data', onChunk);
    request.once('end', () => {
      resolve({ kind: 'read', body: Buffer.concat(chunks), wireBytes });
    });
    request.once('close', () => resolve({ kind: 'gone', wireBytes }));
    request.once('error', () => resolve({ kind: 'gone', wireBytes }));
  });
}

async function unpack(
  raw: Extract<ReadBody, { kind: 'read' }>,
  encoding: string | undefined,
  maxBytes: number,
): Promise<ReadBody> {
  const { wireBytes } = raw;
  if (raw.body.length === 0) {
    // A request without a body may still name an encoding: there is nothing that could be wrong with it.
    return raw;
  }
  switch ((encoding ?? '').trim().toLowerCase()) {
    case '':
    case 'identity':
      return raw;
    case 'gzip':
    case 'x-gzip':
      break;
    default:
      return {
        kind: 'broken',
        error: `content encoding "${encoding}" is not known, only gzip is`,
        wireBytes,
      };
  }
  try {
    return { kind: 'read', body: await unzip(raw.body, { maxOutputLength: maxBytes }), wireBytes };
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
      ? { kind: 'too-large', wireBytes }
      : { kind: 'broken', error: `gzip is broken: ${(cause as Error).message}`, wireBytes };
  }
}
