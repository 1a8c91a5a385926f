import { expect, test, type Tab } from '../support/lab.js';
import { tallySteps, trackSteps } from '../support/steps.js';
import { RESULT_ATTACHMENT, type RowResult } from './result.js';
import { ROWS } from './rows.js';
import { createScene, type FaultRow, type Scene } from './scene.js';

/** How long what is still missing is waited for. */
const ARRIVAL_MS = 10_000;

for (const row of ROWS) {
  const tag = Object.keys(row.cannot ?? {}).map((engine) => `@not-${engine}`);
  test.describe(`${row.name}:`, { tag }, () => {
    if (row.isPersistent) test.use({ persistent: true });

    test('nothing is lost, and nothing doubled', async ({ lab }, testInfo) => {
      if (row.limitMs !== undefined) test.setTimeout(row.limitMs);
      const scene = createScene(lab);
      const survivors = (await row.stage(scene)) ?? [];
      const result = await findResult(scene, row, survivors);
      await testInfo.attach(RESULT_ATTACHMENT, {
        body: JSON.stringify(result),
        contentType: 'application/json',
      });
      const { lost, doubled, outOfOrder, duplicatesBefore, dropped } = result;
      expect({ lost, doubled, outOfOrder, dropped }).toEqual({
        lost: 0,
        doubled: 0,
        outOfOrder: 0,
        dropped: row.dropped ?? 0,
      });
      expect(duplicatesBefore).toBeLessThanOrEqual(row.ambiguousCount ?? 0);
      row.check?.(await lab.emulator.state());
    });
  });
}

/** Ends the fault, lets every page and a new one deliver what is left, and asks the emulator what came of it. */
async function findResult(
  scene: Scene,
  row: FaultRow,
  survivors: readonly Tab[],
): Promise<RowResult> {
  const { emulator, engine } = scene.lab;
  await scene.mend();
  let dropped = 0;
  for (const tab of survivors) {
    await tab.until(() => tracker.flush().then(() => tracker.stats().pending === 0));
    dropped += await tab.eval(() =>
      Object.values(tracker.stats().dropped).reduce((sum, count) => sum + count, 0),
    );
  }
  const visit = await scene.open();
  await visit.eval(trackSteps, { options: scene.options, count: 0 });
  await visit.until(() => tracker.flush().then(({ kept }) => kept === 0));

  const unpromised = row.unpromised?.count ?? 0;
  const expected = row.tracked - dropped - unpromised;
  const isThere = (events: Parameters<typeof tallySteps>[0]) =>
    tallySteps(events, row.tracked).delivered >= expected;
  // What is missing after that is counted as lost below.
  await emulator
    .waitFor(({ events }) => isThere(events), { timeoutMs: ARRIVAL_MS })
    .catch(() => undefined);
  const { events } = await emulator.state();
  const tally = tallySteps(events, row.tracked);
  return {
    engine,
    name: row.name,
    tracked: row.tracked,
    delivered: tally.delivered,
    dropped,
    lost: row.tracked - tally.delivered - dropped - unpromised,
    duplicatesBefore: tally.duplicatesBefore,
    doubled: tally.doubled.length,
    outOfOrder: tally.outOfOrder,
  };
}
