import * as fc from 'fast-check';
import { expect, test } from 'playwright/test';

import { startEmulator, type Emulator, type StoredEvent } from '../../src/emulator/index.js';
import { identityComplaints } from '../support/identity-complaints.js';
import { playBrowser, step, TOKEN } from './played-browser.js';

/** Browsers that one project hears from in a run, and runs. */
const BROWSER_COUNT = 25;
const RUN_COUNT = 24;

/** The same payloads as they may arrive: tabs, retries and beacons change the order. */
const shuffled = (payloads: readonly string[], seed: number) =>
  payloads
    .map((payload, index) => ({ payload, rank: Math.imul(index + 1, seed | 1) >>> 0 }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ payload }) => payload);

async function post(emulator: Emulator, payloads: readonly string[]): Promise<void> {
  const body = new URLSearchParams({ data: `[${payloads.join()}]` });
  const response = await fetch(`${emulator.url}/track/?verbose=1`, { method: 'POST', body });
  await response.text();
}

for (const system of ['simplified', 'original'] as const) {
  test(`in ${system}, whatever is done in whatever order, every event belongs to whoever made it`, async () => {
    const emulator = await startEmulator();
    let eventCount = 0;
    try {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.array(step, { minLength: 5, maxLength: 40, size: 'max' }), {
            minLength: BROWSER_COUNT,
            maxLength: BROWSER_COUNT,
          }),
          fc.integer({ min: 0 }),
          async (browsers, seed) => {
            await emulator.reset({ token: TOKEN, system });
            const played = browsers.map((steps, index) => playBrowser(system, steps, index));
            const payloads = played.flatMap((browser) => browser.payloads);
            const makers = new Map(played.flatMap((browser) => [...browser.makers]));
            const ownerOf = (event: StoredEvent) =>
              makers.get(String(event.properties['$insert_id']))?.owner ?? 'nobody';
            await post(emulator, shuffled(payloads, seed));
            const { events, dropped, clusters } = await emulator.state();
            const found = identityComplaints(system, events, ownerOf);
            for (const { ids } of clusters)
              if (ids.filter((id) => /^(ann|ben|cleo)-/.test(id)).length > 1)
                found.push(ids.join(' = '));
            expect({ found, dropped, count: events.length }).toEqual({
              found: [],
              dropped: [],
              count: payloads.length,
            });
            eventCount += events.length;
          },
        ),
        { numRuns: RUN_COUNT },
      );
    } finally {
      await emulator.close();
    }
    expect(eventCount).toBeGreaterThan(RUN_COUNT * BROWSER_COUNT * 5);
  });
}
