/** The cases of `emulator-work.mjs`: what is done at a size, and the cost of a unit of it. */

const json = (records) => JSON.stringify(records);
const range = (count, make) => Array.from({ length: count }, (_, index) => make(index));

/** Calls `send` with numbers in batches. */
async function inBatches(count, batchCount, send) {
  for (let first = 0; first < count; first += batchCount) {
    await send(range(Math.min(batchCount, count - first), (index) => first + index));
  }
}

const event = (properties) => ({
  event: 'E',
  properties: { token: 'T', ...properties },
});

/** Processor time of `work` in µs for each of `count` units. */
async function cpuEach({ usage }, count, work) {
  const before = await usage();
  await work();
  return (((await usage()).cpuMs - before.cpuMs) * 1_000) / count;
}

/** Links of one user: the last 1,000 of so many. */
const links = (system) => async (command, size) => {
  await command.post('/_emulator/reset', json({ token: 'T', system, clusterCap: 10_000_000 }));
  const record = (n) =>
    system === 'simplified'
      ? event({ $device_id: `d${n}`, $user_id: 'U', $insert_id: `i${n}` })
      : system === 'original'
        ? {
            event: '$identify',
            properties: {
              token: 'T',
              distinct_id: 'U',
              $identified_id: 'U',
              $anon_id: `a-b-c-d-${n}`,
            },
          }
        : {
            event: '$create_alias',
            properties: { token: 'T', distinct_id: n === 0 ? 'U' : `a${n - 1}`, alias: `a${n}` },
          };
  const send = (numbers) => command.post('/track', json(numbers.map(record)));
  await inBatches(size, 1_000, send);
  return cpuEach(command, 1_000, () => send(range(1_000, (index) => size + index)));
};

/** One operation on a list of so many elements, a thousand times. */
const list = (operation) => async (command, size) => {
  const update = (name, value) => ({ $token: 'T', $distinct_id: 'U', [name]: { list: value } });
  await inBatches(size, 50_000, (numbers) =>
    command.post('/engage', json([update('$union', numbers)])),
  );
  const value = (n) => (operation === '$union' ? [size + n] : n);
  return cpuEach(command, 1_000, () =>
    command.post('/engage', json(range(1_000, (n) => update(operation, value(n))))),
  );
};

/** A body of so many records, which is refused for their number. */
const body = (type, make) => async (command, size) => {
  const text = make(size);
  return cpuEach(command, size / 1_000, () => command.post('/track', text, type));
};

const state = async (command, size) => {
  await inBatches(size, 2_000, (numbers) =>
    command.post(
      '/track',
      json(
        numbers.map((n) => ({
          event: 'E',
          properties: { token: 'T', $device_id: `d${n % 1_000}`, $insert_id: `i${n}` },
        })),
      ),
    ),
  );
  const pings = { worstMs: 0, isDone: false };
  const read = command.get('/_emulator/state').then(() => (pings.isDone = true));
  while (!pings.isDone) {
    const askedMs = performance.now();
    await command.get('/_emulator/health');
    pings.worstMs = Math.max(pings.worstMs, performance.now() - askedMs);
  }
  await read;
  return pings.worstMs;
};

/** What is kept of a request whose field has a name of so many characters. */
const name = async (command, size) => {
  const send = () =>
    command.post(
      '/engage',
      json([{ $token: 'T', $distinct_id: 'U', $set: { a: 1 }, [`$${'x'.repeat(size)}`]: 1 }]),
    );
  await send();
  const before = await command.usage();
  for (let n = 0; n < 100; n++) await send();
  return ((await command.usage()).heapBytes - before.heapBytes) / 100;
};

const profile = async (command, size) => {
  const set = (n) => ({ $token: 'T', $distinct_id: 'U', $set: { [`p${n}`]: n } });
  await inBatches(size, 2_000, (numbers) => command.post('/engage', json(numbers.map(set))));
  return cpuEach(command, 1_000, () => command.post('/engage', json(range(1_000, () => set(0)))));
};

export const CASES = [
  ...['simplified', 'original', 'legacy'].map((system) => ({
    title: `link to one person who has n ids, ${system}`,
    unit: 'µs',
    sizes: [200, 2_000, 20_000],
    run: links(system),
  })),
  ...['$union', '$append', '$remove'].map((operation) => ({
    title: `${operation} on a list of n`,
    unit: 'µs',
    sizes: [1_000, 10_000, 100_000],
    run: list(operation),
  })),
  {
    title: 'update of a profile of n properties',
    unit: 'µs',
    sizes: [20, 200, 1_990],
    run: profile,
  },
  {
    title: 'NDJSON of n broken lines, each 1,000',
    unit: 'µs',
    sizes: [50_000, 500_000, 5_000_000],
    run: body('application/x-ndjson', (size) => 'x\n'.repeat(size)),
  },
  {
    title: 'JSON of n records, each 1,000',
    unit: 'µs',
    sizes: [33_000, 330_000, 3_300_000],
    run: body('application/json', (size) => `[${'{},'.repeat(size - 1)}{}]`),
  },
  {
    title: 'form of n fields, each 1,000',
    unit: 'µs',
    sizes: [10_000, 100_000, 1_000_000],
    run: body('application/x-www-form-urlencoded', (size) => range(size, (n) => `p${n}`).join('&')),
  },
  {
    title: 'longest wait of others while the state of n is read',
    unit: 'ms',
    sizes: [2_000, 20_000, 200_000],
    run: state,
  },
  {
    title: 'kept of a field name of n characters',
    unit: 'bytes',
    sizes: [9_000, 90_000, 900_000],
    run: name,
  },
];
