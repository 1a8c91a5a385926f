import type { Fault } from '../../src/emulator/index.js';
import type { NetMode } from '../support/net.js';

/** Values that every page can hold, and that the service keeps as they are (T-11). */
export type Properties = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** One call of the client. `track` is made `count` times in a row. */
export type Call =
  | { readonly call: 'track'; readonly count: number; readonly properties: Properties }
  | { readonly call: 'identify'; readonly user: string }
  | { readonly call: 'reset' }
  | { readonly call: 'register' }
  | { readonly call: 'set' }
  | { readonly call: 'set group' }
  | { readonly call: 'increment'; readonly by: number };

/** Where a page goes in the task of its last call. */
export type Destination = 'stays' | 'client page' | 'plain page';

/**
 * One thing that people, pages, browsers, machines, networks or the service do. `tab` counts the open tabs, round and
 * round; where none is open, one is opened.
 */
export type Step =
  | {
      readonly kind: 'task';
      readonly tab: number;
      readonly calls: readonly Call[];
      readonly next: Destination;
      /** Whether the page tracks once more as it goes; nothing, where it stays. */
      readonly hasFarewell: boolean;
    }
  /** Another tab is brought to the front, the calls are made, and the tab comes back. */
  | { readonly kind: 'task while hidden'; readonly tab: number; readonly calls: readonly Call[] }
  | { readonly kind: 'flush'; readonly tab: number }
  | { readonly kind: 'open' }
  | { readonly kind: 'close'; readonly tab: number }
  | { readonly kind: 'reload'; readonly tab: number }
  | { readonly kind: 'kill page'; readonly tab: number }
  /** Another tab is brought to the front and the browser halts the page, until the tab is used again. */
  | { readonly kind: 'freeze'; readonly tab: number }
  | { readonly kind: 'kill browser' }
  | { readonly kind: 'offline'; readonly isOffline: boolean }
  | { readonly kind: 'net'; readonly mode: NetMode }
  /** `null`: the service is well again. */
  | { readonly kind: 'fault'; readonly fault: Fault | null }
  /** The machine's clock is off by so much from now on. */
  | { readonly kind: 'clock'; readonly offsetMs: number }
  | { readonly kind: 'disk'; readonly isFull: boolean };

/** What happens to one browser, from the first page to the last. */
export interface Schedule {
  readonly system: 'simplified' | 'original';
  readonly steps: readonly Step[];
}

/** A schedule as text, a line for each step. */
export const formatSchedule = ({ system, steps }: Schedule): string =>
  [`system: ${system}`, ...steps.map((step, index) => `${index + 1}. ${formatStep(step)}`)].join(
    '\n',
  );

function formatStep({ kind, ...rest }: Step): string {
  return Object.keys(rest).length ? `${kind} ${JSON.stringify(rest)}` : kind;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

/** How often a fault strikes, at most. */
const timesOf = ({ times = Infinity }: Fault): number => times;

/** How many answers to one kind of request may have been lost: what has no insert id may count once more for each. */
export const maxLostAnswersCount = ({ steps }: Schedule): number =>
  sum(
    steps.map((step) => {
      switch (step.kind) {
        case 'task':
          return Number(step.next !== 'stays');
        case 'close':
        case 'reload':
        case 'kill page':
        case 'freeze':
        case 'kill browser':
          return 1;
        case 'offline':
          return Number(step.isOffline);
        case 'net':
          return Number(step.mode !== 'pass');
        case 'fault':
          return step.fault && (step.fault.cut === 'after' || step.fault.cors === false)
            ? timesOf(step.fault)
            : 0;
        default:
          return 0;
      }
    }),
  );

/** How many requests may be refused by an answer whose HTTP status is that of success. */
export const maxRefusedWith200Count = ({ steps }: Schedule): number =>
  sum(
    steps.map((step) =>
      step.kind === 'fault' && step.fault?.status === 200 && typeof step.fault.body === 'object'
        ? timesOf(step.fault)
        : 0,
    ),
  );
