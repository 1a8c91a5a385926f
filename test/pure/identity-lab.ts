import type { ErrorCode } from '../../src/errors.js';
import type { IdentityPlace } from '../../src/identity/cookie.js';
import { createIdentity, type IdentityPorts } from '../../src/identity/identity.js';
import { identityProperties } from '../../src/identity/identity-properties.js';
import type { IdentityRecord } from '../../src/identity/identity-record.js';

/** The ID Merge systems by the name that the option gives them. */
export type SystemName = IdentityPorts['idMerge'];

/** An event that a change of identity sends by itself. */
export interface IdentityEvent {
  readonly event: string;
  readonly properties: Readonly<Record<string, string>>;
}

/** A place that keeps texts in memory; tests reach into it as another tab, or a person, would. */
export interface FakePlace extends IdentityPlace {
  texts: string[];
  /** What a write does; a place that is denied forgets it. */
  isDenied: boolean;
}

export function fakePlace(...texts: string[]): FakePlace {
  const place: FakePlace = {
    texts,
    isDenied: false,
    read: () => (place.isDenied ? [] : place.texts),
    write: (text) => {
      if (!place.isDenied) place.texts = [text];
    },
  };
  return place;
}

/** One browser: what its tabs share, and a clock that only moves when told. */
export interface FakeBrowser {
  readonly places: FakePlace[];
  nowMs: number;
}

export const fakeBrowser = (places: FakePlace[] = [fakePlace(), fakePlace()]): FakeBrowser => ({
  places,
  nowMs: 1_000,
});

/** Device ids in the order they were made: `00000001-…`, `00000002-…`. */
let deviceCount = 0;
export const nextDeviceId = () =>
  `${String(++deviceCount).padStart(8, '0')}-0000-4000-8000-000000000000`;

/** Opens a page of the browser; `endTask` does what the browser does when a task is over. */
export function openPage(browser: FakeBrowser, system: SystemName = 'simplified') {
  const reports: ErrorCode[] = [];
  const sent: { readonly event: IdentityEvent; readonly ids: Record<string, string> }[] = [];
  const resets: string[] = [];
  let tasks: (() => void)[] = [];
  const identity = createIdentity({
    idMerge: system,
    places: browser.places,
    newDeviceId: nextDeviceId,
    nowMs: () => browser.nowMs,
    afterTask: (work) => void tasks.push(work),
    send: (event, properties, record) =>
      void sent.push({ event: { event, properties }, ids: identityProperties(record) }),
    onReset: () => void resets.push(identity.current().deviceId),
    report: (code) => void reports.push(code),
  });
  return {
    identity,
    reports,
    sent,
    resets,
    ids: () => identityProperties(identity.current()),
    /** An event of the page: its identity properties. */
    track(): Record<string, string> {
      const record: IdentityRecord = identity.current();
      identity.tracked(record);
      return identityProperties(record);
    },
    endTask() {
      while (tasks.length > 0) {
        const due = tasks;
        tasks = [];
        for (const work of due) work();
      }
    },
  };
}
