import { cutMessage } from '../rules/cut-message.js';
import type { Warning } from '../emulator-state.js';

/** Warnings of one code that are kept; a page of the same mistake a million times over helps nobody. */
const MAX_PER_CODE_COUNT = 1_000;

/** A warning as it is kept: one about a profile with the id that the update was sent to, to be found by. */
export interface KeptWarning {
  readonly warning: Warning;
  readonly distinctId: string | undefined;
}

/** Collects what the service would have swallowed. */
export interface WarningList {
  /** Adds a warning, with the id of the profile where it is about one. Of each code the latest 1,000 are kept. */
  add(code: string, message: string, seq?: number, distinctId?: string): void;
  /** Those that are kept, in order of their arrival. */
  all(): readonly KeptWarning[];
  clear(): void;
}

interface NumberedWarning extends KeptWarning {
  readonly number: number;
}

/** An empty list that hands each new warning to `onWarning`. */
export function createWarningList(onWarning: (warning: Warning) => void): WarningList {
  const byCode = new Map<string, NumberedWarning[]>();
  let lastNumber = 0;
  return {
    add(code, message, seq, distinctId) {
      // oxlint-disable-next-line unicorn/no-null -- JSON
      const warning = { code, message: cutMessage(message), seq: seq ?? null };
      const same = byCode.get(code) ?? [];
      byCode.set(code, same);
      same.push({ number: ++lastNumber, warning, distinctId });
      if (same.length > MAX_PER_CODE_COUNT) {
        same.shift();
      }
      onWarning(warning);
    },
    all: () => [...byCode.values()].flat().sort((a, b) => a.number - b.number),
    clear: () => byCode.clear(),
  };
}
