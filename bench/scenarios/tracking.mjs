import { mean, quantile } from '../statistics.mjs';

const DELIVERY_LIMIT_MS = 300_000;

/**
 * Tracks events of ten properties and follows them until the client has heard that all of them arrived.
 *
 * - `burst`: all in one task, as a page does that catches up with something.
 * - `singles`: each in a task of its own, as a visitor causes them.
 *
 * @param {'burst' | 'singles'} way
 * @param {number} count Events.
 * @param {number} rounds
 */
export function tracking(way, count, rounds) {
  return {
    name: `${way}-${count}`,
    rounds,
    /**
     * @param {import('../lab.mjs').Lab} lab
     * @param {import('../clients.mjs').BenchClient} client
     */
    async measure(lab, client) {
      const bench = await lab.open(client);
      const { page } = bench;
      await bench.start();
      await page.evaluate((n) => window.workload.prepare(n), count);
      const bodies = [];
      page.on('request', (request) => {
        if (request.method() === 'POST') bodies.push(request.postDataBuffer());
      });

      const before = await bench.mainThreadMs();
      const startMs = performance.now();
      await page.evaluate((name) => window.workload[name](), way);
      await lab.emulator.waitForEvents(count, { timeoutMs: DELIVERY_LIMIT_MS });
      const deliveryMs = performance.now() - startMs;
      await bench.settled();
      const mainMs = (await bench.mainThreadMs()) - before;

      const durationsMs = await page.evaluate(() => window.workload.durationsMs);
      await bench.close();
      return {
        trackUs: 1_000 * quantile(durationsMs, 0.5),
        trackMeanUs: 1_000 * mean(durationsMs),
        trackP99Us: 1_000 * quantile(durationsMs, 0.99),
        mainMs,
        deliveryMs,
        ...weigh(bodies, count),
      };
    },
  };
}

/** What went over the wire, by its bodies. */
function weigh(bodies, count) {
  const bodyBytes = bodies.reduce((sum, body) => sum + body.length, 0);
  const jsonBytes = bodies.reduce((sum, body) => sum + jsonLength(body), 0);
  return {
    requests: bodies.length,
    bytesPerEvent: bodyBytes / count,
    bodyToJson: bodyBytes / jsonBytes,
  };
}

function jsonLength(body) {
  const json = new URLSearchParams(body.toString('utf8')).get('data') ?? '';
  JSON.parse(json);
  return Buffer.byteLength(json);
}
