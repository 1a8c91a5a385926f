import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:net';

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

/**
 * Keeps a port that nobody listens on from being given to somebody who asks for any. Whoever connects to it is refused;
 * who wants this very port can still listen on it.
 *
 * @returns Lets go of it. Rejects where somebody has it already.
 */
export async function holdPort(port: number): Promise<() => void> {
  // The system gives away no port that a connection begins at.
  const server = createServer((accepted) => accepted.on('error', () => undefined));
  const end = { host: LOOPBACK, port: await listen(server) };
  try {
    const held = connect({ ...end, localAddress: LOOPBACK, localPort: port });
    await once(held, 'connect');
    // Without the reset the port would be left waiting for late packets.
    return () => void held.resetAndDestroy();
  } finally {
    server.close();
  }
}

/** Whether a port could not be had because somebody was quicker. */
export const isTaken = (error: unknown): boolean =>
  (error as NodeJS.ErrnoException).code === 'EADDRINUSE';

/** Finds a port that nobody uses, and holds it until it is let go of. */
export async function reservePort(): Promise<{ port: number; letGo: () => void }> {
  const server = createServer();
  const port = await listen(server);
  server.close();
  await once(server, 'close');
  try {
    return { port, letGo: await holdPort(port) };
  } catch (error) {
    if (!isTaken(error)) throw error;
    return reservePort();
  }
}
