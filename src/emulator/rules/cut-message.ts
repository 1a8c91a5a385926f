import { ownText } from './own-text.js';

/** Characters of a message that are kept: names and ids in it come from whoever sends, and may be as long as a body. */
const MAX_MESSAGE_COUNT = 2_000;

/** A message without the rest of what is too long to be read. */
export function cutMessage(message: string): string {
  return ownText(
    message.length <= MAX_MESSAGE_COUNT ? message : `${message.slice(0, MAX_MESSAGE_COUNT)}…`,
  );
}
