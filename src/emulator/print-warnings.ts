import { plainText } from './plain-text.js';
import type { StreamHub } from './stream-hub.js';

/** Warnings of one kind that are printed; the page and the state have the rest. */
const MAX_PRINTED_COUNT = 5;
/** Naming them keeps the hub from making every event into a message that nobody reads. */
const HEARD = ['reset', 'warning'] as const;

/**
 * Writes a line for each warning from here on, and says so where it leaves out further ones of a kind. Names and ids
 * come from whoever sends to the emulator, any web page included: they cannot steer the terminal.
 */
export function printWarnings(
  hub: Pick<StreamHub, 'subscribe'>,
  write: (line: string) => void,
): void {
  const printed = new Map<string, number>();
  hub.subscribe((message) => {
    if (message.type === 'reset') {
      printed.clear();
    }
    if (message.type !== 'warning') {
      return;
    }
    const { code, message: text } = message.warning;
    const count = (printed.get(code) ?? 0) + 1;
    printed.set(code, count);
    if (count <= MAX_PRINTED_COUNT) {
      const last = count === MAX_PRINTED_COUNT ? ' (more of this kind are on the page)' : '';
      write(`${plainText(`warning ${code}: ${text}`)}${last}\n`);
    }
  }, HEARD);
}
