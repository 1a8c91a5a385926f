import type { IdentitySystemName, Warning } from '../../emulator/emulator-state.js';
import { explainDrop } from './drop-reason.js';
import { explainRefusal } from './explanation.js';
import { failureCode, type Row } from './row.js';

/** Something about an event to look at: its code, why it is so, and what to change where that is a sentence of its own. */
export interface Notice {
  readonly code: string;
  readonly because: string;
  readonly change?: string;
}

/** Warnings that say in the emulator's words what a refused merge says with its code. */
const REFUSAL_WARNINGS: ReadonlySet<string> = new Set(['device-already-linked', 'merge-refused']);

/** What is to be said of an event, each thing once: a warning that names the ids goes before the general explanation. */
export function noticesOf(
  row: Row,
  warnings: readonly Warning[],
  system: IdentitySystemName,
): Notice[] {
  const refusal = failureCode(row);
  const dropWarning = warnings.find(({ code }) => code === row.dropReason);
  const refusalWarning =
    refusal === undefined ? undefined : warnings.find(({ code }) => REFUSAL_WARNINGS.has(code));
  const notices: Notice[] = [];
  if (row.dropReason !== undefined) {
    const said = dropWarning ? { because: dropWarning.message } : explainDrop(row.dropReason);
    notices.push({ code: row.dropReason, ...said });
  }
  if (refusal !== undefined) {
    const said = refusalWarning
      ? { because: refusalWarning.message }
      : explainRefusal(refusal, system);
    notices.push({ code: refusal, ...said });
  }
  for (const warning of warnings) {
    if (warning === dropWarning || warning === refusalWarning) continue;
    notices.push({ code: warning.code, because: warning.message });
  }
  return notices;
}
