const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
/** `[` and `{`, without the bit in which they differ. */
const OPEN = 0x5b;
const CLOSE = 0x5d;
const BRACE_BIT = 0x20;

/** Elements of the list that a JSON text holds, counted without reading them; 0 when it holds no list. */
export function countElements(text: string): number {
  const start = /^\s*\[/.exec(text)?.[0].length;
  if (start === undefined) {
    return 0;
  }
  let count = 1;
  let depth = 1;
  for (let index = start; index < text.length && depth > 0; index++) {
    const code = text.charCodeAt(index);
    if (code === QUOTE) {
      index = endOfText(text, index);
    } else if (code === COMMA) {
      count += depth === 1 ? 1 : 0;
    } else if ((code & ~BRACE_BIT) === OPEN) {
      depth++;
    } else if ((code & ~BRACE_BIT) === CLOSE) {
      depth--;
    }
  }
  return count;
}

/** Where the quotation mark stands that ends a text. */
function endOfText(text: string, start: number): number {
  let index = start + 1;
  while (index < text.length && text.charCodeAt(index) !== QUOTE) {
    index += text.charCodeAt(index) === BACKSLASH ? 2 : 1;
  }
  return index;
}
