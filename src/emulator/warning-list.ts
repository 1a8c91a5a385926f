import type { Warning } from './emulator-state.js';

/** Warnings of one code that are kept; a page of the same mistake a million times over helps nobody. */
const MAX_PER_CODE_COUNT = 1_000;

/** Collects what the service would have swallowed. */
export interface WarningList {
  /** Adds a warning, until its code has been seen 1,000 times: the last one kept says that more follow unlisted. */
  add(code: string, message: string, seq: number | null): void;
  all(): readonly Warning[];
  clear(): void;
}

/** An empty list that hands each new warning to `onWarning`. */
export function createWarningList(onWarning: (warning: Warning) => void): WarningList {
  const warnings: Warning[] = [];
  const counts = new Map<string, number>();
  return {
    add(code, message, seq) {
      const count = (counts.get(code) ?? 0) + 1;
      counts.set(code, count);
      if (count > MAX_PER_CODE_COUNT) {
        return;
      }
      const last =
        count === MAX_PER_CODE_COUNT ? ' Further warnings of this kind are not listed.' : '';
      const warning = { code, message: message + last, seq };
      warnings.push(warning);
      onWarning(warning);
    },
    all: () => warnings,
    clear() {
      warnings.length = 0;
      counts.clear();
    },
  };
}
