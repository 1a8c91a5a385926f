import type { StoredEvent } from '../../src/emulator/index.js';
import type { TrackerError, TrackerOptions } from '../../src/index.js';
import type { Lab, Tab } from '../support/lab.js';
import '../support/page-globals.js';

declare global {
  /** What `onError` of the page's tracker was told. */
  var told: TrackerError[];
}

/** The ID Merge systems, to run a test in both. */
export const SYSTEMS = ['simplified', 'original'] as const;
export type SystemName = (typeof SYSTEMS)[number];

/** Creates the page's tracker. For `tab.eval`. */
export const createHere = (options: TrackerOptions): void => {
  globalThis.told = [];
  globalThis.tracker = createTracker('T', { ...options, onError: (error) => told.push(error) });
};

/** Opens a page, or goes to another one, with a tracker on it. */
export async function visit(
  lab: Lab,
  system: SystemName,
  { tab, url, options }: { tab?: Tab; url?: string; options?: TrackerOptions } = {},
): Promise<Tab> {
  const visited = tab ?? (await lab.tab(url));
  if (tab) await tab.goto(url ?? '/blank.html');
  await visited.eval(createHere, { apiHost: lab.net.url, idMerge: system, ...options });
  return visited;
}

/** From the next document on, reaching for this storage throws, as where the browser denies it. */
export async function deny(tab: Tab, what: readonly ('cookie' | 'localStorage')[]): Promise<void> {
  if (!tab.page) throw new Error('This spec runs where Playwright drives the page.');
  await tab.page.addInitScript((denied) => {
    const refuse = () => {
      throw new DOMException('denied', 'SecurityError');
    };
    if (denied.includes('localStorage'))
      Object.defineProperty(window, 'localStorage', { get: refuse });
    if (denied.includes('cookie'))
      Object.defineProperty(document, 'cookie', { get: refuse, set: refuse });
  }, what);
}

/** Who the page's tracker says this is. */
export const whoIs = (tab: Tab) =>
  tab.eval(() => ({
    deviceId: tracker.deviceId,
    userId: tracker.userId ?? null,
    distinctId: tracker.distinctId,
  }));

/** The codes that the page was told. */
export const toldIn = (tab: Tab) => tab.eval(() => told.map(({ code }) => code));

/** Sends what is queued, wherever the tracker is. */
export const flush = (tab: Tab) => tab.until(async () => (await tracker.flush()).kept === 0);

/** Events of the page, without those that a tracker sends itself, by name with the id they count under now. */
export async function peopleByEvent(lab: Lab): Promise<Record<string, string>> {
  const { events } = await lab.emulator.state();
  return Object.fromEntries(
    ordinary(events)
      .filter(({ duplicateOf }) => duplicateOf === null)
      .map(({ event, distinctId }) => [event, distinctId]),
  );
}

const OWN_EVENTS = ['$identify', '$create_alias', 'Identified'];
export const ordinary = (events: readonly StoredEvent[]): StoredEvent[] =>
  events.filter(({ event }) => !OWN_EVENTS.includes(event));

/**
 * The partition of events by the person they count under: names of events, in groups. Which id of a person it is says
 * nothing in Original, where any member may be canonical (ID-41).
 */
export async function groups(lab: Lab): Promise<string[][]> {
  const byPerson = new Map<string, string[]>();
  for (const [event, id] of Object.entries(await peopleByEvent(lab)))
    byPerson.set(id, [...(byPerson.get(id) ?? []), event].toSorted());
  return [...byPerson.values()].toSorted((a, b) => String(a).localeCompare(String(b)));
}

/** The failures of identity that the service noted: none, if the client did well. */
export async function failures(lab: Lab): Promise<unknown[]> {
  const { events, dropped } = await lab.emulator.state();
  const reasons = events.flatMap(({ properties }) => [
    properties['$identity_failure_reason'],
    properties['$failure_reason'],
  ]);
  return [...reasons.filter((reason) => reason !== undefined), ...dropped];
}

/** All ids of the person of an event, in the order of the alphabet. */
export async function idsOf(lab: Lab, event: string): Promise<string[]> {
  const { clusters } = await lab.emulator.state();
  const id = (await peopleByEvent(lab))[event] ?? '';
  return clusters.find(({ ids }) => ids.includes(id))?.ids.toSorted() ?? [];
}
