import { once } from 'node:events';
import type { Server } from 'node:net';

/** Everything of the tests is served on this address and no other. */
export const LOOPBACK = '127.0.0.1';

/**
 * Starts listening on loopback.
 *
 * @param port 0 lets the system choose one.
 * @returns The port.
 */
export async function listen(server: Server, port = 0): Promise<number> {
  server.listen(port, LOOPBACK);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new Error('A TCP server was expected.');
  return address.port;
}
