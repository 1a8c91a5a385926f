import { attempt } from './attempt.js';
import type { DropReason, ErrorCode, Report, TrackerError } from './errors.js';

/** What is printed: nothing, or every code once a page. */
export type LogLevel = 'silent' | 'warn';

const printed = new Set<ErrorCode>();

/** A value that cannot be told as text, such as an object without a prototype, is named by its type. */
export const asText = (detail: unknown): string =>
  attempt(() => String(detail).slice(0, 200)) ?? typeof detail;

/** How many records ended without being delivered, by reason. */
export type DropCounts = Partial<Record<DropReason, number>>;

/** Hands every report to `onError`, prints each code once a page, and counts what was dropped. */
export function createReporter(
  onError: ((error: TrackerError) => void) | undefined,
  logLevel: LogLevel,
  dropped: DropCounts,
): Report {
  const print = (code: ErrorCode, detail: string): void => {
    if (logLevel === 'silent' || printed.has(code)) return;
    printed.add(code);
    try {
      console.warn(`[waymark] ${code}: ${detail}`);
    } catch {
      // A console that the page replaced; onError is told all the same.
    }
  };
  return (code, detail, dropCount) => {
    if (dropCount) dropped[code as DropReason] = (dropped[code as DropReason] ?? 0) + dropCount;
    const told = asText(detail);
    print(code, told);
    // An async function, so that what an async `onError` throws does not get away either.
    const tell = async (): Promise<void> => onError?.({ code, detail: told });
    tell().catch((error: unknown) => print('internal', `onError: ${asText(error)}`));
  };
}
