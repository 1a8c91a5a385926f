import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { expect, test as base } from 'playwright/test';

import { listen, reservePort } from '../support/listen.js';

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

/** Runs Node to its end; what it said is in the order it was said. */
async function runNode(args: readonly string[], cwd: string, env: Record<string, string>) {
  const child = spawn(process.execPath, args, { cwd, env: { ...process.env, ...env } });
  let output = '';
  child.stdout.on('data', (chunk) => (output += String(chunk)));
  child.stderr.on('data', (chunk) => (output += String(chunk)));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output, lastLines: output.trimEnd().split('\n').slice(-2) };
}

/** Runs a script with a registry that cannot be reached and nothing in npm's cache. */
async function runOffline(checkout: string, script: string) {
  const { port, letGo } = await reservePort();
  const run = await runNode([join('scripts', script)], checkout, {
    npm_config_cache: join(checkout, 'cache'),
    npm_config_registry: `http://127.0.0.1:${port}/`,
  });
  letGo();
  return run;
}

/** Looks for the browsers in a changed environment, and says what the set-up would say. */
const lookForBrowsers = (env: Record<string, string>) =>
  runNode(
    [
      '--eval',
      `import('./scripts/set-up.mjs').then(({ setUpBrowsers }) =>
        setUpBrowsers().catch((error) => console.log(error.name + ': ' + error.message)))`,
    ],
    ROOT,
    env,
  );

const ADVICE =
  'The npm packages could not be installed: connect this machine to its npm registry, or mend what npm names above, and run "npm ci".';

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

test('a browser that is named but not there is reported with its variable', async () => {
  const { output } = await lookForBrowsers({ CHROMIUM_BIN: '/nowhere/chromium' });
  expect(output).toBe(
    'SetUpError: CHROMIUM_BIN names /nowhere/chromium, where nothing is: correct or unset it.\n',
  );
});

test('a browser that cannot be installed is reported with what to do', async () => {
  const { lastLines } = await lookForBrowsers({ PATH: '/nowhere', CI: 'true' });
  expect(lastLines.at(-1)).toMatch(
    /^SetUpError: The tests need .*webkit, neither found nor installable here: with a network, /,
  );
});

test('npm start steps over a taken port, serves both addresses, and a Ctrl-C ends both', async () => {
  const occupant = createServer();
  // Whoever has the port already does as well.
  await listen(occupant, 8077).catch(() => undefined);
  const child = spawn(
    process.execPath,
    ['--eval', "import('./scripts/serve.mjs').then(({ serve }) => serve())"],
    { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] },
  );
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
  const { port } = new URL(emulator);
  expect(lines[0]).toBe(`Port 8077 is taken; the emulator uses ${port}.`);
  expect(await fetch(`${emulator}/_emulator/health`).then(({ ok }) => ok)).toBe(true);
  expect(await fetch(`${website}/`).then((page) => page.text())).toContain(
    `data-api-host="${emulator}"`,
  );

  child.kill('SIGINT');
  const [code] = (await once(child, 'exit')) as [number | null];
  expect(code).toBe(0);
  await expect(fetch(website)).rejects.toThrow('fetch failed');
  await expect(fetch(emulator)).rejects.toThrow('fetch failed');
  occupant.close();
});
