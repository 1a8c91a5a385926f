import { parseArgs } from 'node:util';
import { nearestName } from '../nearest-name.js';
import type { IdentitySystemName } from '../emulator-state.js';
import type { EmulatorOptions } from '../start-emulator.js';

/** What the command line asks for. */
export type CliRequest =
  | { readonly kind: 'start'; readonly options: EmulatorOptions }
  | { readonly kind: 'print'; readonly text: string }
  | { readonly kind: 'refuse'; readonly text: string };

/** Port that the emulator listens on when nothing else is asked for. */
export const DEFAULT_PORT = 8077;

const FLAGS = {
  port: { type: 'string' },
  host: { type: 'string' },
  token: { type: 'string' },
  system: { type: 'string' },
  data: { type: 'string' },
  serve: { type: 'string', multiple: true },
  'cluster-cap': { type: 'string' },
  'strict-guid': { type: 'boolean' },
  'lax-cors': { type: 'boolean' },
  'identity-endpoints': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

/** The text of `--help`. */
export const HELP = `Usage: waymark emulator [options]

Plays the receiving side of the tracking API on this machine.

  --port NUMBER          port to listen on (default ${DEFAULT_PORT}; 0 takes any free one)
  --host ADDRESS         address to listen on (default 127.0.0.1; there is no access control)
  --token TOKEN          the project's token (default: the first one that arrives)
  --system NAME          simplified, original or legacy (default simplified)
  --data FILE            keep what is received in FILE, and take it in again at the next start
  --serve /PREFIX/=DIR   serve the files of DIR under /PREFIX/; may be repeated
  --cluster-cap NUMBER   original: largest number of ids of one person (default 500)
  --strict-guid          original: take only UUID v4 as anonymous ids
  --lax-cors             let pages send any header, which the service does not
  --identity-endpoints   also serve /identity/* and DELETE /lookup-tables/*
  --version              print the version
  -h, --help             print this

Point a client at the printed address. The page there shows what arrives; a program reads /_emulator/state.
`;

/** Reads the arguments after `waymark`. */
export function readArguments(args: readonly string[], version: string): CliRequest {
  const [command, ...rest] = args;
  if (command === undefined || command === '--help' || command === '-h' || command === 'help') {
    return { kind: 'print', text: HELP };
  }
  if (command === '--version') {
    return { kind: 'print', text: `${version}\n` };
  }
  if (command !== 'emulator') {
    return refuse(`Unknown command "${command}". The only one is "waymark emulator".`);
  }
  const unknown = findUnknown(rest);
  if (unknown !== undefined) {
    return refuse(unknown);
  }
  try {
    const { values } = parseArgs({ args: [...rest], options: FLAGS, strict: true });
    if (values.help) {
      return { kind: 'print', text: HELP };
    }
    return values.version ? { kind: 'print', text: `${version}\n` } : readValues(values);
  } catch (cause) {
    return refuse((cause as Error).message);
  }
}

type Values = ReturnType<typeof parseArgs<{ options: typeof FLAGS }>>['values'];

function readValues(values: Values): CliRequest {
  const port = values.port === undefined ? DEFAULT_PORT : readPort(values.port);
  if (port === undefined) {
    return refuse(`--port must be a number from 0 to 65535, not "${values.port}".`);
  }
  const roots = (values.serve ?? []).map((entry) => /^(\/.*\/)=(.+)$/.exec(entry));
  if (roots.some((match) => !match)) {
    return refuse('--serve must look like /prefix/=folder.');
  }
  const project = {
    ...(values.token !== undefined && { token: values.token }),
    ...(values.system !== undefined && { system: values.system as IdentitySystemName }),
    ...(values['cluster-cap'] !== undefined && { clusterCap: Number(values['cluster-cap']) }),
    ...(values['strict-guid'] && { guid: 'v4-strict' as const }),
    ...(values['lax-cors'] && { corsStrict: false }),
    ...(values['identity-endpoints'] && { seedIdentityEndpoints: true }),
  };
  return {
    kind: 'start',
    options: {
      port,
      ...(values.host !== undefined && { host: values.host }),
      ...(values.data !== undefined && { dataFile: values.data }),
      ...(Object.keys(project).length > 0 && { project }),
      staticRoots: Object.fromEntries(roots.map((match) => [match?.[1], match?.[2]])),
    },
  };
}

/** Digits alone: to `Number`, an empty text is 0, which means any free port. */
function readPort(text: string): number | undefined {
  const port = /^\d+$/.test(text) ? Number(text) : Infinity;
  return port <= 65_535 ? port : undefined;
}

function findUnknown(args: readonly string[]): string | undefined {
  for (const arg of args) {
    const name = /^--([^=]+)/.exec(arg)?.[1];
    if (name !== undefined && !Object.hasOwn(FLAGS, name)) {
      const nearest = nearestName(name, Object.keys(FLAGS));
      return `Unknown option --${name}.${nearest ? ` Did you mean --${nearest}?` : ''}`;
    }
  }
  return undefined;
}

function refuse(text: string): CliRequest {
  return { kind: 'refuse', text: `${text} See "waymark emulator --help".\n` };
}
