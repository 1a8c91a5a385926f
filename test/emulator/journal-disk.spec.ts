import { spawnSync } from 'node:child_process';
import { appendFile, mkdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startEmulator } from '../../src/emulator/index.js';
import type { Emulator, EmulatorState, ProjectConfig } from '../../src/emulator/index.js';
import { expect, test as base } from 'playwright/test';
import { eventOf, postJson, send, track } from './support/send.js';

/** A folder on a disk of its own, of 512 KiB. */
const test = base.extend<{ disk: string }>({
  disk: async ({}, use) => {
    base.skip(
      process.platform !== 'linux' || process.getuid?.() !== 0,
      'Only root on Linux may mount a small disk.',
    );
    const folder = base.info().outputPath('disk');
    await mkdir(folder);
    const mount = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=512k', 'none', folder]);
    base.skip(mount.status !== 0, `No small disk: ${mount.stderr?.toString()}`);
    await use(folder);
    spawnSync('umount', ['--lazy', folder]);
  },
});

async function run<Result>(
  dataFile: string,
  use: (emulator: Emulator) => Promise<Result>,
  project: ProjectConfig = { token: 'T', now: 1_760_000_000 },
): Promise<Result> {
  const emulator = await startEmulator({ dataFile, project });
  try {
    return await use(emulator);
  } finally {
    await emulator.close();
  }
}

const namesIn = ({ events }: EmulatorState): string[] => events.map(({ event }) => event);

/** Fills a disk to its last byte. Answers how to make room again. */
async function fill(folder: string): Promise<() => Promise<void>> {
  const file = join(folder, 'filler');
  await appendFile(file, Buffer.alloc(1024 * 1024)).catch(() => undefined);
  return () => rm(file);
}

test('on a full disk a request is refused as what it is, and leaves nothing behind', async ({
  disk,
}) => {
  const file = join(disk, 'journal.ndjson');
  await run(file, async (emulator) => {
    await track(emulator, eventOf('Before', { distinct_id: 'U' }));
    const { size } = await stat(file);
    const makeRoom = await fill(disk);
    const text = 'x'.repeat(20_000);
    const refused = await track(emulator, eventOf('Refused', { distinct_id: 'U', text }));
    expect([refused.status, refused.json]).toMatchObject([
      507,
      { error: expect.stringMatching(/no space is left on its disk \(ENOSPC\).*Make room/s) },
    ]);
    expect((await stat(file)).size).toBe(size);
    await makeRoom();
    await track(emulator, eventOf('After', { distinct_id: 'U' }));
    const state = await emulator.state();
    expect(namesIn(state)).toEqual(['Before', 'After']);
    expect(state.warnings).toContainEqual(expect.objectContaining({ code: 'journal-not-written' }));
  });
  const state = await run(file, (emulator) => emulator.state());
  expect(namesIn(state)).toEqual(['Before', 'After']);
  expect(state.warnings.map(({ code }) => code)).not.toContain('journal-line-lost');
});

test('on a full disk neither reset nor clock takes effect', async ({ disk }) => {
  const file = join(disk, 'journal.ndjson');
  await run(file, async (emulator) => {
    await track(emulator, eventOf('Kept', { distinct_id: 'U' }));
    // So that not even the rest of the last block has room.
    const { size } = await stat(file);
    const text = 'x'.repeat(4096 - (size % 4096) - 600);
    await track(emulator, eventOf('Kept', { distinct_id: 'U', text }));
    const makeRoom = await fill(disk);
    await expect(emulator.reset({ token: 'T', system: 'original' })).rejects.toThrow('ENOSPC');
    let refusedCount = 0;
    for (let n = 0; n < 100; n++) {
      refusedCount += Number(
        (await postJson(emulator, '/_emulator/clock', { now: n })).status === 507,
      );
    }
    expect(refusedCount).toBeGreaterThan(0);
    const last = 100 - refusedCount - 1;
    const state = await emulator.state();
    expect([state.system, state.now, namesIn(state)]).toEqual([
      'simplified',
      last < 0 ? 1_760_000_000 : last,
      ['Kept', 'Kept'],
    ]);
    await makeRoom();
    await emulator.reset({ token: 'T', system: 'original' });
  });
  const state = await run(file, (emulator) => emulator.state(), { token: 'T' });
  expect([state.system, namesIn(state)]).toEqual(['original', []]);
});

base('the file is its owner’s alone, also one that was there', async () => {
  base.skip(process.platform === 'win32', 'Windows has no such modes.');
  const file = base.info().outputPath('journal.ndjson');
  await writeFile(file, '', { mode: 0o644 });
  await run(file, async (emulator) => {
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    await emulator.reset();
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });
});

const ODD_LINES = {
  'a clock past every date': '{"kind":"clock","now":1e300}\n',
  'a clock before every date': '{"kind":"clock","now":-1}\n',
  'a request past every date': '{"kind":"request","atMs":1e300,"bytes":1,"request":{}}\n',
  'a query that is no text':
    '{"kind":"request","atMs":1,"bytes":1,"request":{"method":"GET","path":"/track","query":{"data":1},"contentType":"","authorization":"","address":"","host":"","text":""}}\n',
  'a project of another version': '{"kind":"project","project":{"token":"T","colour":"red"}}\n',
  'a list': '[]\n',
  'zeros with an end': `${'\0'.repeat(5_000)}\n`,
  'a tail of zeros': '\0'.repeat(5_000),
  'half a line': '{"kind":"clock","n',
};

