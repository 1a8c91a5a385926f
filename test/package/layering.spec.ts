import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, test as base } from 'playwright/test';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Names the files of a planted tree that the linter rejects, by the rule that rejects them. */
type Lint = (files: Readonly<Record<string, string>>) => Promise<string[]>;

const test = base.extend<{ lint: Lint }>({
  lint: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'waymark-layers-'));
    await cp(join(ROOT, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
    await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    await use(async (files) => {
      for (const [path, content] of Object.entries(files)) {
        const file = join(folder, path);
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, content);
      }
      const oxlint = join(ROOT, 'node_modules/.bin/oxlint');
      const { stdout } = spawnSync(oxlint, ['--format=json', ...Object.keys(files)], {
        cwd: folder,
        encoding: 'utf8',
      });
      return rejectedFiles(stdout);
    });
    await rm(folder, { recursive: true, force: true });
  },
});

function rejectedFiles(report: string): string[] {
  const { diagnostics } = JSON.parse(report) as {
    diagnostics: { code: string; filename: string }[];
  };
  return [...new Set(diagnostics.map(({ code, filename }) => `${filename} ${code}`))].toSorted();
}

const importing = (specifier: string) =>
  `import { part } from '${specifier}';\n\nexport const whole = part;\n`;

const WRONG_IMPORTS: readonly (readonly [file: string, specifier: string])[] = [
  ['src/wire.ts', './ports.js'],
  ['src/wire.ts', 'uuid'],
  ['src/options.ts', './queue/queue.js'],
  ['src/index.ts', './delivery/flusher.js'],
  ['src/tracker.ts', './emulator/index.js'],
  ['src/tracker.ts', './snippet.js'],
  ['src/tracker.ts', 'uuid'],
  ['src/snippet.ts', './queue/queue.js'],
  ['src/stub.ts', './wire.js'],
  ['src/identity/identity.ts', '../queue/idb-store.js'],
  ['src/identity/identity.ts', '../tracker.js'],
  ['src/event/event-builder.ts', '../identity/identity.js'],
  ['src/event/event-builder.ts', 'uuid'],
  ['src/queue/queue.ts', 'idb-keyval'],
  ['src/queue/idb-store.ts', 'uuid'],
  ['src/delivery/flusher.ts', '../queue/idb-store.js'],
  ['src/consent/klaro.ts', '../options.js'],
  ['src/consent/klaro.ts', '../attempt.js'],
  ['src/consent/klaro.ts', 'klaro'],
  ['src/capture/page-views.ts', '../tracker.js'],
  ['src/capture/page-views.ts', '../emulator/index.js'],
  ['src/ids.ts', 'idb-keyval'],
  ['src/tracker.ts', './emulator-page/main.js'],
  ['src/options.tsx', './queue/queue.js'],
  ['src/queue/queue.tsx', '../tracker.js'],
  ['src/gate/gate.ts', '../tracker.js'],
  ['src/emulator/control.ts', '../errors.js'],
  ['src/emulator/control.ts', '../identity/identity.js'],
  ['src/emulator/control.ts', '../emulator-page/main.js'],
  ['src/emulator/identity/simplified.ts', '../../identity/identity.js'],
  ['src/emulator/identity/simplified.tsx', '../../errors.js'],
  ['src/emulator-page/main.ts', '../errors.js'],
  ['src/emulator-page/main.tsx', '../emulator/control.js'],
  ['src/emulator-page/model/graph.ts', '../../ports.js'],
  ['src/emulator-page/model/graph.ts', '../../emulator/control.js'],
  ['src/emulator-page/view/graph.tsx', '../../errors.js'],
  ['src/emulator-page/view/graph.tsx', '../../emulator/http/server.js'],
];

for (const [file, specifier] of WRONG_IMPORTS) {
  test(`${file} may not import ${specifier}`, async ({ lint }) => {
    expect(await lint({ [file]: importing(specifier) })).toEqual([
      `${file} eslint(no-restricted-imports)`,
    ]);
  });
}

const RIGHT_IMPORTS: readonly (readonly [file: string, specifier: string])[] = [
  ['src/tracker.ts', './queue/idb-store.js'],
  ['src/index.ts', './capture/page-views.js'],
  ['src/snippet.ts', './index.js'],
  ['src/queue/queue.ts', './idb-store.js'],
  ['src/queue/queue.ts', '../wire.js'],
  ['src/delivery/flusher.ts', '../ports.js'],
  ['src/queue/idb-store.ts', 'idb-keyval'],
  ['src/consent/klaro.ts', './follow.js'],
  ['src/ids.ts', 'uuid'],
  ['src/emulator/control.ts', '../wire.js'],
  ['src/emulator/control.ts', './identity/simplified.js'],
  ['src/emulator/identity/simplified.ts', '../../wire.js'],
  ['src/emulator/identity/simplified.ts', '../store/event-store.js'],
  ['src/emulator-page/main.ts', './view/app.js'],
  ['src/emulator-page/view/app.tsx', '../model/row.js'],
  ['src/emulator-page/view/app.tsx', '../../emulator/emulator-state.js'],
  ['src/emulator-page/live/session.ts', '../../emulator/stream/stream-message.js'],
  ['src/emulator-page/model/fault.ts', '../../emulator/faults/fault.js'],
];

for (const [file, specifier] of RIGHT_IMPORTS) {
  test(`${file} may import ${specifier}`, async ({ lint }) => {
    expect(await lint({ [file]: importing(specifier) })).toEqual([]);
  });
}

test('the public entry may name the types of a room', async ({ lint }) => {
  const naming = "export type { FlushResult } from './delivery/flusher.js';\n";
  expect(await lint({ 'src/index.ts': naming })).toEqual([]);
});

test('two files may not import each other', async ({ lint }) => {
  const rejected = await lint({
    'src/queue/first.ts':
      "import { second } from './second.js';\n\nexport const first = () => second;\n",
    'src/queue/second.ts':
      "import { first } from './first.js';\n\nexport const second = () => first;\n",
  });
  expect(rejected).toContain('src/queue/first.ts import(no-cycle)');
});

test('a body on a line of its own has braces', async ({ lint }) => {
  const file = 'src/emulator/identity/legacy.ts';
  const bare =
    'export function half(whole: boolean): number {\n  if (whole)\n    return 1;\n  return 2;\n}\n';
  expect(await lint({ [file]: bare })).toEqual([`${file} eslint(curly)`]);
});

test('absence is undefined in the emulator', async ({ lint }) => {
  const file = 'src/emulator/identity/legacy.ts';
  expect(await lint({ [file]: 'export const nobody = null;\n' })).toEqual([
    `${file} unicorn(no-null)`,
  ]);
});

test('the client speaks to the console from one file', async ({ lint }) => {
  const speaking = "console.warn('something');\n\nexport const hasSpoken = true;\n";
  const files = { 'src/console-reporter.ts': speaking, 'src/tracker.ts': speaking };
  expect(await lint(files)).toEqual(['src/tracker.ts eslint(no-console)']);
});
