// `npm run bench`: measures the client beside the incumbent. How to read it: bench/README.md.
import { readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg, release } from 'node:os';
import { parseArgs } from 'node:util';

import { loadClients } from './clients.mjs';
import { startLab } from './lab.mjs';
import { markdownTable, textTable, verdictLines } from './report.mjs';
import { replacePart } from './readme-part.mjs';
import { arrival } from './scenarios/arrival.mjs';
import { backlog } from './scenarios/backlog.mjs';
import { creation, creationByTag } from './scenarios/creation.mjs';
import { idle } from './scenarios/idle.mjs';
import { sizes } from './scenarios/sizes.mjs';
import { tracking } from './scenarios/tracking.mjs';
import { summarize } from './statistics.mjs';
import { judge } from './targets.mjs';

const RESULTS = new URL('results.json', import.meta.url);
const PAGE = new URL('../docs/performance.md', import.meta.url);

const SCENARIOS = [
  sizes,
  creation,
  creationByTag,
  tracking('burst', 1_000, 5),
  tracking('singles', 1_000, 5),
  backlog(0),
  backlog(1_000),
  backlog(10_000),
  arrival,
  tracking('burst', 1, 3),
  tracking('burst', 10, 3),
  tracking('burst', 100, 3),
  idle,
];

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '99' },
    only: { type: 'string', multiple: true },
    'write-docs': { type: 'boolean', default: false },
  },
});
const wanted = SCENARIOS.filter(
  ({ name }) => !options.only || options.only.some((part) => name.startsWith(part)),
);
if (!wanted.length) {
  console.error(
    `--only takes the beginning of one of: ${SCENARIOS.map(({ name }) => name).join(', ')}.`,
  );
  process.exit(1);
}

const maxRounds = Number(options.rounds);
if (!(maxRounds >= 1)) {
  console.error('--rounds takes a number from 1.');
  process.exit(1);
}

const clients = await loadClients();
const lab = await startLab(clients);
const loadBefore = loadavg()[0];
const figures = new Map(clients.map((client) => [client, {}]));
try {
  for (const scenario of wanted) {
    console.error(`${scenario.name} …`);
    for (const [client, samples] of await interleave(scenario)) {
      figures.get(client)[scenario.name] = summarize(samples);
    }
  }
} finally {
  await lab.close();
}
await report();

/** Runs the clients in turn, so that whatever else the machine does befalls both. */
async function interleave({ rounds, measure }) {
  const samples = new Map(clients.map((client) => [client, []]));
  for (let round = 0; round < Math.min(rounds, maxRounds); round++) {
    for (const client of clients) samples.get(client).push(await measure(lab, client, round));
  }
  return [...samples].map(([client, list]) => [client, list.flat()]);
}

async function report() {
  const [ours, theirs] = clients.map((client) => figures.get(client));
  const verdicts = judge(ours, theirs);
  console.log(textTable(ours, theirs));
  console.log(`\nTargets\n${verdictLines(verdicts)}`);
  if (options.only) return;
  await writeFile(RESULTS, `${JSON.stringify(results(verdicts), null, 2)}\n`);
  if (options['write-docs']) await writeDocs(ours, theirs);
}

function results(verdicts) {
  const processors = cpus();
  return {
    date: new Date().toISOString(),
    machine: {
      processor: processors[0]?.model ?? 'unknown',
      processors: processors.length,
      system: `${process.platform} ${release()}`,
      loadBefore,
    },
    versions: {
      chromium: lab.browserVersion,
      node: process.versions.node,
      ...Object.fromEntries(clients.map(({ name, version }) => [name, version])),
    },
    targets: verdicts,
    figures: Object.fromEntries(clients.map((client) => [client.name, figures.get(client)])),
  };
}

async function writeDocs(ours, theirs) {
  const [a, b] = clients.map(({ version }) => version);
  const table = markdownTable(ours, theirs, { ours: a, theirs: b });
  const processor = cpus()[0]?.model ?? 'an unknown processor';
  const note = `Medians of one run in Chromium ${lab.browserVersion} on ${processor}.`;
  await writeFile(PAGE, replacePart(await readFile(PAGE, 'utf8'), `${table}\n\n${note}`));
}
