/** Properties of an event (T-10: "fewer than 255"). */
const MAX_PROPERTY_COUNT = 254;
/** Entries of one list or one nested object (T-10). */
const MAX_ENTRY_COUNT = 254;
/** Levels of objects inside a property (T-10). */
const MAX_DEPTH_COUNT = 3;
/** A list or object in an event, as JSON (T-11). */
const MAX_LIST_BYTES = 8 * 1024;
const LONE_SURROGATE = /\p{Surrogate}/u;

/** A property that is outside of the limits. */
export interface ShapeProblem {
  /** Name of the property; empty for the event as a whole. */
  readonly name: string;
  readonly problem: string;
}

/** What the limits of section 1.3 say against an event's properties. Empty nearly always. */
export function findShapeProblems(
  properties: Readonly<Record<string, unknown>>,
): readonly ShapeProblem[] {
  const problems: ShapeProblem[] = [];
  let count = 0;
  for (const name in properties) {
    count++;
    const problem = findValueProblem(name, properties[name]);
    if (problem !== undefined) {
      problems.push({ name, problem });
    }
  }
  if (count > MAX_PROPERTY_COUNT) {
    problems.push({ name: '', problem: 'must have fewer than 255 properties' });
  }
  return problems;
}

function findValueProblem(name: string, value: unknown): string | undefined {
  if (typeof value === 'string') {
    return LONE_SURROGATE.test(value) ? 'string should be valid utf8' : undefined;
  }
  if (typeof value !== 'object' || value === null) {
    return LONE_SURROGATE.test(name) ? 'name should be valid utf8' : undefined;
  }
  return (
    findNestedProblem(value, 1) ??
    (Buffer.byteLength(JSON.stringify(value)) > MAX_LIST_BYTES
      ? 'must be smaller than 8 KB as JSON'
      : undefined)
  );
}

function findNestedProblem(value: object, depth: number): string | undefined {
  const isList = Array.isArray(value);
  const entries: readonly unknown[] = isList ? value : Object.values(value);
  if (entries.length > MAX_ENTRY_COUNT) {
    return isList ? 'must have fewer than 255 elements' : 'must have fewer than 255 nested keys';
  }
  if (depth > MAX_DEPTH_COUNT) {
    return 'must not be nested deeper than 3 levels';
  }
  for (const entry of entries) {
    if (typeof entry === 'string' && LONE_SURROGATE.test(entry)) {
      return 'string should be valid utf8';
    }
    const problem =
      typeof entry === 'object' && entry !== null
        ? findNestedProblem(entry, isList ? depth : depth + 1)
        : undefined;
    if (problem !== undefined) {
      return problem;
    }
  }
  return undefined;
}
