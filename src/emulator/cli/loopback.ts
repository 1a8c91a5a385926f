import { isIP } from 'node:net';

/** Whether only this machine reaches an address to listen on. A name that merely begins like one may be anywhere. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}
