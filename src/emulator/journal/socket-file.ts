import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** Longer paths of sockets are cut off by some systems. */
const MAX_PATH_BYTES = 90;

/** What a socket file says of the process that made it. */
export type SocketVerdict = 'alive' | 'dead' | 'gone';

/**
 * Makes a socket file and listens on it. The kernel answers for a process as long as it lives, also while it is busy or
 * stopped, and from the moment on which it is killed not any more. It does not keep the process alive.
 *
 * @throws Node's error when there cannot be a socket at this path.
 */
export function listenAt(path: string): Promise<Server> {
  return withShortPath(
    path,
    (short) =>
      new Promise((resolve, reject) => {
        const server = createServer((socket) => socket.destroy());
        server.once('error', reject);
        server.listen(short, () => resolve(server));
        server.unref();
      }),
  );
}

/** Whether the process that made a socket file is there. */
export function askSocket(path: string): Promise<SocketVerdict> {
  return withShortPath(
    path,
    (short) =>
      new Promise((resolve) => {
        const socket = connect(short, () => {
          socket.destroy();
          resolve('alive');
        });
        socket.once('error', ({ code }: NodeJS.ErrnoException) => {
          if (code === 'ENOENT') {
            resolve('gone');
            return;
          }
          // Anything else, such as a full queue or a lack of permission, comes from somebody who is there.
          resolve(code === 'ECONNREFUSED' ? 'dead' : 'alive');
        });
      }),
  );
}

/** Hands `use` a path to the same file that is short enough, by a detour over a link to its folder where needed. */
async function withShortPath<Result>(
  path: string,
  use: (short: string) => Promise<Result>,
): Promise<Result> {
  if (Buffer.byteLength(path) <= MAX_PATH_BYTES) {
    return use(path);
  }
  const detour = mkdtempSync(join(tmpdir(), 'wm-'));
  try {
    const link = join(detour, 'd');
    symlinkSync(dirname(path), link);
    return await use(join(link, basename(path)));
  } finally {
    rmSync(detour, { recursive: true, force: true });
  }
}
