import type { Fault } from '../../emulator/faults/fault.js';

const NUMBERS = ['status', 'retryAfter', 'delayMs', 'times'] as const;

/** The fields of the form, by the names of a fault's settings. */
export type FaultField = 'path' | 'cut' | (typeof NUMBERS)[number];

/** Makes a fault of what was filled in; empty fields are left out, and what is not a number is left to the emulator to refuse. */
export function faultOf(field: (name: FaultField) => string): Fault {
  const numbers = NUMBERS.filter((name) => field(name) !== '').map(
    (name) => [name, Number(field(name))] as const,
  );
  const cut = field('cut');
  return {
    ...(field('path') && { path: field('path') }),
    ...Object.fromEntries(numbers),
    ...((cut === 'before' || cut === 'after') && { cut }),
  };
}

/** A fault in words: `/track: answers 503, until cleared`. */
export function faultText({ path, status, retryAfter, delayMs, cut, times }: Fault): string {
  const parts = [
    status !== undefined && `answers ${status}`,
    retryAfter !== undefined && `Retry-After ${retryAfter} s`,
    delayMs !== undefined && `waits ${delayMs} ms`,
    cut && `cuts the connection ${cut} storing`,
    times === 1 ? 'once' : times === undefined ? 'until cleared' : `${times} times`,
  ];
  return `${path ?? 'Every path'}: ${parts.filter(Boolean).join(', ')}`;
}
