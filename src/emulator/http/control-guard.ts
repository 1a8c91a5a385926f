import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';

/**
 * Whether a request may use the control paths. A page of another site may not: its `Origin` differs, or the browser says
 * so in `Sec-Fetch-Site`. Nor may a name that was pointed at this machine (DNS rebinding): `Host` must be an address,
 * `localhost`, or the name that the emulator was told to listen on.
 */
export function isTrusted(headers: IncomingHttpHeaders, ownHost: string): boolean {
  const host = headers.host ?? '';
  const name = hostName(host);
  const isOwnName =
    name !== undefined &&
    (isIP(name) !== 0 ||
      name === 'localhost' ||
      name.endsWith('.localhost') ||
      name === ownHost.toLowerCase());
  const site = headers['sec-fetch-site'];
  const isOwnSite = site === undefined || site === 'same-origin' || site === 'none';
  const isOwnOrigin = headers.origin === undefined || headers.origin === `http://${host}`;
  return isOwnName && isOwnSite && isOwnOrigin;
}

function hostName(host: string): string | undefined {
  const url = `http://${host}`;
  return host !== '' && URL.canParse(url)
    ? new URL(url).hostname.replace(/^\[|\]$/g, '')
    : undefined;
}
