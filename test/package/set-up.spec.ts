import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { expect, test as base } from 'playwright/test';

import { listen } from '../support/listen.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const INSTALLING_FILES = ['package.json', 'package-lock.json', 'scripts'];

/** A fresh checkout: the scripts, and no `node_modules`. */
const test = base.extend<{ checkout: string }>({
  checkout: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'waymark-checkout-'));
    await Promise.all(
      INSTALLING_FILES.map((name) => cp(join(ROOT, name), join(folder, name), { recursive: true })),
    );
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },
});

/** Runs a script with a registry that cannot be reached and nothing in npm's cache. */
async function runOffline(checkout: string, script: string) {
  const server = createServer();
  const closedPort = await listen(server);
  server.close();
  const child = spawn(process.execPath, [join('scripts', script)], {
    cwd: checkout,
    env: {
      ...process.env,
      npm_config_cache: join(checkout, 'cache'),
      npm_config_registry: `http://127.0.0.1:${closedPort}/`,
    },
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += String(chunk)));
  child.stderr.on('data', (chunk) => (output += String(chunk)));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output, lastLines: output.trimEnd().split('\n').slice(-2) };
}

const ADVICE =
  'The npm packages could not be installed: connect this machine to its npm registry and run "npm ci".';

test('npm test without a network says what to do and counts as failed', async ({ checkout }) => {
  const { code, output, lastLines } = await runOffline(checkout, 'test.mjs');
  expect(lastLines).toEqual([ADVICE, '0 passed, 1 failed']);
  expect(code).toBe(1);
  expect(output).not.toMatch(/^\s+at .*:\d+:\d+/m);
});

test('npm start without a network says what to do', async ({ checkout }) => {
  const { code, output, lastLines } = await runOffline(checkout, 'start.mjs');
  expect(lastLines.at(-1)).toBe(ADVICE);
  expect(code).toBe(1);
  expect(output).not.toMatch(/^\s+at .*:\d+:\d+/m);
});

test('npm start serves both addresses, and a Ctrl-C ends both', async () => {
  const script = "import('./scripts/serve.mjs').then(({ serve }) => serve())";
  const child = spawn(process.execPath, ['--eval', script], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    lines.push(line);
    if (line.startsWith('Ctrl-C')) break;
  }
  const addressOf = (name: string) =>
    lines
      .find((line) => line.startsWith(name))
      ?.split(/\s+/)
      .at(-1) ?? '';
  const [emulator, website] = [addressOf('Emulator'), addressOf('Example website')];
  expect(await fetch(`${emulator}/_emulator/health`).then(({ ok }) => ok)).toBe(true);
  expect(await fetch(`${website}/`).then((page) => page.text())).toContain(
    `data-api-host="${emulator}"`,
  );

  child.kill('SIGINT');
  const [code] = (await once(child, 'exit')) as [number | null];
  expect(code).toBe(0);
  await expect(fetch(website)).rejects.toThrow('fetch failed');
  await expect(fetch(emulator)).rejects.toThrow('fetch failed');
});

test('a port that is taken is stepped over, with a line that says so', async () => {
  const script = `import('node:net').then(async ({ createServer }) => {
    const taken = createServer().listen(8077, '127.0.0.1').on('error', () => {});
    const { serve } = await import('./scripts/serve.mjs');
    await serve();
    process.kill(process.pid, 'SIGTERM');
  })`;
  const child = spawn(process.execPath, ['--eval', script], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  for await (const line of createInterface(child.stdout)) lines.push(line);
  expect(lines.join('\n')).toMatch(/Port 8077 is taken; the emulator uses 80\d\d\./);
});
