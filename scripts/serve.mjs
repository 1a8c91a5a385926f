import { createServer } from 'node:net';

const HOST = '127.0.0.1';
const EMULATOR_PORT = 8077;
const WEBSITE_PORT = 8078;
const PORTS_TRIED_COUNT = 20;

/** There is no port left to serve on. The message says which, and what to do. */
export class PortError extends Error {
  name = 'PortError';
}

/**
 * Serves the built emulator and the example website from this process until SIGINT or SIGTERM, and prints both
 * addresses.
 *
 * @returns {Promise<void>} Resolves when both are up; rejects with a PortError when there is no port for one.
 */
export async function serve() {
  // Imported only now: before the first build there is nothing to import.
  const { startEmulator } = await import('../dist/emulator/index.js');
  const { startWebsite } = await import('../examples/website/serve.mjs');
  const emulatorPort = await freePort(EMULATOR_PORT, 'emulator');
  // Before anything listens, or the emulator would go on alone.
  const websitePort = await freePort(WEBSITE_PORT, 'example website', emulatorPort);
  const emulator = await startEmulator({
    port: emulatorPort,
    host: HOST,
    project: { token: 'demo', system: 'simplified' },
  });
  const website = await startWebsite({ port: websitePort, host: HOST, emulatorUrl: emulator.url });
  console.log(`Emulator         ${emulator.url}`);
  console.log(`Example website  ${website.url}`);
  console.log('Ctrl-C ends both.');
  const end = () => {
    void Promise.allSettled([website.close(), emulator.close()]).then(() => process.exit(0));
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
}

/** The wanted port or, with a line that says so, the first free one above it. */
async function freePort(wanted, name, taken) {
  for (let port = wanted; port < wanted + PORTS_TRIED_COUNT; port += 1) {
    if (port !== taken && (await isFree(port))) {
      if (port !== wanted) console.log(`Port ${wanted} is taken; the ${name} uses ${port}.`);
      return port;
    }
  }
  throw new PortError(
    `No port from ${wanted} to ${wanted + PORTS_TRIED_COUNT - 1} is free for the ${name}: stop a program that uses one.`,
  );
}

function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, HOST, () => probe.close(() => resolve(true)));
  });
}
