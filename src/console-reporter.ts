import type { ErrorCode, Report, TrackerError } from './errors.js';

/** What is printed: nothing, or every code once a page. */
export type LogLevel = 'silent' | 'warn';

const printed = new Set<ErrorCode>();

function asText(detail: unknown): string {
  try {
    return String(detail).slice(0, 200);
  } catch {
    // A value that cannot be told as text, such as an object without a prototype, is named by its type.
    return typeof detail;
  }
}

/** Hands every report to `onError` and prints each code once a page. */
export function createReporter(
  onError: ((error: TrackerError) => void) | undefined,
  logLevel: LogLevel,
): Report {
  const print = (code: ErrorCode, detail: string): void => {
    if (logLevel === 'silent' || printed.has(code)) return;
    printed.add(code);
    console.warn(`[waymark] ${code}: ${detail}`);
  };
  return (code, detail) => {
    const told = asText(detail);
    print(code, told);
    try {
      onError?.({ code, detail: told });
    } catch (error) {
      print('internal', `onError: ${asText(error)}`);
    }
  };
}
