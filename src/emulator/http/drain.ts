import type { IncomingMessage } from 'node:http';

/** How long the rest of a refused body may take to arrive. */
const MAX_DRAIN_MS = 5_000;

/**
 * Lets the rest of a refused body run into nothing, so that its sender gets to read the answer; one that goes on for too
 * long is cut off.
 */
export function drain(request: IncomingMessage, maxDrainMs = MAX_DRAIN_MS): void {
  if (request.readableEnded) {
    // Its close is over, too: nothing would stop the timer, and the connection has gone on to other requests.
    return;
  }
  const timer = setTimeout(() => request.socket.destroy(), maxDrainMs);
  timer.unref();
  request.once('close', () => clearTimeout(timer));
  request.resume();
}
