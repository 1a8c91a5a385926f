import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

import { expect } from 'playwright/test';

import { findBrowser } from '../../scripts/browsers.mjs';
import { LOOPBACK, reservePort } from './listen.js';
import type { Profile } from './profile.js';
import type { TabDriver } from './tab.js';
import { createWebDriver, type WebDriverCommand } from './webdriver.js';

/** An X server without a screen. */
export interface Display {
  /** What `DISPLAY` is set to. */
  readonly name: string;
  close(): void;
}

/** Switches that Safari has on and WebKitGTK leaves off. */
const FEATURES = ['StorageAPI', 'StorageAPIEstimate', 'RequestIdleCallback'];
const BROWSER = fileURLToPath(new URL('./wk-browser.py', import.meta.url));

/** Starts an X server; it picks a free display itself. */
export async function startDisplay(): Promise<Display> {
  const args = ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp', '-noreset'];
  const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const lines = createInterface(server.stdio[3] as Readable);
  const [number] = (await Promise.race([
    once(lines, 'line'),
    once(server, 'exit').then(() => Promise.reject(new Error('Xvfb did not start.'))),
  ])) as [string];
  return { name: `:${number}`, close: () => void server.kill('SIGKILL') };
}

/** Starts WebKitGTK with its profile in `folder`. */
export async function openWebKit(display: Display, folder: string): Promise<Profile> {
  const { driver, port, letGo } = await startDriver(display);
  const command = createWebDriver(`http://${LOOPBACK}:${port}`);
  await expect
    .poll(
      () =>
        command('GET', '/status').then(
          () => true,
          () => false,
        ),
      { intervals: [20] },
    )
    .toBe(true);
  letGo();
  const args = [`--profile=${folder}`, `--enable=${FEATURES.join(',')}`];
  const { sessionId } = (await command('POST', '/session', {
    capabilities: {
      alwaysMatch: { 'webkitgtk:browserOptions': { binary: BROWSER, args } },
    },
  })) as { sessionId: string };

  const kill = async () => {
    if (driver.exitCode !== null || driver.signalCode !== null || driver.pid === undefined) return;
    const hasEnded = once(driver, 'exit');
    // The driver, the browser and its processes share a group.
    process.kill(-driver.pid, 'SIGKILL');
    await hasEnded;
  };
  const inSession: WebDriverCommand = (method, path, ...rest) =>
    command(method, `/session/${sessionId}${path}`, ...rest);
  return {
    openTab: await createTabOpener(inSession),
    kill,
    close: async () => {
      // A session that is gone already is as good as one that ends now.
      await inSession('DELETE', '').catch(() => undefined);
      await kill();
    },
  };
}

async function startDriver(
  display: Display,
): Promise<{ driver: ChildProcess; port: number; letGo: () => void }> {
  const found = await findBrowser('webkit');
  if (found === null) throw new Error('WebKitGTK is not installed: run "npm test" once.');
  // Held until the driver listens on it, which takes a while.
  const { port, letGo } = await reservePort();
  const driver = spawn(found.path, [`--port=${port}`, `--host=${LOOPBACK}`], {
    detached: true,
    stdio: 'ignore',
    env: { ...process.env, DISPLAY: display.name, GDK_BACKEND: 'x11' },
  });
  return { driver, port, letGo };
}

/** The driver has one current window, so commands to all tabs stand in one line. */
async function createTabOpener(command: WebDriverCommand): Promise<() => Promise<TabDriver>> {
  let current = (await command('GET', '/window')) as string | null;
  let unused = current;
  let last: Promise<unknown> = Promise.resolve();

  const inLine = <Result>(step: () => Promise<Result>): Promise<Result> => {
    const next = last.then(step, step);
    last = next;
    return next;
  };
  const inWindow = <Result>(window: string, step: () => Promise<Result>): Promise<Result> =>
    inLine(async () => {
      if (current !== window) await command('POST', '/window', { handle: window });
      current = window;
      return step();
    });
  const newWindow = async () => {
    const { handle } = (await command('POST', '/window/new', { type: 'tab' })) as {
      handle: string;
    };
    return handle;
  };
  const openWindow = () => inLine(newWindow);
  const closeWindow = (window: string) =>
    inWindow(window, async () => {
      const open = (await command('GET', '/window/handles')) as string[];
      // With the last window the session would end, and with it the browser.
      if (open.length === 1) unused = await newWindow();
      const [left] = (await command('DELETE', '/window')) as string[];
      current = left ?? null;
      // Without a current window the driver opens no other one either.
      if (left !== undefined) await command('POST', '/window', { handle: left });
    });

  return async () => {
    const window = unused ?? (await openWindow());
    unused = null;
    return {
      goto: (url) => inWindow(window, () => navigate(command, url)),
      reload: () =>
        inWindow(window, async () => {
          await command('POST', '/refresh');
          await hasLoaded(command);
        }),
      eval: (fn, argument, limitMs) =>
        inWindow(window, () => evaluate(command, fn, argument, limitMs) as never),
      close: () => closeWindow(window),
      cover: async () => {
        const cover = await openWindow();
        return () => closeWindow(cover);
      },
    };
  };
}

async function navigate(command: WebDriverCommand, url: string): Promise<void> {
  await command('POST', '/url', { url });
  // A refused connection does not fail the command: it shows an error page.
  const script = 'return location.origin';
  const origin = await command('POST', '/execute/sync', { script, args: [] });
  if (origin !== new URL(url).origin) throw new Error(`${url} did not load.`);
  await hasLoaded(command);
}

/** The driver can be done before the modules of the page have run. */
async function hasLoaded(command: WebDriverCommand): Promise<void> {
  const script = 'return document.readyState';
  const options = { intervals: [10, 20, 50] };
  await expect
    .poll(() => command('POST', '/execute/sync', { script, args: [] }), options)
    .toBe('complete');
}

/** The answer travels as JSON text: the driver's own form turns `undefined` into `null` and shuffles keys. */
async function evaluate(
  command: WebDriverCommand,
  fn: (argument: never) => unknown,
  argument: unknown,
  limitMs?: number,
): Promise<unknown> {
  const script = `const [argument, done] = arguments;
    const toJson = (value) => { try { return JSON.stringify(value) } catch { return undefined } };
    (async () => (${fn.toString()})(argument))().then(
      (value) => done({ json: toJson(value) }),
      (error) => done({ error: error.name + ': ' + error.message }))`;
  const call = { script, args: [argument ?? null] };
  const answer = (await command('POST', '/execute/async', call, limitMs)) as {
    json?: string | null;
    error?: string;
  };
  if (answer.error !== undefined) throw new Error(answer.error);
  return typeof answer.json === 'string' ? JSON.parse(answer.json) : undefined;
}
