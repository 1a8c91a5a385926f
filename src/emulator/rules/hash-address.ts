import { createHash } from 'node:crypto';

/** What stands in for a missing distinct id: a hash of the sender's address (T-17). */
export function hashAddress(address: string): string {
  return createHash('sha256').update(address).digest('hex').slice(0, 32);
}
