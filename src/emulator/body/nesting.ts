/**
 * Levels of lists and objects that a body may have, its outermost one included. The limits of the service lie far below
 * (T-10); this one keeps what is stored from being too deep to be written out again.
 */
export const MAX_NESTING_COUNT = 64;

/** Whether a JSON value has more levels than are taken. Goes level by level: a deep value must not exhaust the stack. */
export function isTooDeep(value: unknown): boolean {
  let level = isNested(value) ? [value] : [];
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > MAX_NESTING_COUNT) {
      return true;
    }
    level = nextLevel(level);
  }
  return false;
}

function nextLevel(level: readonly object[]): object[] {
  const next: object[] = [];
  for (const parent of level) {
    const children: readonly unknown[] = Array.isArray(parent) ? parent : Object.values(parent);
    for (const child of children) {
      if (isNested(child)) {
        next.push(child);
      }
    }
  }
  return next;
}

function isNested(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
