import { mean, quantile } from '../statistics.mjs';

const EVENTS_COUNT = 50;
/** Ours tracks so many before, whatever is queued then: code that has run often is quicker than new one. */
const WARM_UP_COUNT = 10_000;

/** Down for long, and saying so, so that no attempt to send falls into what is measured. */
const DOWN = {
  status: 503,
  retryAfter: 3_600,
  headers: { 'access-control-expose-headers': 'Retry-After' },
};

/**
 * Tracks 50 events, each in a task of its own, behind so many others that a server which is down has not taken, and
 * follows them until they are in storage.
 *
 * @param {number} queuedCount
 */
export function backlog(queuedCount) {
  return {
    name: `backlog-${queuedCount}`,
    rounds: 5,
    /**
     * @param {import('../lab.mjs').Lab} lab
     * @param {import('../clients.mjs').BenchClient} client
     */
    async measure(lab, client) {
      const bench = await lab.open(client);
      const { page } = bench;
      const alreadyStored = await fill(bench, lab, client, queuedCount);
      await page.evaluate((n) => window.workload.prepare(n), EVENTS_COUNT);
      await bench.quiet();

      const before = await bench.mainThreadMs();
      await page.evaluate(() => window.workload.singles());
      await bench.stored(alreadyStored + EVENTS_COUNT);
      const mainMs = (await bench.mainThreadMs()) - before;

      const durationsMs = await page.evaluate(() => window.workload.durationsMs);
      await bench.close();
      return {
        trackUs: 1_000 * quantile(durationsMs, 0.5),
        trackMeanUs: 1_000 * mean(durationsMs),
        mainMs,
      };
    },
  };
}

/**
 * Ours tracks the same number of events in this page first, the last of them behind a server that is down, so that it
 * has tried to send and knows; for an empty queue one event has to do that. The incumbent would take minutes for it,
 * and finds a stored queue instead.
 *
 * @returns {Promise<number>} How many events of this page are in storage.
 */
async function fill(bench, lab, client, queuedCount) {
  const { page } = bench;
  const track = (count) => page.evaluate((n) => window.workload.fill(n), count);
  if (client.name === 'mixpanel-browser') {
    await lab.emulator.faults([DOWN]);
    await track(queuedCount);
    await bench.start();
    return 0;
  }
  const leftCount = Math.max(1, queuedCount);
  const deliveredCount = WARM_UP_COUNT - leftCount;
  await bench.start();
  await track(deliveredCount);
  await bench.settled();
  await lab.emulator.faults([DOWN]);
  await track(leftCount);
  await bench.stored(WARM_UP_COUNT);
  await lab.emulator.waitFor(({ requests }) =>
    requests.some(({ status }) => status === DOWN.status),
  );
  return WARM_UP_COUNT;
}
