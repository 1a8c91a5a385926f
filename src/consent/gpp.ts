import { follow, onceLoaded } from './follow.js';
import type { ConsentSource } from './source.js';

type Section = Readonly<Record<string, unknown>>;

/** What is read of the ping data. */
interface GppPing {
  readonly signalStatus: string;
  /** Ids of the sections in force; `[-1]` is none. */
  readonly applicableSections: readonly number[];
  /** Fields by section; some managers split a section into a list of segments. */
  readonly parsedSections: Readonly<Record<string, Section | readonly Section[]>>;
}

interface GppEvent {
  readonly listenerId: number;
  readonly pingData: GppPing;
}

declare const __gpp: (
  command: string,
  callback: (event: GppEvent | null, isSuccess: boolean) => void,
  parameter?: unknown,
) => void;

/** Sections below this id are the consent strings of the EU and of Canada, which have no opt-outs. */
const FIRST_US_SECTION = 6;
/** `applicableSections` where no section is in force. */
const NONE = -1;
const OPTED_OUT = 1;

/** Which opt-outs count as a refusal, and what holds where no law applies. */
export interface GppOptions {
  /**
   * Fields of the US sections that refuse when they say "opted out".
   *
   * @default /OptOut$/ `SaleOptOut`, `SharingOptOut`, `TargetedAdvertisingOptOut`
   */
  readonly optOuts?: RegExp;
  /**
   * What holds where the manager says that no section applies to the visitor: `true` grants. Set it when the manager
   * also covers the visitors of Europe.
   *
   * @default undefined The choice is open.
   */
  readonly elsewhere?: boolean;
}

/**
 * IAB Tech Lab's Global Privacy Platform 1.1, for the laws of the US states: granted until the visitor opts out, as soon
 * as the signal is ready. The sections of the EU and of Canada are left open: `tcf()` reads those.
 */
export const gpp = ({ optOuts = /OptOut$/, elsewhere }: GppOptions = {}): ConsentSource =>
  follow<GppPing>(
    (ping) => {
      if (ping.signalStatus !== 'ready') return undefined;
      const lowest = Math.min(...ping.applicableSections);
      if (lowest === NONE) return elsewhere;
      const fields = Object.values(ping.parsedSections)
        .flat()
        .flatMap(Object.entries)
        .filter(([name]) => optOuts.test(name));
      // Without sections in force the lowest is infinite.
      return lowest >= FIRST_US_SECTION && lowest < Infinity && fields.length
        ? fields.every(([, answer]) => answer !== OPTED_OUT)
        : undefined;
    },
    onceLoaded((look, signal) => {
      let listenerId: unknown;
      __gpp('addEventListener', (event, isSuccess) => {
        listenerId = event?.listenerId;
        look((isSuccess && event?.pingData) as GppPing);
      });
      signal.onabort = () => __gpp('removeEventListener', () => undefined, listenerId);
    }),
  );
