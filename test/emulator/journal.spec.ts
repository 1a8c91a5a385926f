import {
  appendFile,
  mkdir,
  readdir,
  readFile,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { dirname } from 'node:path';
import { startEmulator } from '../../src/emulator/index.js';
import type { Emulator, ProjectConfig } from '../../src/emulator/index.js';
import { expect, test } from './support/emulator-fixture.js';
import { eventOf, postJson, TOKEN_AUTH, track } from './support/send.js';

/** Starts an emulator with a journal, lets it be used, and closes it. */
async function run<Result>(
  dataFile: string,
  use: (emulator: Emulator) => Promise<Result>,
  project?: ProjectConfig,
): Promise<Result> {
  const emulator = await startEmulator({ dataFile, ...(project && { project }) });
  try {
    return await use(emulator);
  } finally {
    await emulator.close();
  }
}

async function fill(emulator: Emulator): Promise<void> {
  await emulator.clock({ now: 1_760_000_000 });
  await track(emulator, [eventOf('A', { $device_id: 'D' }), eventOf('B', { time: 1_759_000_000 })]);
  await postJson(
    emulator,
    '/import',
    [eventOf('C', { $user_id: 'U', $device_id: 'D', time: 1, $insert_id: 'i' })],
    { authorization: TOKEN_AUTH },
  );
  await postJson(emulator, '/engage', { $token: 'T', $distinct_id: 'U', $set: { plan: 'größer' } });
  await emulator.faults([{ status: 500, times: 1 }]);
  await track(emulator, eventOf('Never stored', {}));
}

test('what was received is there again after a restart, at the times at which it came', async () => {
  const file = test.info().outputPath('journal.ndjson');
  const before = await run(
    file,
    async (emulator) => {
      await fill(emulator);
      return emulator.state();
    },
    { token: 'T' },
  );
  const after = await run(file, (emulator) => emulator.state());
  const requests = before.requests.filter(({ status }) => status !== 500);
  expect(after).toEqual({ ...before, requests });
  expect(after.events).toHaveLength(1);
});

test('the same requests can be looked at under another system', async () => {
  const file = test.info().outputPath('journal.ndjson');
  await run(file, (emulator) =>
    track(emulator, [
      eventOf('A', { distinct_id: '$device:D', $device_id: 'D' }),
      eventOf('B', { distinct_id: 'U', $device_id: 'D', $user_id: 'U' }),
    ]),
  );
  const original = await run(file, (emulator) => emulator.state(), {
    token: 'T',
    system: 'original',
  });
  expect(original.clusters.map(({ ids }) => ids)).toEqual([['$device:D'], ['U']]);
});

test('closing twice does no harm', async () => {
  const emulator = await startEmulator({
    dataFile: test.info().outputPath('journal.ndjson'),
  });
  await Promise.all([emulator.close(), emulator.close()]);
  await emulator.close();
  await expect(fetch(emulator.url)).rejects.toThrow();
});

test('a torn last line costs itself, with a warning, and nothing after it', async () => {
  const file = test.info().outputPath('journal.ndjson');
  await run(
    file,
    async (emulator) => {
      await track(emulator, eventOf('A', { distinct_id: 'U' }));
      await track(emulator, eventOf('B', { distinct_id: 'U' }));
    },
    { token: 'T' },
  );
  await truncate(file, (await readFile(file)).length - 20);
  const torn = await run(file, async (emulator) => {
    await track(emulator, eventOf('C', { distinct_id: 'U' }));
    return emulator.state();
  });
  expect(torn.events.map(({ event }) => event)).toEqual(['A', 'C']);
  expect(torn.warnings).toContainEqual(expect.objectContaining({ code: 'journal-line-lost' }));
  const later = await run(file, (emulator) => emulator.state());
  expect(later.events.map(({ event }) => event)).toEqual(['A', 'C']);
  expect(later.warnings.map(({ code }) => code)).not.toContain('journal-line-lost');
});

test('a broken line in the middle costs itself', async () => {
  const file = test.info().outputPath('journal.ndjson');
  await run(file, (emulator) => track(emulator, eventOf('A', { distinct_id: 'U' })));
  await appendFile(file, '{"kind":"request","atMs":1}\nnot json\n');
  const state = await run(file, (emulator) => emulator.state());
  expect(state.events).toHaveLength(1);
  expect(state.warnings.filter(({ code }) => code === 'journal-line-lost')).toHaveLength(2);
});

test('reset empties the file, and secrets never reach it', async () => {
  const file = test.info().outputPath('journal.ndjson');
  await writeFile(file, '');
  await run(file, async (emulator) => {
    await track(emulator, eventOf('Gone', { distinct_id: 'U' }));
    await emulator.reset({ token: 'T', system: 'original' });
    const authorization = basic('account:s3cret');
    await postJson(
      emulator,
      '/import?project_id=1',
      [eventOf('Kept', { distinct_id: 'U', time: 1_700_000_000, $insert_id: 'i' })],
      { authorization },
    );
  });
  const text = await readFile(file, 'utf8');
  expect(text).not.toContain('Gone');
  expect(text).not.toContain(Buffer.from('account:s3cret').toString('base64'));
  const state = await run(file, (emulator) => emulator.state());
  expect(state.system).toBe('original');
  expect(state.events.map(({ event }) => event)).toEqual(['Kept']);
});

const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;

const requestIn = (journal: string): { readonly authorization?: string } => {
  const lines = journal
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { request?: object });
  return lines.at(-1)?.request ?? {};
};
const decode = (authorization: string): string =>
  Buffer.from(authorization.split(' ')[1] ?? '', 'base64').toString();

