import { ownText } from './own-text.js';

/** Longest property name, string value and event name, in characters (T-11, T-12). */
export const MAX_TEXT_COUNT = 255;

/** Properties cut to what the service keeps, and the names of those that were cut. */
export interface CutProperties {
  readonly properties: Readonly<Record<string, unknown>>;
  readonly cutNames: readonly string[];
}

/** Cuts names and string values to 255 characters; what fits is passed on as it is. */
export function cutProperties(properties: Readonly<Record<string, unknown>>): CutProperties {
  const cutNames: string[] = [];
  for (const name in properties) {
    const value = properties[name];
    if (isTooLong(name) || (typeof value === 'string' && isTooLong(value))) {
      cutNames.push(cutText(name));
    }
  }
  if (cutNames.length === 0) {
    return { properties, cutNames };
  }
  const entries = Object.entries(properties).map(([name, value]) => [
    cutText(name),
    typeof value === 'string' ? cutText(value) : value,
  ]);
  return { properties: Object.fromEntries(entries) as Record<string, unknown>, cutNames };
}

/** Whether a text has more than 255 characters; a pair of surrogates counts as one. */
export function isTooLong(text: string): boolean {
  return text.length > MAX_TEXT_COUNT && cutEnd(text) < text.length;
}

/** The first 255 characters; a pair of surrogates counts as one and is never parted. */
export function cutText(text: string): string {
  return text.length <= MAX_TEXT_COUNT ? text : ownText(text.slice(0, cutEnd(text)));
}

/** Where the 255th character ends; looks at no more of the text than that. */
function cutEnd(text: string): number {
  let end = 0;
  for (let count = 0; count < MAX_TEXT_COUNT && end < text.length; count++) {
    end += (text.codePointAt(end) ?? 0) > 0xff_ff ? 2 : 1;
  }
  return end;
}
