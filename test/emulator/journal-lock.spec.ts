import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { link, mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEmulator } from '../../src/emulator/index.js';
import { expect, test as base } from 'playwright/test';

const COMMAND = fileURLToPath(new URL('../../dist/emulator/cli.js', import.meta.url));
const ARGUMENTS = ['emulator', '--port', '0', '--data'];
const IN_USE = /is in use by (?:the emulator with process id \d+|another emulator)/;

/** Starts the built command on a file, behind another command where one is named. Answers once it listens. */
type Start = (file: string, ...before: string[]) => Promise<ChildProcess>;

const test = base.extend<{ file: string; start: Start }>({
  file: async ({}, use) => use(base.info().outputPath('journal.ndjson')),
  start: async ({}, use) => {
    const children: ChildProcess[] = [];
    await use(async (file, ...before) => {
      const [command, ...rest] = [...before, process.execPath, COMMAND, ...ARGUMENTS, file];
      const child = spawn(command ?? '', rest, { stdio: ['ignore', 'pipe', 'inherit'] });
      children.push(child);
      await once(child.stdout, 'data');
      return child;
    });
    for (const child of children.filter(
      (each) => each.exitCode === null && each.signalCode === null,
    )) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  },
});

const locksBeside = async (file: string): Promise<readonly string[]> =>
  (await readdir(dirname(file))).filter((name) => name.includes('.lock.'));

test('of many that start at once on one file, one has it at the most', async ({ file }) => {
  const starts = await Promise.allSettled(
    Array.from({ length: 8 }, () => startEmulator({ dataFile: file })),
  );
  const started = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
  const refused = starts.flatMap((start) => (start.status === 'rejected' ? [start.reason] : []));
  expect(started.length).toBeLessThanOrEqual(1);
  for (const reason of refused) {
    expect(String(reason)).toMatch(IN_USE);
  }
  await Promise.all(started.map((emulator) => emulator.close()));
  expect(await locksBeside(file)).toEqual([]);
  await (await startEmulator({ dataFile: file })).close();
});

test('a process that was killed has no lock any more, and what is left of it goes', async ({
  file,
  start,
}) => {
  const killed = await start(file);
  killed.kill('SIGKILL');
  await once(killed, 'exit');
  expect(await locksBeside(file)).toHaveLength(1);
  const emulator = await startEmulator({ dataFile: file });
  expect(await locksBeside(file)).toEqual([expect.stringContaining(`.held-${process.pid}-`)]);
  await emulator.close();
  expect(await locksBeside(file)).toEqual([]);
});

test('a process that is stopped for now keeps its lock', async ({ file, start }) => {
  const stopped = await start(file);
  stopped.kill('SIGSTOP');
  await expect(startEmulator({ dataFile: file })).rejects.toThrow(
    `the emulator with process id ${stopped.pid}`,
  );
});

test('a process id that another program has by now is no lock', async ({ file }) => {
  // As an earlier version left it, and as it is left by a machine that lost its power.
  await writeFile(`${file}.lock`, `${process.ppid}\n`);
  await writeFile(`${file}.lock.held-${process.ppid}-0123456789abcdef`, '');
  await (await startEmulator({ dataFile: file })).close();
  expect(await locksBeside(file)).toEqual([]);
});

test('an emulator in another process namespace is seen', async ({ file, start }) => {
  base.skip(
    process.platform !== 'linux' || process.getuid?.() !== 0,
    'Only root on Linux may make a process namespace.',
  );
  await start(file, 'unshare', '--pid', '--fork', '--kill-child');
  await expect(startEmulator({ dataFile: file })).rejects.toThrow(IN_USE);
});

test('a link to a file that is not there yet is the file that it points at', async ({ file }) => {
  const name = base.info().outputPath('dangling.ndjson');
  await symlink(file, name);
  const emulator = await startEmulator({ dataFile: name });
  await expect(startEmulator({ dataFile: file })).rejects.toThrow(IN_USE);
  await emulator.close();
  const other = await startEmulator({ dataFile: file });
  await expect(startEmulator({ dataFile: name })).rejects.toThrow(IN_USE);
  await other.close();
});

test('a file with two names is refused, because each would have a lock', async ({ file }) => {
  await writeFile(file, '');
  await link(file, base.info().outputPath('second.ndjson'));
  await expect(startEmulator({ dataFile: file })).rejects.toThrow('2 (hard links)');
});

test('a file with a long name in a deep folder has a lock, too', async () => {
  const file = base.info().outputPath(...Array.from({ length: 6 }, () => 'folder'.repeat(8)), 'x');
  const long = join(dirname(file), `${'long'.repeat(50)}.ndjson`);
  await mkdir(dirname(long), { recursive: true });
  const emulator = await startEmulator({ dataFile: long });
  await expect(startEmulator({ dataFile: long })).rejects.toThrow(IN_USE);
  await emulator.close();
});

test('files of others beside the journal stay', async ({ file }) => {
  const others = ['journal.ndjson.lock.mine', 'other.ndjson.lock.held-1-0123456789abcdef'];
  for (const name of others) {
    await writeFile(join(dirname(file), name), '');
  }
  await (await startEmulator({ dataFile: file })).close();
  expect((await readdir(dirname(file))).toSorted()).toEqual(
    ['journal.ndjson', ...others].toSorted(),
  );
});