for (const [title, authorization, status] of [
  ['a bearer', 'Bearer s3cret', 200],
  ['a bearer without a value', 'Bearer', 401],
  ['a secret that begins with a colon', basic('account::s3cret'), 200],
  ['a secret with a colon', basic('account:s3cret:more'), 200],
  ['the token', TOKEN_AUTH, 200],
  ['a token without a colon', basic('T'), 200],
  ['a secret without an account', basic(':s3cret'), 401],
  ['basic credentials without a value', 'Basic', 401],
  ['an unknown scheme', 'Digest s3cret', 401],
  ['no credentials', '', 401],
] as const) {
  test(`I-1: ${title} is judged the same after a restart, and its secret is not kept`, async () => {
    const file = test.info().outputPath('journal.ndjson');
    const event = eventOf('E', { distinct_id: 'U', time: 1_700_000_000, $insert_id: 'i' });
    const before = await run(
      file,
      async (emulator) => {
        const answer = await postJson(emulator, '/import?project_id=1', [event], { authorization });
        expect(answer.status).toBe(status);
        return emulator.state();
      },
      { token: 'T', now: 1_700_000_100 },
    );
    const text = await readFile(file, 'utf8');
    const { authorization: kept = '' } = requestIn(text);
    expect([kept, decode(kept)].join()).not.toContain('s3cret');
    expect(await run(file, (emulator) => emulator.state())).toEqual(before);
  });
}

test('line separators and lines without an end survive restarts, byte for byte', async () => {
  const file = test.info().outputPath('journal.ndjson');
  const text = 'one\u2028two\u2029three';
  await run(file, (emulator) => track(emulator, eventOf('A', { distinct_id: 'U', text })), {
    token: 'T',
  });
  const written = await readFile(file, 'utf8');
  expect(written).not.toMatch(/[\u2028\u2029]/);
  await writeFile(
    file,
    written.replaceAll('\\u2028', '\u2028').replaceAll('\\u2029', '\u2029').trimEnd(),
  );
  for (let n = 0; n < 2; n++) {
    const { events, warnings } = await run(file, (emulator) => emulator.state());
    expect(events.map(({ properties }) => properties['text'])).toEqual([text]);
    expect(warnings.map(({ code }) => code)).not.toContain('journal-line-lost');
  }
  await run(file, (emulator) => track(emulator, eventOf('B', { distinct_id: 'U' })));
  const { events } = await run(file, (emulator) => emulator.state());
  expect(events.map(({ event }) => event)).toEqual(['A', 'B']);
});

