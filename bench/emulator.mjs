/**
 * How the emulator bears load: events taken in per second in batches of 500 (as the clock sees it, and per second of the
 * emulator's own processor time, which a busy machine does not blur), memory per stored event, and how long the state of
 * one person takes. What is measured is the command, which prints warnings besides.
 * `node bench/emulator.mjs [million events, default 1]`
 */
import { performance } from 'node:perf_hooks';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const COMMAND = fileURLToPath(new URL('../dist/emulator/cli.js', import.meta.url));
const USAGE = new URL('./emulator-usage.mjs', import.meta.url).href;
const BATCH_COUNT = 500;
const PEOPLE_COUNT = 10_000;
const eventCount = Math.round(Number(process.argv[2] ?? 1) * 1_000_000);

await measure();

async function measure() {
  const child = startCommand();
  const url = await readUrl(child);
  const empty = await usage(child);
  const startMs = performance.now();
  for (let first = 0; first < eventCount; first += BATCH_COUNT) {
    const body = `data=${encodeURIComponent(JSON.stringify(batch(first)))}`;
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await fetch(`${url}/track/?verbose=1`, { method: 'POST', headers, body });
    const { status } = await answer.json();
    if (status !== 1) {
      throw new Error('A batch was refused.');
    }
  }
  const seconds = (performance.now() - startMs) / 1_000;
  const filled = await usage(child);
  const storedBytes = filled.heapBytes - empty.heapBytes;
  const cpuSeconds = (filled.cpuMs - empty.cpuMs) / 1_000;
  const stateMs = [];
  for (const person of ['user-1', 'user-5000', 'user-9999']) {
    const askedMs = performance.now();
    const answer = await fetch(`${url}/_emulator/state?distinctId=${person}`);
    const { events } = await answer.json();
    stateMs.push(`${Math.round(performance.now() - askedMs)} ms for ${events.length} events`);
  }
  child.disconnect();
  print('events', eventCount.toLocaleString('en'));
  print('taken in per second', Math.round(eventCount / seconds).toLocaleString('en'));
  print('per second of processor', Math.round(eventCount / cpuSeconds).toLocaleString('en'));
  print('memory per event', `${Math.round(storedBytes / eventCount)} bytes`);
  print('state of one person', stateMs.join(', '));
}

/** The command as people start it, in a process of its own, so that making the events does not count against it. */
function startCommand() {
  return fork(COMMAND, ['emulator', '--port', '0', '--token', 'T'], {
    execArgv: ['--expose-gc', '--import', USAGE],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
}

/** The address that the command prints first. What it prints after that is read, so that it never waits for us. */
async function readUrl(child) {
  const [greeting] = await once(child.stdout, 'data');
  child.stdout.resume();
  return /apiHost\s+(\S+)/.exec(String(greeting))[1];
}

function batch(first) {
  return Array.from({ length: BATCH_COUNT }, (_, index) => {
    const n = first + index;
    const person = n % PEOPLE_COUNT;
    const isKnown = n >= PEOPLE_COUNT;
    return {
      event: `Event ${n % 20}`,
      properties: {
        token: 'T',
        time: Date.now(),
        distinct_id: isKnown ? `user-${person}` : `$device:device-${person}`,
        $device_id: `device-${person}`,
        ...(isKnown && { $user_id: `user-${person}` }),
        $insert_id: `insert-${n}`,
        $current_url: `https://shop.example/products/${n % 100}`,
        plan: 'pro',
        price: n % 50,
        isNew: n % 2 === 0,
      },
    };
  });
}

async function usage(child) {
  const answer = once(child, 'message');
  child.send('usage');
  return (await answer)[0];
}

function print(name, value) {
  process.stdout.write(`${name.padEnd(26)}${value}\n`);
}
