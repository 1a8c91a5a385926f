import { ERROR_TEXTS, type ErrorCode, type Report, type TrackerError } from './errors.js';

/** What is printed: nothing, or every code once a page. */
export type LogLevel = 'silent' | 'warn';

const printed = new Set<ErrorCode>();

function asText(detail: unknown): string | undefined {
  try {
    return detail === undefined ? undefined : String(detail).slice(0, 200);
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
  const print = (code: ErrorCode, message: string): void => {
    if (logLevel === 'silent' || printed.has(code)) return;
    printed.add(code);
    console.warn(`[waymark] ${message} (${code})`);
  };
  return (code, detail) => {
    const told = asText(detail);
    const message = ERROR_TEXTS[code] + (told === undefined ? '' : `: ${told}`);
    print(code, message);
    try {
      onError?.({ code, message, ...(told !== undefined && { detail: told }) });
    } catch (error) {
      print('internal', `onError threw: ${asText(error)}`);
    }
  };
}
