/**
 * The same text with memory of its own. What an engine cuts out of a text may keep all of it in memory: a word of a body
 * of 10 MB would cost 10 MB for as long as the word is kept.
 */
export function ownText(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}
