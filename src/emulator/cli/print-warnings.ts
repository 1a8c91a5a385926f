import type { Warning } from '../emulator-state.js';
import { plainText } from './plain-text.js';
import type { StreamHub } from '../stream/stream-hub.js';

/** Warnings of one kind that are printed; the page and the state have the rest. */
const MAX_PRINTED_COUNT = 5;
/** Naming them keeps the hub from making every event into a message that nobody reads. */
const HEARD = ['reset', 'warning', 'settled'] as const;

/**
 * Writes a line for each warning from here on, and says so where it leaves out further ones of a kind; another line
 * where one that was written no longer holds. Names and ids come from whoever sends to the emulator, any web page
 * included: they cannot steer the terminal.
 */
export function printWarnings(
  hub: Pick<StreamHub, 'subscribe'>,
  write: (line: string) => void,
): void {
  const counts = new Map<string, number>();
  const printed = new Set<string>();
  const print = (kind: string, { code, message }: Warning, end = ''): void =>
    write(`${plainText(`${kind} ${code}: ${message}`)}${end}\n`);

  hub.subscribe((message) => {
    if (message.type === 'reset') {
      counts.clear();
      printed.clear();
    }
    if (message.type === 'settled' && printed.delete(message.warning.message)) {
      print('no longer', message.warning);
    }
    if (message.type !== 'warning') {
      return;
    }
    const { warning } = message;
    const count = (counts.get(warning.code) ?? 0) + 1;
    counts.set(warning.code, count);
    if (count <= MAX_PRINTED_COUNT) {
      printed.add(warning.message);
      print(
        'warning',
        warning,
        count === MAX_PRINTED_COUNT ? ' (more of this kind are on the page)' : '',
      );
    }
  }, HEARD);
}
