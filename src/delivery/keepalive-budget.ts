/** Browsers share 64 KiB among all keepalive requests and beacons of a page; a margin is left for other scripts. */
export const MAX_KEEPALIVE_BYTES = 60 * 1024;

/** A browser gives the bytes back a little after the answer was read. */
const RELEASE_DELAY_MS = 20;

let usedBytes = 0;

/** The bytes that keepalive requests of all trackers on this page may still use. */
export const keepaliveBytesLeft = (): number => MAX_KEEPALIVE_BYTES - usedBytes;

/** Takes bytes from the budget until the returned function is called. */
export function takeKeepaliveBytes(bytes: number): () => void {
  usedBytes += bytes;
  return () => void setTimeout(() => (usedBytes -= bytes), RELEASE_DELAY_MS);
}
