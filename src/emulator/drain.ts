import type { IncomingMessage } from 'node:http';

/** How long the rest of a refused body may take to arrive. */
const MAX_DRAIN_MS = 5_000;

/**
 * Lets the rest of a refused body run into nothing, so that its sender gets to read the answer; one that goes on for too
 * long is cut off.
 */
export function drain(request: IncomingMessage): void {
  const timer = setTimeout(() => request.socket.destroy(), MAX_DRAIN_MS);
  timer.unref();
  request.once('close', () => clearTimeout(timer));
  request.resume();
}
