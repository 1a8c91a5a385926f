import { createHash } from 'node:crypto';

const PREFIX = 'sha256-';

/**
 * What may be written down of a secret. It can be told from other secrets and not be read back, so long as the secret is
 * as random as the service's are. Of a digest it is the digest itself, so that the two can be compared.
 */
export function digestSecret(secret: string): string {
  return secret.startsWith(PREFIX)
    ? secret
    : PREFIX + createHash('sha256').update(`waymark ${secret}`).digest('hex');
}

/** Whether two secrets are one; each may be given as its digest. */
export function isSameSecret(one: string, other: string): boolean {
  return one === other || digestSecret(one) === digestSecret(other);
}
