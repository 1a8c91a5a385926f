/**
 * An id as the service compares it: a string as it is, a number or boolean as its text, anything else as its JSON
 * (ID-5). Missing, null: `undefined`.
 */
export function idText(value: unknown): string | undefined {
  if (value === undefined || value === null) {
    return undefined;
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
