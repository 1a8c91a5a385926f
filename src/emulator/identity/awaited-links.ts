import { cutMessage } from '../rules/cut-message.js';
import type { Warning } from '../emulator-state.js';
import type { PendingChange } from './identity-system.js';

/** Links that a `$identify` announced, which only an ordinary event with both ids makes (ID-20). */
export interface AwaitedLinks {
  /** Waits for the link of a device, from the record `seq` on. An earlier wait for it is over. */
  expect(device: string, user: string, seq: number): void;
  /** The device is linked, or was announced anew. */
  settle(device: string): void;
  /** Warnings of the links that are still awaited, the longest wait first. */
  all(): readonly Warning[];
  /** What came and went since this was asked last. What did both is left out. */
  takeChange(): PendingChange;
}

/** Nothing awaited. */
export function createAwaitedLinks(): AwaitedLinks {
  const awaited = new Map<string, Warning>();
  let arisen = new Set<Warning>();
  let settled: Warning[] = [];
  const settle = (device: string): void => {
    const warning = awaited.get(device);
    if (!warning) {
      return;
    }
    awaited.delete(device);
    if (!arisen.delete(warning)) {
      settled.push(warning);
    }
  };
  return {
    expect(device, user, seq) {
      settle(device);
      const warning: Warning = {
        code: 'identify-without-event',
        message: cutMessage(
          `"${user}" was identified on device "${device}", but no ordinary event with both ids has followed, so the two are not linked. Track one event after identify().`,
        ),
        seq,
      };
      awaited.set(device, warning);
      arisen.add(warning);
    },
    settle,
    all: () => [...awaited.values()],
    takeChange() {
      const change = { arisen: [...arisen], settled };
      arisen = new Set();
      settled = [];
      return change;
    },
  };
}
