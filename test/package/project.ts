import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, test as base } from '../support/lab.js';

export { expect };

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const NPM_LIMIT_MS = 240_000;
const COMMAND_LIMIT_MS = 120_000;
/** No audit, no advice: packages come from npm's cache where it has them. */
const NPM_FLAGS = ['--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline'];

/** What a command did. */
export interface Run {
  readonly code: number;
  /** What it printed, errors last. */
  readonly output: string;
}

/** A project of a user in an empty folder, with the packed package installed. */
export interface Project {
  readonly folder: string;
  /** Writes files, by their path in the project. */
  write(files: Readonly<Record<string, string>>): Promise<void>;
  /** Runs a file of the project's packages, such as `jest/bin/jest.js`, in Node. */
  run(script: string, ...args: string[]): Promise<Run>;
  /** Runs a file of the project's own in Node. */
  runOwn(file: string): Promise<Run>;
  /** Runs lines of a shell. */
  shell(lines: string): Promise<Run>;
  /** Runs a file of the project's own in Node; what it printed, as JSON. */
  print(file: string): Promise<unknown>;
}

/** What a project has besides the package. */
export interface ProjectParts {
  /** Fields of its package.json. */
  readonly manifest?: object;
  /** Exact versions of other packages, by the name that they are installed under. */
  readonly packages?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
}

/** Makes a project. It is gone when the worker that made it ends. */
export type CreateProject = (parts?: ProjectParts) => Promise<Project>;

/** The lab, with the package as npm would hand it out. */
export const test = base.extend<object, { createProject: CreateProject }>({
  createProject: [
    async ({}, use) => {
      const home = await mkdtemp(join(tmpdir(), 'waymark-project-'));
      await runIn(ROOT, 'npm', ['pack', '--ignore-scripts', `--pack-destination=${home}`]);
      const [tarball = ''] = await readdir(home);
      let count = 0;
      await use(async (parts = {}) => {
        count += 1;
        const folder = join(home, `project-${count}`);
        return openProject(folder, join(home, tarball), parts);
      });
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    },
    { scope: 'worker', timeout: NPM_LIMIT_MS },
  ],
});

async function openProject(folder: string, tarball: string, parts: ProjectParts): Promise<Project> {
  const { manifest = {}, packages = {}, files = {} } = parts;
  const dependencies = { waymark: `file:${tarball}`, ...packages };
  const write: Project['write'] = async (given) => {
    for (const [path, content] of Object.entries(given)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), content);
    }
  };
  await write({
    'package.json': JSON.stringify({ name: 'a-page', private: true, ...manifest, dependencies }),
    ...files,
  });
  const installed = await runIn(folder, 'npm', ['install', ...NPM_FLAGS]);
  if (installed.code !== 0)
    throw new Error(`npm could not install what the project needs:\n${installed.output}`);
  return {
    folder,
    write,
    run: (script, ...args) =>
      runIn(folder, process.execPath, [join('node_modules', script), ...args]),
    runOwn: (file) => runIn(folder, process.execPath, [file]),
    shell: (lines) => runIn(folder, 'sh', ['-c', lines]),
    print: async (file) => {
      const { code, output } = await runIn(folder, process.execPath, [file]);
      if (code !== 0) throw new Error(`${file} failed:\n${output}`);
      return JSON.parse(output) as unknown;
    },
  };
}

/** Variables that belong to the tests' own runner, and would make another believe that it is part of it. */
const OWN_VARIABLES = /^(?:NODE_OPTIONS$|FORCE_COLOR$|TEST_|PW_|PLAYWRIGHT_|npm_)/;

function runIn(cwd: string, command: string, args: readonly string[]): Promise<Run> {
  const kept = Object.entries(process.env).filter(([name]) => !OWN_VARIABLES.test(name));
  const env = { ...Object.fromEntries(kept), NO_COLOR: '1' };
  const timeout = command === 'npm' ? NPM_LIMIT_MS : COMMAND_LIMIT_MS;
  return new Promise((resolve) => {
    execFile(command, args, { cwd, env, timeout }, (error, stdout, stderr) => {
      const code = error === null ? 0 : Number(error.code ?? 1) || 1;
      resolve({ code, output: stdout + stderr });
    });
  });
}
