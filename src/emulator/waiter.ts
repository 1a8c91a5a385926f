import type { Control } from './control.js';
import type { EmulatorState, StoredEvent } from './emulator-state.js';

/** How long to wait. */
export interface WaitOptions {
  /** @default 10000 */
  readonly timeoutMs?: number;
}

/** Waits for what arrives, woken by arrivals and never by the clock. */
export interface Waiter {
  waitForEvents(count: number, options?: WaitOptions): Promise<readonly StoredEvent[]>;
  waitFor(
    isWanted: (state: EmulatorState) => boolean,
    options?: WaitOptions,
  ): Promise<EmulatorState>;
}

const DEFAULT_TIMEOUT_MS = 10_000;

/** A waiter on one emulator. */
export function createWaiter(control: Control): Waiter {
  /** Tries now and after every batch of messages; rejects with what `explain` says when time is up. */
  const wake = <Result>(
    attempt: () => Result | undefined,
    explain: (timeoutMs: number) => string,
    { timeoutMs = DEFAULT_TIMEOUT_MS }: WaitOptions,
  ): Promise<Result> =>
    new Promise((resolve, reject) => {
      let isScheduled = false;
      const settle = (finish: () => void): void => {
        unsubscribe();
        clearTimeout(timer);
        finish();
      };
      const tryNow = (): void => {
        isScheduled = false;
        try {
          const result = attempt();
          if (result !== undefined) {
            settle(() => resolve(result));
          }
        } catch (cause) {
          settle(() => reject(cause));
        }
      };
      const unsubscribe = control.hub.subscribe(() => {
        if (!isScheduled) {
          isScheduled = true;
          setImmediate(tryNow);
        }
      });
      const timer = setTimeout(
        () => settle(() => reject(new Error(explain(timeoutMs)))),
        timeoutMs,
      );
      tryNow();
    });

  const uniqueEvents = (): readonly StoredEvent[] =>
    control.state().events.filter((event) => event.duplicateOf === null);

  return {
    waitForEvents: (count, options = {}) =>
      wake(
        () => (control.ledger().store.uniqueCount() >= count ? uniqueEvents() : undefined),
        (timeoutMs) => explainMissing(count, timeoutMs, control.state()),
        options,
      ),
    waitFor: (isWanted, options = {}) =>
      wake(
        () => {
          const state = control.state();
          return isWanted(state) ? state : undefined;
        },
        (timeoutMs) =>
          `The state was not as wanted within ${timeoutMs} ms. ${summary(control.state())}`,
        options,
      ),
  };
}

function explainMissing(count: number, timeoutMs: number, state: EmulatorState): string {
  const came = state.events.filter((event) => event.duplicateOf === null).length;
  return `Only ${came} of ${count} events came within ${timeoutMs} ms. ${summary(state)}`;
}

function summary({ events, dropped, requests }: EmulatorState): string {
  const names = events.map(({ event, duplicateOf }) =>
    duplicateOf === null ? event : `${event} (replaced)`,
  );
  const refusals = dropped.map(({ event, reason }) => `${event} (${reason})`);
  return `Stored: ${names.join(', ') || 'none'}. Dropped: ${refusals.join(', ') || 'none'}. Requests: ${requests.length}.`;
}
