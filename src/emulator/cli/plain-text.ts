/** C0, DEL and C1: what a terminal obeys instead of showing it. */
const CONTROL_CHARACTERS = /\p{Cc}/gu;

/** Text from elsewhere, fit for a line of a terminal: every control character becomes U+FFFD. */
export function plainText(text: string): string {
  return text.replace(CONTROL_CHARACTERS, '\uFFFD');
}
