import { wallMs } from '../statistics.mjs';

const EVENTS_PER_PAGE = 4;
/** Longer than any client waits between two requests of its own accord. */
const MIN_QUIET_MS = 1_200;
/** The incumbent sends every five seconds; the waits are spread over one such period. */
const PERIOD_MS = 5_000;
/** Steps of this share of a period never meet, however many there are. */
const GOLDEN_SHARE = 0.618_034;

/** The time from `track()` to the server's having stored the event, for single events after a quiet time. */
export const arrival = {
  name: 'arrival',
  rounds: 5,
  /**
   * @param {import('../lab.mjs').Lab} lab
   * @param {import('../clients.mjs').BenchClient} client
   * @param {number} round From 0.
   */
  async measure(lab, client, round) {
    const bench = await lab.open(client);
    await bench.start();
    const offsetMs = await bench.page.evaluate(() => window.workload.clockOffset());
    const samples = [];
    for (let index = 0; index < EVENTS_PER_PAGE; index++) {
      const phase = ((round * EVENTS_PER_PAGE + index) * GOLDEN_SHARE) % 1;
      await new Promise((resolve) => setTimeout(resolve, MIN_QUIET_MS + phase * PERIOD_MS));
      const arrived = nextEvent(lab.emulator);
      const trackedMs = await bench.page.evaluate((n) => window.workload.trackOne(n), index);
      samples.push({ arrivalMs: (await arrived) - (trackedMs + offsetMs) });
      await bench.settled();
    }
    await bench.close();
    return samples;
  },
};

/** When the next event is stored, in milliseconds since 1970. */
function nextEvent(emulator) {
  return new Promise((resolve) => {
    const unsubscribe = emulator.subscribe(({ type }) => {
      if (type !== 'event') return;
      unsubscribe();
      resolve(wallMs());
    });
  });
}
