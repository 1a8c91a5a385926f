import type { Warning } from '../../emulator/emulator-state.js';
import type { Model } from './model.js';
import type { Row } from './row.js';

/** How often one thing happened, and to which events. */
export interface Tally {
  readonly code: string;
  readonly count: number;
  /** The newest occurrence in words; empty for what is explained by its code alone. */
  readonly message: string;
  /** The events it happened to, oldest first. */
  readonly seqs: readonly number[];
}

interface Occurrence {
  readonly code: string;
  readonly message: string;
  readonly seq: number | null;
}

function tally(occurrences: Iterable<Occurrence>): Tally[] {
  const tallies = new Map<string, { count: number; message: string; seqs: number[] }>();
  for (const { code, message, seq } of occurrences) {
    const known = tallies.get(code) ?? { count: 0, message, seqs: [] };
    known.count += 1;
    known.message = message;
    if (seq !== null) known.seqs.push(seq);
    tallies.set(code, known);
  }
  return [...tallies]
    .map(([code, entry]) => ({ code, ...entry }))
    .sort((a, b) => b.count - a.count);
}

/** How many things there are to look at: dropped records, and warnings that do not only repeat why. */
export function problemCount({ rows, warnings }: Pick<Model, 'rows' | 'warnings'>): number {
  const drops = tallyDrops(rows);
  return [...drops, ...tallyWarnings(warnings, drops)].reduce((sum, entry) => sum + entry.count, 0);
}

/** Dropped records by reason, the most frequent first. */
export function tallyDrops(rows: readonly Row[]): Tally[] {
  const drops = rows.flatMap(({ dropReason, seq }): Occurrence[] =>
    dropReason === undefined ? [] : [{ code: dropReason, message: '', seq }],
  );
  return tally(drops);
}

/** Warnings by code, the most frequent first; without those that only repeat why a record was dropped. */
export function tallyWarnings(warnings: readonly Warning[], drops: readonly Tally[]): Tally[] {
  const dropCodes = new Set(drops.map(({ code }) => code));
  return tally(warnings.filter(({ code }) => !dropCodes.has(code)));
}
