#!/usr/bin/env node
import { isIP } from 'node:net';
import { DEFAULT_PORT, readArguments } from './cli-options.js';
import { isLoopback } from './loopback.js';
import { packageVersion } from './package-paths.js';
import { startEmulator } from './start-emulator.js';
import type { Emulator, EmulatorOptions } from './start-emulator.js';

/** Warnings of one kind that are printed; the page and the state have the rest. */
const MAX_PRINTED_COUNT = 5;

const request = readArguments(process.argv.slice(2), packageVersion);
switch (request.kind) {
  case 'print':
    process.stdout.write(request.text);
    break;
  case 'refuse':
    process.stderr.write(request.text);
    process.exitCode = 1;
    break;
  case 'start':
    await start(request.options);
}

async function start(options: EmulatorOptions): Promise<void> {
  try {
    const emulator = await startEmulator(options);
    await greet(emulator, options.host);
    printWarnings(emulator);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => void emulator.close());
    }
  } catch (cause) {
    process.stderr.write(`${explain(cause as NodeJS.ErrnoException, options)}\n`);
    process.exitCode = 1;
  }
}

async function greet({ url, state }: Emulator, host = '127.0.0.1'): Promise<void> {
  const { system, events, warnings } = await state();
  const lines = [
    `waymark emulator ${packageVersion}, ${system} ID Merge`,
    `  page     ${url}/`,
    `  apiHost  ${url}`,
    `  state    ${url}/_emulator/state`,
    ...(events.length > 0 ? [`  ${events.length} events were taken in from the journal.`] : []),
    ...warnings
      .filter(({ code }) => code === 'journal-line-lost')
      .map(({ message }) => `  warning: ${message}`),
    ...(isLoopback(host)
      ? []
      : [
          `  warning: ${isIP(host) ? 'this address' : host} may be reached from other machines, and there is no access control.`,
        ]),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

function printWarnings(emulator: Emulator): void {
  const printed = new Map<string, number>();
  emulator.subscribe((message) => {
    if (message.type === 'reset') {
      printed.clear();
    }
    if (message.type !== 'warning') {
      return;
    }
    const { code, message: text } = message.warning;
    const count = (printed.get(code) ?? 0) + 1;
    printed.set(code, count);
    if (count <= MAX_PRINTED_COUNT) {
      const last = count === MAX_PRINTED_COUNT ? ' (more of this kind are on the page)' : '';
      process.stdout.write(`warning ${code}: ${text}${last}\n`);
    }
  });
}

function explain({ code, message }: NodeJS.ErrnoException, options: EmulatorOptions): string {
  const port = options.port ?? DEFAULT_PORT;
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is taken. Stop what listens there, or choose another with --port.`;
    case 'EACCES':
      return `Port ${port} may not be used by this user: ${message}`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `There is no address "${options.host}" on this machine. Choose another with --host.`;
    default:
      return `The emulator could not start: ${message}`;
  }
}
