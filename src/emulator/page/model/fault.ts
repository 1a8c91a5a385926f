/** A fault as `POST /_emulator/faults` takes it. */
export interface Fault {
  readonly path?: string;
  readonly status?: number;
  readonly retryAfter?: number;
  readonly delayMs?: number;
  readonly cut?: 'before' | 'after';
  readonly body?: string;
  readonly times?: number;
}

const NUMBERS = ['status', 'retryAfter', 'delayMs', 'times'] as const;

/** Makes a fault of what was filled in; empty fields are left out, and what is not a number is left to the emulator to refuse. */
export function faultOf(field: (name: keyof Fault) => string): Fault {
  const numbers = NUMBERS.filter((name) => field(name) !== '').map(
    (name) => [name, Number(field(name))] as const,
  );
  const cut = field('cut');
  return {
    ...(field('path') && { path: field('path') }),
    ...Object.fromEntries(numbers),
    ...(field('body') && { body: field('body') }),
    ...((cut === 'before' || cut === 'after') && { cut }),
  };
}

/** A fault in words: `/track answers 503, twice`. */
export function faultText({ path, status, retryAfter, delayMs, cut, body, times }: Fault): string {
  const parts = [
    status !== undefined && `answers ${status}`,
    retryAfter !== undefined && `Retry-After ${retryAfter} s`,
    delayMs !== undefined && `waits ${delayMs} ms`,
    cut && `cuts the connection ${cut} storing`,
    body !== undefined && 'with a body of its own',
    times === undefined ? 'until cleared' : `${times} times`,
  ];
  return `${path ?? 'Every path'}: ${parts.filter(Boolean).join(', ')}`;
}
