import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EmulatorState } from '../../../src/emulator/index.js';

const COMMAND = fileURLToPath(new URL('../../../dist/emulator/cli.js', import.meta.url));
const SENDER_COUNT = 4;
const MAX_BATCH_COUNT = 20;

/** Events by their number, and what the sender was told of each. */
interface Told {
  readonly accepted: Set<number>;
  readonly refused: Set<number>;
  /** The connection broke: either is right. */
  readonly unknown: Set<number>;
}

/** An emulator on a journal that a round starts, ends and starts again. */
interface Running {
  readonly child: ChildProcess;
  readonly url: string;
}

/** What a round found. */
export interface RoundResult extends Told {
  /** Numbers of the stored events, in order, each as often as it counts. */
  readonly stored: readonly number[];
  /** The state at a quiet moment, and that of the next process, as far as both must be equal. */
  readonly states: readonly (readonly [before: unknown, after: unknown])[];
  readonly killCount: number;
}

async function start(file: string): Promise<Running> {
  const child = spawn(
    process.execPath,
    [COMMAND, 'emulator', '--port', '0', '--token', 'T', '--data', file],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [greeting] = (await once(child.stdout, 'data')) as [Buffer];
  child.stdout.resume();
  return { child, url: /apiHost\s+(\S+)/.exec(String(greeting))?.[1] ?? '' };
}

async function end({ child }: Running, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  child.kill(signal);
  await once(child, 'exit');
}

async function readState({ url }: Running): Promise<EmulatorState> {
  return (await (await fetch(`${url}/_emulator/state`)).json()) as EmulatorState;
}

/** What a restart must not change: what was refused for the disk is in no journal. */
function lasting({ requests, warnings, ...rest }: EmulatorState): unknown {
  return {
    ...rest,
    now: 'the clock goes on',
    warnings: warnings.filter(({ code }) => !code.startsWith('journal-')),
    requests: requests.filter(({ status }) => status === 200),
  };
}

/** Sends batches of numbered events from several connections until it is stopped. */
function startLoad(url: string, told: Told, nextNumber: () => number, random: () => number) {
  const stop = new AbortController();
  let wake = (): void => undefined;
  const send = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      const numbers = Array.from(
        { length: 1 + Math.floor(random() * MAX_BATCH_COUNT) },
        nextNumber,
      );
      const body = JSON.stringify(
        numbers.map((n) => ({
          event: 'E',
          properties: { token: 'T', n, distinct_id: `U${n % 7}`, $insert_id: `i${n}` },
        })),
      );
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(`${url}/track?verbose=1`, { method: 'POST', headers, body }).then(
        async (response) => `${response.status} ${await response.text()}`,
        () => '',
      );
      const isAccepted = answer.startsWith('200 ') && answer.includes('"status":1');
      const group = isAccepted ? 'accepted' : answer.startsWith('507 ') ? 'refused' : 'unknown';
      for (const n of numbers) {
        told[group].add(n);
      }
      wake();
      if (group === 'unknown') {
        return;
      }
    }
  };
  const senders = Array.from({ length: SENDER_COUNT }, send);
  return {
    /** Waits until so many more requests were answered. */
    async answers(count: number): Promise<void> {
      for (let left = count; left > 0; left--) {
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
    async stop(): Promise<void> {
      stop.abort();
      await Promise.all(senders);
    },
  };
}

/**
 * Lives through a random time of one journal: load, a full disk and room again, kills in the midst of it, restarts.
 *
 * @param disk A folder on a small disk of its own, or any folder: then the disk is never full.
 */
export async function runRound(
  disk: string,
  isSmall: boolean,
  random: () => number,
): Promise<RoundResult> {
  const told: Told = { accepted: new Set(), refused: new Set(), unknown: new Set() };
  const states: [unknown, unknown][] = [];
  const file = join(disk, 'journal.ndjson');
  let number = 0;
  let killCount = 0;
  for (let life = 0; life < 3; life++) {
    let running = await start(file);
    const load = startLoad(running.url, told, () => ++number, random);
    await load.answers(1 + Math.floor(random() * 20));
    if (isSmall && random() < 0.7) {
      await appendFile(join(disk, 'filler'), Buffer.alloc(16 * 1024 * 1024)).catch(() => undefined);
      await load.answers(1 + Math.floor(random() * 20));
    }
    if (random() < 0.6) {
      // In the midst of it.
      await end(running, 'SIGKILL');
      killCount++;
      await load.stop();
      await rm(join(disk, 'filler'), { force: true });
      continue;
    }
    await load.stop();
    const before = lasting(await readState(running));
    await rm(join(disk, 'filler'), { force: true });
    const isKilled = random() < 0.7;
    await end(running, isKilled ? 'SIGKILL' : 'SIGTERM');
    killCount += Number(isKilled);
    running = await start(file);
    states.push([before, lasting(await readState(running))]);
    await end(running, 'SIGKILL');
  }
  const last = await start(file);
  const { events } = await readState(last);
  await end(last, 'SIGTERM');
  const stored = events
    .filter(({ duplicateOf }) => duplicateOf === null)
    .map(({ properties }) => Number(properties['n']));
  return { ...told, stored, states, killCount };
}
