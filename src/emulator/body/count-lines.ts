const LINE_FEED = 0x0a;
/** Tab, vertical tab, form feed, carriage return and space, as `trim` takes them off. */
const BLANKS: ReadonlySet<number> = new Set([0x09, 0x0b, 0x0c, 0x0d, 0x20]);

/** Lines of a body that are not blank, counted without reading what is in them. */
export function countLines(body: Buffer): number {
  let count = 0;
  let isBlank = true;
  for (const byte of body) {
    if (byte === LINE_FEED) {
      isBlank = true;
    } else if (isBlank && !BLANKS.has(byte)) {
      isBlank = false;
      count++;
    }
  }
  return count;
}
