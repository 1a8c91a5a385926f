/** A mid-range phone, as browsers' own tools stand in for one. */
const THROTTLE_RATE = 4;

/** What the start of a page pays: evaluating the script and creating the client, on a slow processor. */
export const creation = {
  name: 'creation',
  rounds: 15,
  /**
   * @param {import('../lab.mjs').Lab} lab
   * @param {import('../clients.mjs').BenchClient} client
   */
  async measure(lab, client) {
    const bench = await lab.open(client);
    await bench.page.evaluate(() => window.workload.load());
    await bench.throttle(THROTTLE_RATE);
    await bench.quiet();
    const before = await bench.mainThreadMs();
    const createMs = await bench.page.evaluate(() => window.workload.create());
    await bench.quiet();
    const startMainMs = (await bench.mainThreadMs()) - before;
    await bench.close();
    return { createMs, startMainMs };
  },
};
