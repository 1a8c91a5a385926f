import { trimSlash } from '../body/trim-slash.js';
import type { Fault } from './fault.js';

/** The faults that are set. */
export interface FaultList {
  /** Replaces all of them. */
  replace(faults: readonly Fault[]): void;
  /** The first fault for a path, counted as used. */
  take(path: string): Fault | undefined;
}

/** No faults. */
export function createFaultList(): FaultList {
  let active: { readonly fault: Fault; left: number }[] = [];
  return {
    replace(faults) {
      active = faults.map((fault) => ({ fault, left: fault.times ?? Infinity }));
    },
    take(path) {
      const found = active.find(
        ({ fault }) => fault.path === undefined || trimSlash(fault.path) === trimSlash(path),
      );
      if (!found) {
        return undefined;
      }
      found.left--;
      if (found.left === 0) {
        active = active.filter((each) => each !== found);
      }
      return found.fault;
    },
  };
}
