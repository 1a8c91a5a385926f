import { attempt } from './attempt.js';
import type { Report } from './errors.js';

/** Wraps a function so that it never throws into the page; a fault is reported and `undefined` returned. */
export type Guard = <A extends unknown[], R>(
  work: (...args: A) => R,
) => (...args: A) => R | undefined;

/** The never-throw boundary: every public method, DOM listener and timer of the tracker goes through it. */
export function createGuard(report: Report): Guard {
  return (work) =>
    (...args) =>
      attempt(
        () => work(...args),
        (error) => void report('internal', error),
      );
}
