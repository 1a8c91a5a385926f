#!/usr/bin/env node
import { isIP } from 'node:net';
import { DEFAULT_PORT, readArguments } from './cli-options.js';
import type { Ledger } from '../store/ledger.js';
import { isLoopback } from './loopback.js';
import { packageVersion } from '../package-paths.js';
import { plainText } from './plain-text.js';
import { printWarnings } from './print-warnings.js';
import { launchEmulator } from '../start-emulator.js';
import type { EmulatorOptions } from '../start-emulator.js';

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
    const { emulator, control } = await launchEmulator(options);
    greet(emulator.url, control.ledger(), options.host);
    printWarnings(control.hub, (line) => process.stdout.write(line));
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => void emulator.close());
    }
  } catch (cause) {
    process.stderr.write(`${explain(cause as NodeJS.ErrnoException, options)}\n`);
    process.exitCode = 1;
  }
}

/** Says where everything is; of a long journal it counts the events and shows none. */
function greet(url: string, { project, store, warnings }: Ledger, host = '127.0.0.1'): void {
  const eventCount = store.events.all().length;
  const lines = [
    `waymark emulator ${packageVersion}, ${project.system} ID Merge`,
    `  page     ${url}/`,
    `  apiHost  ${url}`,
    `  state    ${url}/_emulator/state`,
    ...(eventCount > 0 ? [`  ${eventCount} events were taken in from the journal.`] : []),
    ...warnings
      .all()
      .filter(({ warning }) => warning.code === 'journal-line-lost')
      .map(({ warning: { message } }) => `  warning: ${plainText(message)}`),
    ...(isLoopback(host)
      ? []
      : [
          `  warning: ${isIP(host) ? 'this address' : host} may be reached from other machines, and there is no access control.`,
        ]),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
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
