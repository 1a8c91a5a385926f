import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';

/**
 * Whether a request may use the control paths. A page of another site may not: its `Origin` differs, or the browser says
 * so in `Sec-Fetch-Site`. Nor may a name that was pointed at this machine.
 */
export function isTrusted(headers: IncomingHttpHeaders, ownHost: string): boolean {
  const site = headers['sec-fetch-site'];
  const isOwnSite = site === undefined || site === 'same-origin' || site === 'none';
  const isOwnOrigin = headers.origin === undefined || headers.origin === `http://${headers.host}`;
  return hasOwnName(headers, ownHost) && isOwnSite && isOwnOrigin;
}

/**
 * Whether a request names this machine. A page of another site can point its own name at it (DNS rebinding) and read
 * whatever answers: `Host` must be an address, `localhost`, or the name that the emulator was told to listen on.
 */
export function hasOwnName({ host = '' }: IncomingHttpHeaders, ownHost: string): boolean {
  const name = hostName(host);
  return (
    name !== undefined &&
    (isIP(name) !== 0 ||
      name === 'localhost' ||
      name.endsWith('.localhost') ||
      name === ownHost.toLowerCase())
  );
}

function hostName(host: string): string | undefined {
  const url = `http://${host}`;
  return host !== '' && URL.canParse(url)
    ? new URL(url).hostname.replace(/^\[|\]$/g, '')
    : undefined;
}
