import { connect, createServer, type Server, type Socket } from 'node:net';

import { holdPort, isTaken, listen, LOOPBACK } from './listen.js';

/**
 * What happens to connections on the way to the emulator:
 * - `pass`: they go through.
 * - `refuse`: nobody listens on the port, which stays this proxy's, and open connections are cut.
 * - `reset`: they are accepted and answered with a TCP reset, open ones too.
 * - `blackhole`: they are accepted, and no byte moves in either direction until the mode changes.
 */
export type NetMode = 'pass' | 'refuse' | 'reset' | 'blackhole';

/** The network between the browser and the emulator, as a TCP proxy on a port that stays the same. */
export interface Net {
  readonly port: number;
  /** `http://127.0.0.1:PORT`: the `apiHost` that a test gives to the client. */
  readonly url: string;
  readonly mode: NetMode;
  /** Connections accepted so far, in any mode. */
  readonly connectionCount: number;
  /** Resolves when the mode is in force for new connections and open ones alike. */
  set(mode: NetMode): Promise<void>;
  close(): Promise<void>;
}

interface Tunnel {
  open(): void;
  stall(): void;
  cut(how: 'close' | 'reset'): void;
}

/** Starts the proxy, passing everything on to `targetPort`. */
export async function startNet(targetPort: number): Promise<Net> {
  const tunnels = new Set<Tunnel>();
  let mode: NetMode = 'pass';
  let connectionCount = 0;
  let letGo: (() => void) | undefined;

  const server = createServer({ pauseOnConnect: true }, (client) => {
    connectionCount += 1;
    if (mode === 'reset') {
      client.resetAndDestroy();
      return;
    }
    const tunnel = createTunnel(client, targetPort, () => tunnels.delete(tunnel));
    tunnels.add(tunnel);
    if (mode === 'pass') tunnel.open();
  });
  const port = await listen(server);

  const apply: Record<NetMode, () => void> = {
    pass: () => tunnels.forEach((tunnel) => tunnel.open()),
    blackhole: () => tunnels.forEach((tunnel) => tunnel.stall()),
    refuse: () => tunnels.forEach((tunnel) => tunnel.cut('close')),
    reset: () => tunnels.forEach((tunnel) => tunnel.cut('reset')),
  };

  return {
    port,
    url: `http://${LOOPBACK}:${port}`,
    get mode() {
      return mode;
    },
    get connectionCount() {
      return connectionCount;
    },
    set: async (next) => {
      mode = next;
      const hasClosed = next === 'refuse' && server.listening ? closeServer(server) : undefined;
      apply[next]();
      if (hasClosed) {
        await hasClosed;
        // Whatever else is started meanwhile must not get it. A connection of somebody's that begins there does as well.
        letGo = await holdPort(port).catch((error: unknown) => {
          if (!isTaken(error)) throw error;
          return undefined;
        });
      }
      if (next !== 'refuse' && !server.listening) await listen(server, port);
      if (next !== 'refuse') letGo?.();
    },
    close: async () => {
      letGo?.();
      const hasClosed = server.listening ? closeServer(server) : undefined;
      apply.refuse();
      await hasClosed;
    },
  };
}

/** One connection and its other half, which is made when the tunnel is first opened. */
function createTunnel(client: Socket, targetPort: number, onClose: () => void): Tunnel {
  let upstream: Socket | undefined;

  client.once('close', () => {
    upstream?.destroy();
    onClose();
  });
  // A broken connection is what these tests are about; 'close' follows every 'error'.
  client.on('error', () => client.destroy());

  const connectUpstream = () => {
    const socket = connect(targetPort, LOOPBACK);
    // How the far side broke off is passed on: an orderly end comes through the pipe, anything else cuts the client.
    socket.on('error', () => client.destroy());
    socket.once('close', () => {
      if (!socket.readableEnded) client.destroy();
    });
    return socket;
  };

  return {
    open: () => {
      upstream ??= connectUpstream();
      // A second pipe beside the first would double every byte.
      client.unpipe();
      upstream.unpipe();
      client.pipe(upstream);
      upstream.pipe(client);
    },
    stall: () => {
      client.unpipe().pause();
      upstream?.unpipe().pause();
    },
    cut: (how) => {
      if (how === 'reset') client.resetAndDestroy();
      else client.destroy();
    },
  };
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
  });
}
