/** A mid-range phone, as browsers' own tools stand in for one. */
const THROTTLE_RATE = 4;

/** A page of the client on a slow processor, when it has nothing to do any more. */
async function openSlowly(lab, client) {
  const bench = await lab.open(client);
  await bench.page.evaluate(() => window.workload.load());
  await bench.throttle(THROTTLE_RATE);
  await bench.quiet();
  return bench;
}

/** What the start of a page pays where the script stands in it: compiling, evaluating and creating in one task. */
export const creation = {
  name: 'creation',
  rounds: 15,
  /**
   * @param {import('../lab.mjs').Lab} lab
   * @param {import('../clients.mjs').BenchClient} client
   */
  async measure(lab, client) {
    const bench = await openSlowly(lab, client);
    const before = await bench.mainThreadMs();
    const createMs = await bench.page.evaluate(() => window.workload.create());
    await bench.quiet();
    const startMainMs = (await bench.mainThreadMs()) - before;
    await bench.close();
    return { createMs, startMainMs };
  },
};

/** The same where a script tag loads it, as most pages do: the browser then compiles it while it loads, beside the page. */
export const creationByTag = {
  name: 'tag-creation',
  rounds: 15,
  /**
   * @param {import('../lab.mjs').Lab} lab
   * @param {import('../clients.mjs').BenchClient} client
   */
  async measure(lab, client) {
    const bench = await openSlowly(lab, client);
    let createMs = 0;
    const evaluationMs = await bench.evaluationMs(async () => {
      createMs = await bench.page.evaluate(() => window.workload.createByTag());
      await bench.quiet();
    });
    await bench.close();
    return { createMs: evaluationMs + createMs };
  },
};
