import * as fc from 'fast-check';

import { test, type Lab } from '../support/lab.js';
import { schedules } from './arbitrary-schedule.js';
import { serveClientPage } from './client-page.js';
import { runSchedule } from './run-schedule.js';
import { formatSchedule, type Schedule } from './schedule.js';

/** Schedules of each of the two tests without kills; there is one with kills to four of them. */
const RUN_COUNT = Number(process.env['MODEL_RUNS'] ?? 40) / 2;
const KILL_RUN_COUNT = Math.ceil(RUN_COUNT / 4);
const FIXED_SEED = 20_240_229;
/** Drawn by `npm run test:model`; the suite that every change has to pass is the same twice. */
const RANDOM_SEED = Number(process.env['MODEL_SEED'] ?? 160_013_368);
/** Where a failure is to be shrunk; the rest of the run follows from it. */
const PATH = process.env['MODEL_PATH'];

/** For one schedule, many times what it takes; shrinking a failure takes some dozens of them. */
const SCHEDULE_MS = 10_000;
const SHRINKING_MS = 150_000;

interface Trial {
  readonly seed: number;
  readonly numRuns: number;
  readonly hasKills: boolean;
}

/** Runs schedules until one fails, which is then made as short as it can be. */
async function tryOut(lab: Lab, { seed, numRuns, hasKills }: Trial): Promise<void> {
  const limitMs = numRuns * SCHEDULE_MS;
  test.setTimeout(limitMs + SHRINKING_MS + 60_000);
  await serveClientPage(lab.site);
  const property = fc.asyncProperty(schedules(hasKills), (schedule) =>
    runSchedule(lab, schedule, hasKills),
  );
  const result = await fc.check(property, {
    seed,
    numRuns,
    interruptAfterTimeLimit: limitMs + SHRINKING_MS,
    markInterruptAsFailure: true,
    ...(PATH !== undefined && { path: PATH }),
  });
  if (result.failed) throw new Error(describeFailure(result, hasKills));
}

function describeFailure(
  {
    seed,
    counterexample,
    counterexamplePath,
    errorInstance,
    numRuns,
    numShrinks,
  }: fc.RunDetails<[Schedule]>,
  hasKills: boolean,
): string {
  if (!counterexample) return `Time was up after ${numRuns} schedules.`;
  const reason = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  return [
    `Schedule ${numRuns} of seed ${seed} fails; made ${numShrinks} times shorter it is`,
    formatSchedule(counterexample[0]),
    reason,
    `Again: MODEL_SEED=${seed} MODEL_PATH=${counterexamplePath} npx playwright test test/model -g "random${hasKills ? '.*kills' : ' seed'}"`,
  ].join('\n\n');
}

test.describe('whatever happens in whatever order, every event arrives once and with whom it belongs to:', () => {
  test('schedules of a fixed seed', async ({ lab }) => {
    await tryOut(lab, { seed: FIXED_SEED, numRuns: RUN_COUNT, hasKills: false });
  });

  test('schedules of a random seed', async ({ lab }) => {
    process.stdout.write(`Seed of the random schedules: ${RANDOM_SEED}\n`);
    await tryOut(lab, { seed: RANDOM_SEED, numRuns: RUN_COUNT, hasKills: false });
  });
});

test.describe('also when the whole browser is killed:', () => {
  test.use({ persistent: true });

  test('schedules of a random seed with kills', async ({ lab }) => {
    process.stdout.write(`Seed of the schedules with kills: ${RANDOM_SEED}\n`);
    await tryOut(lab, { seed: RANDOM_SEED, numRuns: KILL_RUN_COUNT, hasKills: true });
  });
});
