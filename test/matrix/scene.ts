import type { TrackerOptions } from '../../src/index.js';
import type { Engine } from '../../scripts/browsers.mjs';
import type { EmulatorState, Fault } from '../../src/emulator/index.js';
import { expect, type Lab, type Tab } from '../support/lab.js';
import { trackSteps, type StepPlan } from '../support/steps.js';

/** Where a row of the matrix is staged. */
export interface Scene {
  readonly lab: Lab;
  /** Options of the trackers. */
  readonly options: TrackerOptions;
  /** Opens a tab with the client loaded and no tracker made yet. */
  open(path?: string): Promise<Tab>;
  /** Tracks that many steps in one task; their numbers go on from the last call. */
  track(tab: Tab, count: number, plan?: Partial<StepPlan>): Promise<void>;
  /** Makes the tab's tracker and waits until its database is open: what one step was needed for. Counts as a step. */
  warm(tab: Tab): Promise<void>;
  /** Network, emulator and pages are as they should be again. */
  mend(): Promise<void>;
}

/** One fault and what is promised in spite of it. */
export interface FaultRow {
  /** The fault, as it stands in the report. Unique. */
  readonly name: string;
  /** Steps that are tracked. */
  readonly tracked: number;
  /** Lives through it; resolves to the tabs that are still open, so that they can deliver what only they have. */
  stage(scene: Scene): Promise<readonly Tab[] | void>;
  /** Copies that may arrive beside, where the fault leaves open what arrived, so that sending again is right. @default 0 */
  readonly ambiguousCount?: number;
  /** Steps that end with a reason instead of being delivered. @default none */
  readonly dropped?: number;
  /** Steps that no client can save here, and why: it stands in the report. @default none */
  readonly unpromised?: { readonly count: number; readonly why: string };
  /** What the row may take, where that is more than any test may. */
  readonly limitMs?: number;
  /** The browser is killed and started again. */
  readonly isPersistent?: true;
  /** What the engine cannot stage, and why. */
  readonly cannot?: Readonly<Partial<Record<Engine, string>>>;
  /** More that must be true in the end. */
  check?(state: EmulatorState): void;
}

/** Why rows that kill one page exist in Chromium alone. */
export const NO_PAGE_KILL = {
  firefox: 'one page cannot be killed without the whole browser',
  webkit: 'one page cannot be killed without the whole browser',
} as const;

/** The service asks to be left alone for longer than any row takes. */
export const COME_BACK_LATER: Fault = {
  path: '/track',
  status: 503,
  retryAfter: 60,
  headers: { 'access-control-expose-headers': 'Retry-After' },
};

/** IndexedDB never answers. For `tab.eval`. */
export const hangDatabase = (): void => {
  IDBFactory.prototype.open = () => new EventTarget() as IDBOpenDBRequest;
};

/** IndexedDB throws. For `tab.eval`. */
export const denyDatabase = (): void => {
  Object.defineProperty(window, 'indexedDB', {
    get: () => {
      throw new DOMException('Denied', 'SecurityError');
    },
  });
};

/** Whatever was tracked before the visitor signed in as `user-1`, and after it, is that user's. For `check`. */
export function allOfOneUser({ events }: EmulatorState): void {
  expect(events.map(({ distinctId }) => distinctId)).toEqual(events.map(() => 'user-1'));
}

/** A scene in the lab. */
export function createScene(lab: Lab): Scene {
  const options: TrackerOptions = { apiHost: lab.net.url, logLevel: 'silent' };
  const names = new Map<Tab, string>();
  let next = 0;

  const track: Scene['track'] = async (tab, count, plan) => {
    const first = next;
    next += count;
    await tab.eval(trackSteps, { options, first, count, page: names.get(tab) ?? 'page', ...plan });
  };
  return {
    lab,
    options,
    track,
    async open(path) {
      const tab = await lab.tab(path);
      names.set(tab, `tab ${names.size + 1}`);
      return tab;
    },
    async warm(tab) {
      await track(tab, 1);
      await tab.until(() => tracker.stats().stored === 1);
    },
    async mend() {
      await lab.offline(false);
      await lab.emulator.faults([]);
      lab.site.answer('/blank.html');
      lab.site.answer('/mp/track/');
    },
  };
}
