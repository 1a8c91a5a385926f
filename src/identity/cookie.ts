import { attempt } from '../attempt.js';

/** One place that keeps a text for the whole origin. No call throws. */
export interface IdentityPlace {
  /** Every text found; more than one where cookies of several domains carry the name. */
  read(): string[];
  write(text: string): void;
}

/** The longest life that browsers grant a cookie: 400 days. */
const MAX_AGE_SECONDS = 34_560_000;

/**
 * A cookie, shared by the subdomains of `domain` where one is given and the browser accepts it (it refuses public
 * suffixes); otherwise of this host alone.
 */
export function createCookie(name: string, domain: string | undefined): IdentityPlace {
  const prefix = `${encodeURIComponent(name)}=`;
  // Denied in sandboxed frames, or a value that somebody else wrote: localStorage has the other copy.
  const read = (): string[] =>
    attempt(() =>
      document.cookie
        .split('; ')
        .filter((pair) => pair.startsWith(prefix))
        .map((pair) => decodeURIComponent(pair.slice(prefix.length))),
    ) ?? [];
  return {
    read,
    write(text) {
      const cookie = `${prefix}${encodeURIComponent(text)};path=/;max-age=${MAX_AGE_SECONDS};samesite=lax${
        location.protocol === 'https:' ? ';secure' : ''
      }`;
      attempt(() => {
        if (domain) document.cookie = `${cookie};domain=${domain}`;
        if (!read().includes(text)) document.cookie = cookie;
      });
    },
  };
}
