import * as fc from 'fast-check';

import { step, type Step } from '../pure/played-browser.js';
import { identityComplaints } from '../support/identity-complaints.js';
import { expect, test, type Lab, type Tab } from '../support/lab.js';
import { failures, flush, ordinary, SYSTEMS, visit, type SystemName } from './identity-lab.js';

/** Sequences in each of the two systems, each on a host of its own so that nothing is shared. */
const SEQUENCE_COUNT = 26;
const MAX_STEPS = 14;

/** A call for a page to make. */
type Call = readonly [
  method: 'track' | 'identify' | 'reset' | 'alias',
  argument?: unknown,
  sitting?: string,
];

/** Makes the calls, all in one task. For `tab.eval`. */
const makeCalls = (calls: readonly Call[]): void => {
  for (const [method, argument, sitting] of calls) {
    if (method === 'track') tracker.track('Clicked', { sitting });
    else (tracker[method] as (argument: unknown) => void)(argument);
  }
};

/** Plays one sequence in up to three tabs of one host; notes whose each sitting was. */
async function play(
  lab: Lab,
  system: SystemName,
  number: number,
  steps: readonly Step[],
  owners: Map<string, string>,
): Promise<void> {
  const url = `${lab.site.urlOf(`s${number}.localhost`)}/blank.html`;
  const tabs: (Tab | undefined)[] = [];
  let current = 0;
  let calls: Call[] = [];
  let count = 0;
  let user: string | undefined;
  const sitting = () => `sitting ${number}.${count}`;

  const tab = async () => (tabs[current] ??= await visit(lab, system, { url }));
  const endTask = async () => {
    const due = calls;
    calls = [];
    if (due.length > 0) await (await tab()).eval(makeCalls, due);
  };
  const track = () => {
    calls.push(['track', undefined, sitting()]);
    owners.set(sitting(), owners.get(sitting()) ?? sitting());
  };

  for (const next of steps) {
    if (next.kind === 'track') track();
    if (next.kind === 'identify') {
      const id = `${next.user}-${number}`;
      if (user !== undefined && user !== id) count++;
      user = id;
      owners.set(sitting(), id);
      calls.push(['identify', id]);
    }
    if (next.kind === 'identify-badly') calls.push(['identify', next.id]);
    if (next.kind === 'reset') {
      calls.push(['reset']);
      count++;
      user = undefined;
    }
    if (next.kind === 'alias' && system === 'original')
      calls.push([
        'alias',
        `alias-${number}.${calls.length}.${count}.${current}.${steps.indexOf(next)}`,
      ]);
    if (next.kind === 'end-task' || next.kind === 'switch' || next.kind === 'reload')
      await endTask();
    if (next.kind === 'switch') current = next.tab;
    if (next.kind === 'reload') {
      const left = await tab();
      await left.eval((lost) => {
        if (lost === 0) localStorage.clear();
        if (lost === 1) document.cookie = `${document.cookie.split('=')[0]};path=/;max-age=0`;
      }, next.lostPlace);
      await visit(lab, system, { tab: left, url });
    }
  }
  // Whoever signed in last also does something: until then Simplified cannot know (ID-3).
  track();
  await endTask();
  for (const open of tabs) if (open) await flush(open);
  for (const open of tabs) await open?.close();
}

for (const system of SYSTEMS) {
  test(`in ${system}, whatever is done in real tabs, every event belongs to whoever made it`, async ({
    lab,
  }) => {
    test.setTimeout(150_000);
    await lab.emulator.reset({ token: 'T', system });
    const owners = new Map<string, string>();
    const sequences = fc.sample(
      fc.array(step, { minLength: 4, maxLength: MAX_STEPS, size: 'max' }),
      SEQUENCE_COUNT,
    );
    for (const [number, steps] of sequences.entries())
      await test.step(JSON.stringify(steps), () => play(lab, system, number, steps, owners));

    const { events, clusters } = await lab.emulator.state();
    const counting = ordinary(events).filter(({ duplicateOf }) => duplicateOf === null);
    const found = identityComplaints(
      system,
      counting,
      ({ properties }) => owners.get(String(properties['sitting'])) ?? 'nobody',
    );
    for (const { ids } of clusters)
      if (ids.filter((id) => /^(ann|ben|cleo)-/.test(id)).length > 1) found.push(ids.join(' = '));
    expect(found).toEqual([]);
    expect(await failures(lab)).toEqual([]);
    expect(counting.length).toBeGreaterThan(SEQUENCE_COUNT * 2);
  });
}
