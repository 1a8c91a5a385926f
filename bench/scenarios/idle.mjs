/** Covers two periods of a client that wakes up every five seconds. */
const WATCH_MS = 12_000;

/**
 * What a start without a `track()` does to the page and leaves behind: at a first visit, and in the twelve seconds
 * after it in which nobody does anything.
 */
export const idle = {
  name: 'idle',
  rounds: 1,
  /**
   * @param {import('../lab.mjs').Lab} lab
   * @param {import('../clients.mjs').BenchClient} client
   */
  async measure(lab, client) {
    const bench = await lab.open(client, ['watch.js']);
    const { page } = bench;
    await page.evaluate(() => window.workload.load());
    await page.evaluate(() => window.watch.restart());
    await page.evaluate(() => window.workload.create());
    await bench.quiet();
    const start = await page.evaluate(() => window.watch.read());
    await page.evaluate(() => window.watch.restart());
    const before = await bench.mainThreadMs();
    await new Promise((resolve) => setTimeout(resolve, WATCH_MS));
    const idleMainMs = (await bench.mainThreadMs()) - before;
    const rest = await page.evaluate(() => window.watch.read());
    const left = await page.evaluate(leftBehind);
    await bench.close();
    return { ...prefixed('start', start), ...prefixed('idle', rest), ...left, idleMainMs };
  },
};

const FIGURES = [
  'requests',
  'localStorageReads',
  'localStorageWrites',
  'cookieReads',
  'cookieWrites',
  'idbOpens',
  'idbTransactions',
  'idbWrites',
  'timersSet',
  'timersFired',
  'timersLeft',
];

/** The figures that were counted, under names such as `startRequests`; 0 for what did not happen. */
function prefixed(when, counts) {
  return Object.fromEntries(
    FIGURES.map((name) => [`${when}${name[0].toUpperCase()}${name.slice(1)}`, counts[name] ?? 0]),
  );
}

/** Runs in the page. */
async function leftBehind() {
  const entries = Object.entries(localStorage);
  return {
    leftLocalStorageChars: entries.reduce(
      (sum, [key, value]) => sum + key.length + value.length,
      0,
    ),
    leftCookieChars: document.cookie.length,
    leftDatabases: (await indexedDB.databases()).length,
  };
}
