/**
 * What a unit of work costs the emulator at three sizes, over two orders of magnitude: the cost must not grow with the
 * size. Measured in the processor time of the command, which a busy machine does not blur, and where memory is meant in
 * what the command keeps.
 * `node bench/emulator-work.mjs [--before FOLDER] [--only WORD] [--markdown]`; FOLDER is a checkout that was built, measured in the same run.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { CASES } from './emulator-cases.mjs';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const USAGE = new URL('./emulator-usage.mjs', import.meta.url).href;
/** Beyond this a build is not asked for a larger size of the same case: it has failed it already. */
const MAX_CASE_MS = 60_000;

const { values } = parseArgs({
  options: {
    before: { type: 'string' },
    only: { type: 'string', default: '' },
    markdown: { type: 'boolean', default: false },
  },
});
const builds = { ...(values.before && { before: values.before }), after: ROOT };

const rows = [];
for (const test of CASES.filter(({ title }) => title.includes(values.only))) {
  for (const [build, folder] of Object.entries(builds)) {
    rows.push([test.title, build, ...(await measureSizes(test, folder))]);
    print(rows.at(-1));
  }
}
if (values.markdown) {
  process.stdout.write(
    '\n| work | build | small | ×10 | ×100 |\n| --- | --- | --- | --- | --- |\n',
  );
  for (const row of rows) process.stdout.write(`| ${row.join(' | ')} |\n`);
}

async function measureSizes({ sizes, unit, run }, folder) {
  const cells = [];
  for (const size of sizes) {
    const startMs = performance.now();
    if (cells.at(-1) === 'too slow' || cells.at(-1) === 'fails') {
      cells.push(cells.at(-1));
      continue;
    }
    const cost = await inCommand(folder, (command) => run(command, size)).catch(() => undefined);
    const isSlow = performance.now() - startMs > MAX_CASE_MS;
    cells.push(cost === undefined ? 'fails' : `${format(cost)} ${unit}`);
    if (isSlow) cells.push('too slow');
  }
  return cells.slice(0, sizes.length);
}

/** Starts the command of a build for one measurement, so that each has a heap of its own. */
async function inCommand(folder, use) {
  const child = fork(
    `${folder}/dist/emulator/cli.js`,
    ['emulator', '--port', '0', '--token', 'T'],
    {
      execArgv: ['--expose-gc', '--import', USAGE],
      stdio: ['ignore', 'pipe', 'ignore', 'ipc'],
    },
  );
  try {
    const [greeting] = await once(child.stdout, 'data');
    child.stdout.resume();
    const url = /apiHost\s+(\S+)/.exec(String(greeting))[1];
    return await use({
      post: async (path, body, type = 'application/json') => {
        const headers = { 'content-type': type };
        const answer = await fetch(url + path, { method: 'POST', headers, body });
        return `${answer.status} ${await answer.text()}`;
      },
      get: async (path) => {
        let bytes = 0;
        for await (const chunk of (await fetch(url + path)).body) bytes += chunk.length;
        return bytes;
      },
      usage: async () => {
        const answer = once(child, 'message');
        child.send('usage');
        return (await answer)[0];
      },
    });
  } finally {
    child.disconnect();
  }
}

function format(number) {
  return number >= 100 ? Math.round(number).toLocaleString('en') : number.toPrecision(2);
}

function print([title, build, ...cells]) {
  process.stdout.write(
    `${title.padEnd(52)}${build.padEnd(8)}${cells.map((cell) => cell.padEnd(20)).join('')}\n`,
  );
}
