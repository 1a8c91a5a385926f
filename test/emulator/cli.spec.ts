import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { readArguments } from '../../src/emulator/cli/cli-options.js';
import { startEmulator } from '../../src/emulator/index.js';
import { isLoopback } from '../../src/emulator/cli/loopback.js';
import { printWarnings } from '../../src/emulator/cli/print-warnings.js';
import { createStreamHub } from '../../src/emulator/stream/stream-hub.js';
import { expect, test } from './support/emulator-fixture.js';
import { eventOf, track } from './support/send.js';

const CLI = fileURLToPath(new URL('../../dist/emulator/cli.js', import.meta.url));

const refusals: Record<string, readonly [args: readonly string[], text: string]> = {
  'an unknown command': [['emulate'], 'Unknown command "emulate"'],
  'an unknown option': [['emulator', '--prot', '1'], 'Did you mean --port?'],
  'a port that is no number': [['emulator', '--port', 'x'], '--port must be a number'],
  'an empty port': [['emulator', '--port='], '--port must be a number'],
  'a port beyond the last': [['emulator', '--port', '65536'], '--port must be a number'],
  'an argument too many': [['emulator', 'now'], 'now'],
  'a folder without a prefix': [['emulator', '--serve', 'dist'], '--serve must look like'],
};

for (const [title, [args, text]] of Object.entries(refusals)) {
  test(`${title} is refused with a sentence`, () => {
    expect(readArguments(args, '1.2.3')).toEqual({
      kind: 'refuse',
      text: expect.stringContaining(text),
    });
  });
}

test('only an address of this machine counts as one that others cannot reach', () => {
  const own = ['localhost', '127.0.0.1', '127.1.2.3', '::1'];
  const open = ['127.anything.example', '127.example', '0.0.0.0', '::', '192.168.1.2', ''];
  expect([...own, ...open].filter(isLoopback)).toEqual(own);
});

test('options become those of startEmulator', () => {
  const args =
    'emulator --port 0 --token T --system original --cluster-cap 9 --strict-guid --lax-cors --data f --serve /a/=b';
  expect(readArguments(args.split(' '), '1.2.3')).toEqual({
    kind: 'start',
    options: {
      port: 0,
      dataFile: 'f',
      project: {
        token: 'T',
        system: 'original',
        clusterCap: 9,
        guid: 'v4-strict',
        corsStrict: false,
      },
      staticRoots: { '/a/': 'b' },
    },
  });
  expect(readArguments(['--version'], '1.2.3')).toEqual({ kind: 'print', text: '1.2.3\n' });
  expect(readArguments(['emulator', '--help'], '1.2.3')).toMatchObject({ kind: 'print' });
});

test('a taken port ends with one sentence and status 1', async () => {
  const emulator = await startEmulator();
  const child = spawn(process.execPath, [CLI, 'emulator', '--port', String(emulator.port)]);
  const said: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
  const [status] = (await once(child, 'close')) as [number];
  await emulator.close();
  expect([status, Buffer.concat(said).toString()]).toEqual([
    1,
    `Port ${emulator.port} is taken. Stop what listens there, or choose another with --port.\n`,
  ]);
});

test('it prints where it is, and the page and the state are there', async () => {
  const child = spawn(process.execPath, [CLI, 'emulator', '--port', '0', '--token', 'T']);
  const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
  const url = /apiHost\s+(\S+)/.exec(chunk.toString())?.[1] ?? '';
  const page = await fetch(`${url}/`);
  const state = await fetch(`${url}/_emulator/state`);
  child.kill();
  await once(child, 'close');
  expect([page.status, page.headers.get('content-type')]).toEqual([
    200,
    'text/html; charset=utf-8',
  ]);
  expect(state.status).toBe(200);
});

test('what senders name cannot steer the terminal, and a long token is cut', async ({
  emulator,
}) => {
  let printed = '';
  printWarnings(emulator, (line) => {
    printed += line;
  });
  const name = 'E\u001B]0;gone\u0007\u009B2J\u007F\r\n';
  await track(emulator, eventOf(name, { $user_id: 'U', $device_id: 'D' }));
  await track(emulator, { event: 'E', properties: { token: `\u001B[2J${'t'.repeat(9_999)}` } });
  const lines = printed.split('\n');
  expect(lines.map((line) => line.split(':')[0])).toEqual([
    'warning insert-id-missing',
    'warning unknown-token',
    '',
  ]);
  expect(lines[0]).toContain('"E\uFFFD]0;gone\uFFFD\uFFFD2J\uFFFD\uFFFD\uFFFD"');
  expect(lines[1]).toContain(`"\uFFFD[2J${'t'.repeat(96)}…" is not`);
  expect(printed.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
});

test('five warnings of a kind are printed, and again after a reset', async ({ emulator }) => {
  const printed: string[] = [];
  printWarnings(emulator, (line) => printed.push(line));
  const event = eventOf('E', { $user_id: 'U', $device_id: 'D' });
  await track(
    emulator,
    Array.from({ length: 7 }, () => event),
  );
  expect(printed.map((line) => line.includes('more of this kind are on the page'))).toEqual([
    false,
    false,
    false,
    false,
    true,
  ]);
  await emulator.reset();
  await track(emulator, event);
  expect(printed).toHaveLength(6);
});

test('a warning that no longer holds is taken back, once, and only where it was printed', async ({
  emulator,
}) => {
  const ids = { $device_id: 'D', $user_id: 'U', $insert_id: 'i-1' };
  await track(emulator, eventOf('$identify', ids));
  const printed: string[] = [];
  printWarnings(emulator, (line) => printed.push(line));
  await track(emulator, eventOf('E', ids));
  expect(printed).toEqual([]);

  const others = { $device_id: 'D2', $user_id: 'U2', $insert_id: 'i-2' };
  await track(emulator, eventOf('$identify', others));
  await track(emulator, eventOf('E', others));
  await track(emulator, eventOf('E', { ...others, $insert_id: 'i-3' }));
  const about = printed.filter((line) => line.includes('identify-without-event'));
  expect(about.map((line) => line.split(':')[0])).toEqual([
    'warning identify-without-event',
    'no longer identify-without-event',
  ]);
});

test('printing warnings does not have every event made into a message', () => {
  const hub = createStreamHub();
  printWarnings(hub, () => undefined);
  expect([hub.isHeard('event'), hub.isHeard('warning')]).toEqual([false, true]);
  const heard: string[] = [];
  const stop = hub.subscribe(({ type }) => heard.push(type));
  expect(hub.isHeard('event')).toBe(true);
  hub.publish({ type: 'clock', now: 1 });
  stop();
  hub.publish({ type: 'clock', now: 2 });
  expect([heard, hub.isHeard('event')]).toEqual([['clock'], false]);
});
