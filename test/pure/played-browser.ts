import * as fc from 'fast-check';

import { createEventBuilder, type BeforeSend } from '../../src/event/event-builder.js';
import { createRecordMaker } from '../../src/event/record.js';
import { newInsertId } from '../../src/ids.js';
import { createIdentity } from '../../src/identity/identity.js';
import { identityProperties } from '../../src/identity/identity-properties.js';
import { fakeBrowser, nextDeviceId, type SystemName } from './identity-lab.js';

/** The token of everything that is played. */
export const TOKEN = 'T';
const USERS = ['ann', 'ben', 'cleo'];
const TAB_COUNT = 3;

/** What people, pages and browsers do. Everything happens in the tab that was last switched to. */
export type Step =
  | { readonly kind: 'track'; readonly fate: 'kept' | 'dropped' | 'failed' }
  | { readonly kind: 'identify'; readonly user: string }
  | { readonly kind: 'identify-badly'; readonly id: unknown }
  | { readonly kind: 'reset' }
  | { readonly kind: 'alias' }
  | { readonly kind: 'end-task' }
  | { readonly kind: 'reload'; readonly lostPlace: number | null }
  | { readonly kind: 'switch'; readonly tab: number };

const always = <Kind extends string>(kind: Kind) => fc.constant({ kind });
/** Any of them. */
export const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('track' as const),
      fate: fc.constantFrom(
        'kept' as const,
        'kept' as const,
        'dropped' as const,
        'failed' as const,
      ),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('identify' as const),
      user: fc.constantFrom(...USERS),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('identify-badly' as const),
      id: fc.constantFrom<unknown>(undefined, null, '', 'null', 7, '$device:x'),
    }),
  },
  { weight: 3, arbitrary: always('reset') },
  { weight: 1, arbitrary: always('alias') },
  { weight: 2, arbitrary: always('end-task') },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('reload' as const),
      lostPlace: fc.constantFrom(null, null, 0, 1),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('switch' as const),
      tab: fc.nat({ max: TAB_COUNT - 1 }),
    }),
  },
);

/** The time of one person at one browser, between two sign-outs; whose it is may turn out later. */
export interface Sitting {
  owner: string;
}

/** One browser with the client's identity and events in each tab, and who made each event. */
export function playBrowser(system: SystemName, steps: readonly Step[], number: number) {
  const browser = fakeBrowser();
  const payloads: string[] = [];
  const makers = new Map<string, Sitting>();
  const newSitting = (): Sitting => ({ owner: `sitting ${number}.${count}` });
  let user: string | undefined;
  let count = 0;
  let sitting = newSitting();

  const sitDown = () => {
    count++;
    user = undefined;
    sitting = newSitting();
  };
  const keep = (record: { id: string; payload: string } | undefined) => {
    if (!record) return false;
    payloads.push(record.payload);
    makers.set(record.id, sitting);
    return true;
  };

  const openTab = () => {
    let fate: 'kept' | 'dropped' | 'failed' = 'kept';
    let tasks: (() => void)[] = [];
    const beforeSend: BeforeSend = (draft) => {
      if (fate === 'failed') throw new Error('a hook that fails');
      return fate === 'dropped' ? null : draft;
    };
    const report = () => undefined;
    const build = createEventBuilder({
      token: TOKEN,
      makeRecord: createRecordMaker(newInsertId, report),
      nowMs: Date.now,
      underlay: () => ({}),
      beforeSend,
      report,
    });
    const identity = createIdentity({
      idMerge: system,
      places: browser.places,
      newDeviceId: nextDeviceId,
      nowMs: () => ++browser.nowMs,
      afterTask: (work) => void tasks.push(work),
      send: (event, properties, record) =>
        void keep(build(event, undefined, identityProperties(record), properties)),
      onReset: () => undefined,
      report,
    });
    return {
      identity,
      track(chosen: typeof fate) {
        fate = chosen;
        const record = identity.current();
        if (keep(build('Clicked', {}, identityProperties(record)))) identity.tracked(record);
        // The tracker's own events meet the same hook.
        fate = chosen;
      },
      endTask() {
        while (tasks.length > 0) tasks.splice(0).forEach((work) => work());
        tasks = [];
      },
    };
  };

  const tabs = Array.from({ length: TAB_COUNT }, openTab);
  let current = 0;
  const tab = () => tabs[current] ?? openTab();

  const take = (next: Step): void => {
    switch (next.kind) {
      case 'track':
        return tab().track(next.fate);
      case 'identify': {
        const id = `${next.user}-${number}`;
        // What the client itself sends at a change of user is still of the one who leaves.
        const before = payloads.length;
        if (user !== undefined && user !== id) {
          const left = sitting;
          sitDown();
          const arrived = sitting;
          sitting = left;
          tab().identity.identify(id);
          sitting = arrived;
          for (const payload of payloads.slice(before)) assign(payload, id, left, arrived);
        } else tab().identity.identify(id);
        user = id;
        sitting.owner = id;
        return undefined;
      }
      case 'identify-badly':
        return void tab().identity.identify(next.id);
      case 'reset':
        tab().identity.reset();
        return sitDown();
      case 'alias':
        return tab().identity.alias(`alias-${number}.${++count}`);
      case 'end-task':
        return tab().endTask();
      case 'reload': {
        tab().endTask();
        const place = next.lostPlace === null ? undefined : browser.places[next.lostPlace];
        if (place) place.texts = [];
        tabs[current] = openTab();
        // A page looks who it is as soon as it tracks; a lost copy is healed then.
        return void tab().identity.current();
      }
      case 'switch':
        tab().endTask();
        current = next.tab;
        return undefined;
    }
  };
  const assign = (payload: string, id: string, left: Sitting, arrived: Sitting) => {
    const { properties } = JSON.parse(payload) as { properties: Record<string, string> };
    makers.set(properties['$insert_id'] ?? '', properties['$user_id'] === id ? arrived : left);
  };

  for (const next of steps) take(next);
  // Whoever signed in last also does something: until then Simplified cannot know (ID-3).
  tab().track('kept');
  tab().endTask();
  return { payloads, makers };
}
