/** Values that are no id but the trace of a mistake, as /import refuses them (I-10). */
export const PLACEHOLDER_IDS: readonly string[] = [
  '00000000-0000-0000-0000-000000000000',
  'anon',
  'anonymous',
  'nil',
  'none',
  'null',
  'n/a',
  'na',
  'undefined',
  'unknown',
  '<nil>',
  '0',
  '-1',
  'true',
  'false',
  '[]',
  '{}',
];

const LOOKUP: ReadonlySet<string> = new Set(PLACEHOLDER_IDS);

/** Whether an id is one of the seventeen placeholders, in any letter case. */
export function isPlaceholderId(id: string): boolean {
  return LOOKUP.has(id.toLowerCase());
}
