import { act, isSafe } from './in-page.js';
import { CLIENT_PAGE } from './client-page.js';
import type { Step } from './schedule.js';
import type { ModelTab, World } from './world.js';

const PLAIN_PAGE = '/plain.html';

/** Does one step, in the browser and in the ledger. */
export async function play(world: World, step: Step): Promise<void> {
  const { lab, ledger, tabs } = world;
  switch (step.kind) {
    case 'task':
      return runTask(world, await world.at(step.tab), step);
    case 'task while hidden': {
      const modelTab = await world.at(step.tab);
      await modelTab.tab.hide();
      await runTask(world, modelTab, { ...step, next: 'stays', hasFarewell: false });
      return modelTab.tab.show();
    }
    case 'flush': {
      const { tab } = await world.at(step.tab);
      // How it ends is of no interest: nobody may be there to answer.
      return tab.eval(() => void tracker.flush());
    }
    case 'open':
      return void (await world.open());
    case 'close': {
      const modelTab = tabs[step.tab % (tabs.length || 1)];
      return modelTab && world.close(modelTab);
    }
    case 'reload': {
      const modelTab = await world.at(step.tab);
      await world.loading(() => modelTab.tab.reload());
      return world.begin(modelTab);
    }
    case 'kill page':
      return world.killPage(await world.at(step.tab));
    case 'freeze':
      return world.freeze(await world.at(step.tab));
    case 'kill browser':
      for (const { tab, visit, isAway, isFrozen } of tabs)
        if (!isAway && !isFrozen && (await tab.eval(isSafe))) ledger.markSafe(visit);
      return world.killBrowser();
    case 'offline':
      return world.setOffline(step.isOffline);
    case 'net':
      return lab.net.set(step.mode);
    case 'fault':
      return lab.emulator.faults(step.fault ? [step.fault] : []);
    case 'clock':
      return world.setClock(step.offsetMs);
    case 'disk':
      return world.setFull(step.isFull);
  }
}

async function runTask(
  world: World,
  modelTab: ModelTab,
  {
    calls,
    next,
    hasFarewell,
  }: Pick<Extract<Step, { kind: 'task' }>, 'calls' | 'next' | 'hasFarewell'>,
): Promise<void> {
  const { tab, visit } = modelTab;
  const plan = world.ledger.plan(visit, calls);
  if (next === 'stays') {
    plan.conclude(await tab.eval(act, { calls: plan.calls, farewell: [], leaveTo: null }));
    return;
  }
  const farewell = hasFarewell ? world.ledger.planFarewell(visit) : [];
  // The query tells the next document from this one.
  const path = next === 'plain page' ? PLAIN_PAGE : `${CLIENT_PAGE}?${world.ledger.visits.length}`;
  const leaveTo = world.urlOf(path);
  await world.loading(async () => {
    plan.conclude(await tab.eval(act, { calls: plan.calls, farewell, leaveTo }));
    await tab.until((url) => location.href === url && document.readyState === 'complete', leaveTo);
  });
  if (next === 'plain page') modelTab.isAway = true;
  else await world.begin(modelTab);
}