test('a line that cannot be taken in costs itself, and the warning names it', async () => {
  const file = test.info().outputPath('journal.ndjson');
  await run(file, (emulator) => track(emulator, eventOf('A', { distinct_id: 'U' })), {
    token: 'T',
  });
  const [project = '', request = ''] = (await readFile(file, 'utf8')).split('\n');
  const impossible = request
    .replace(/"atMs":\d+/, '"atMs":1e300')
    .replace('"/track/"', '"/engage"')
    .replace(
      /"text":"[^"]*"/,
      `"text":${JSON.stringify(`data=${JSON.stringify({ $token: 'T', $distinct_id: 'U', $set: {} })}`)}`,
    );
  expect(impossible).toContain('/engage');
  await writeFile(file, `${[project, impossible, request].join('\n')}\n`);
  const { events, warnings } = await run(file, (emulator) => emulator.state());
  expect(events.map(({ event }) => event)).toEqual(['A']);
  expect(warnings).toContainEqual(
    expect.objectContaining({
      code: 'journal-line-lost',
      message: expect.stringContaining('Line 2 '),
    }),
  );
});

test('a project that is given changes what it names, and is kept from then on', async () => {
  const file = test.info().outputPath('journal.ndjson');
  await run(file, (emulator) => track(emulator, eventOf('A', { distinct_id: 'U' })), {
    token: 'T',
    clusterCap: 3,
  });
  await run(file, (emulator) => emulator.state(), { system: 'original' });
  const { system, events } = await run(file, async (emulator) => {
    await track(emulator, eventOf('B', { token: 'another', distinct_id: 'U' }));
    return emulator.state();
  });
  expect(system).toBe('original');
  expect(events.map(({ event }) => event)).toEqual(['A']);
});

test('a start that finds its port taken leaves the file as it was', async ({ emulator }) => {
  const file = test.info().outputPath('journal.ndjson');
  await run(file, (first) => track(first, eventOf('A', { distinct_id: 'U' })), { token: 'T' });
  await appendFile(file, '{"kind":"requ');
  const before = await readFile(file, 'utf8');
  const project = { system: 'original' } as const;
  const start = startEmulator({ dataFile: file, port: emulator.port, project });
  await expect(start).rejects.toThrow('EADDRINUSE');
  expect(await readFile(file, 'utf8')).toBe(before);
  const missing = test.info().outputPath('missing.ndjson');
  await expect(startEmulator({ dataFile: missing, port: emulator.port })).rejects.toThrow();
  expect(await readdir(dirname(file))).toEqual(['journal.ndjson']);
});

test('a file has one emulator at a time, also by another name', async () => {
  const file = test.info().outputPath('journal.ndjson');
  await run(file, async (emulator) => {
    const before = await readFile(file, 'utf8');
    const link = test.info().outputPath('link.ndjson');
    await symlink(file, link);
    for (const dataFile of [file, link]) {
      const second = startEmulator({ dataFile, project: { system: 'original' } });
      await expect(second).rejects.toThrow(
        `--data, ${file}, is in use by the emulator with process id ${process.pid}.`,
      );
    }
    expect(await readFile(file, 'utf8')).toBe(before);
    await track(emulator, eventOf('A', { distinct_id: 'U' }));
  });
  expect((await run(file, (emulator) => emulator.state())).events).toHaveLength(1);
});

for (const [title, content] of Object.entries({
  'of JSON': '{"a":1,"precious":"x"}',
  'of lines': 'one\ntwo\n',
  'of zeros': '\0\0\0',
})) {
  test(`a file ${title} is no journal, and stays as it is`, async () => {
    const file = test.info().outputPath('mine');
    await writeFile(file, content);
    await expect(startEmulator({ dataFile: file })).rejects.toThrow(
      `The file given with --data, ${file}, is no journal of an emulator`,
    );
    expect(await readFile(file, 'utf8')).toBe(content);
    expect(await readdir(dirname(file))).toEqual(['mine']);
  });
}

test('what cannot hold a journal is refused by the name of the option', async () => {
  const folder = test.info().outputPath('folder');
  const file = test.info().outputPath('mine');
  await mkdir(folder);
  await writeFile(file, '');
  const refused: Record<string, string> = {
    [folder]: '--data must name a regular file',
    '/dev/null': '--data must name a regular file',
    [`${file}/journal`]: '--data cannot be used: ENOTDIR',
    [`${folder}/missing/journal`]: '--data cannot be used: ENOENT',
  };
  for (const [dataFile, text] of Object.entries(refused)) {
    await expect(startEmulator({ dataFile })).rejects.toThrow(text);
  }
});