for (const [title, odd] of Object.entries(ODD_LINES)) {
  base(`${title} costs itself, and nothing before or after it`, async () => {
    const file = base.info().outputPath('journal.ndjson');
    await run(file, (emulator) => track(emulator, eventOf('A', { distinct_id: 'U' })));
    await appendFile(file, odd);
    const state = await run(file, async (emulator) => {
      await track(emulator, eventOf('B', { distinct_id: 'U' }));
      return emulator.state();
    });
    expect([namesIn(state), state.now]).toEqual([['A', 'B'], 1_760_000_000]);
    expect(state.warnings.filter(({ code }) => code === 'journal-line-lost')).toHaveLength(1);
    expect(namesIn(await run(file, (emulator) => emulator.state()))).toEqual(['A', 'B']);
  });
}

base('a line that was written behind zeros is whole', async () => {
  const file = base.info().outputPath('journal.ndjson');
  await run(file, (emulator) => track(emulator, eventOf('A', { distinct_id: 'U' })));
  await writeFile(file, (await readFile(file, 'utf8')).replace('{"kind":"request"', '\0\0$&'));
  expect(namesIn(await run(file, (emulator) => emulator.state()))).toEqual(['A']);
});

base('a journal of which only the half of one line is left is still one', async () => {
  const file = base.info().outputPath('journal.ndjson');
  await run(file, async () => undefined);
  await truncate(file, 15);
  const names = await run(file, async (emulator) => {
    await track(emulator, eventOf('A', { distinct_id: 'U' }));
    return namesIn(await emulator.state());
  });
  expect(names).toEqual(['A']);
  expect(namesIn(await run(file, (emulator) => emulator.state()))).toEqual(['A']);
});

const SECRET = 's3cret-of-the-project';
const basicOf = (user: string): string => `Basic ${Buffer.from(`${user}:`).toString('base64')}`;

base(
  'I-1: no secret of a project reaches the file, and it opens the same after a restart',
  async () => {
    const file = base.info().outputPath('journal.ndjson');
    const project = { token: 'T', secret: SECRET, now: 1_760_000_000 };
    const event = eventOf('E', { distinct_id: 'U', time: 1_759_999_000, $insert_id: 'i' });
    const post = async (emulator: Emulator, user: string): Promise<number> =>
      (await postJson(emulator, '/import', [event], { authorization: basicOf(user) })).status;
    const before = await run(
      file,
      async (emulator) => {
        expect([await post(emulator, SECRET), await post(emulator, 'wr0ng')]).toEqual([200, 401]);
        return emulator.state();
      },
      project,
    );
    const text = await readFile(file, 'utf8');
    for (const secret of [SECRET, 'wr0ng']) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(Buffer.from(`${secret}:`).toString('base64'));
    }
    const after = await run(
      file,
      async (emulator) => {
        const state = await emulator.state();
        expect([await post(emulator, SECRET), await post(emulator, 'wr0ng')]).toEqual([200, 401]);
        return state;
      },
      {},
    );
    expect(after).toEqual(before);
  },
);

base('I-1: no API key reaches the file or the state, and it is judged the same', async () => {
  const file = base.info().outputPath('journal.ndjson');
  const record = JSON.stringify([eventOf('E', { distinct_id: 'U', time: 1_759_999_000 })]);
  const before = await run(file, async (emulator) => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const post = async (query: string, body: string): Promise<number> =>
      (await send(emulator, `/import${query}`, { method: 'POST', headers: form, body })).status;
    const data = `data=${encodeURIComponent(record)}`;
    expect([
      await post('?api_key=s3cret', data),
      await post('', `${data}&api_key=s3cret`),
      await post('', `api%5fkey=s3cret&${data}`),
      await post('?api_key=', data),
    ]).toEqual([200, 200, 200, 401]);
    return emulator.state();
  });
  expect(await readFile(file, 'utf8')).not.toContain('s3cret');
  expect(JSON.stringify(before)).not.toContain('s3cret');
  expect(await run(file, (emulator) => emulator.state())).toEqual(before);
});

base('T-16: 2,000 equal events without a time count the same after a restart', async () => {
  const file = base.info().outputPath('journal.ndjson');
  const event = eventOf('E', { distinct_id: 'U', $insert_id: 'i' });
  const before = await run(
    file,
    async (emulator) => {
      for (let n = 0; n < 5; n++) {
        await track(
          emulator,
          Array.from({ length: 2_000 }, () => event),
        );
      }
      return emulator.state();
    },
    { token: 'T' },
  );
  const after = await run(file, (emulator) => emulator.state(), { token: 'T' });
  expect({ ...after, now: 0 }).toEqual({ ...before, now: 0 });
  expect(
    before.events.filter(({ duplicateOf }) => duplicateOf === null).length,
  ).toBeLessThanOrEqual(5);
});
