import type { EmulatorState } from '../../src/emulator/index.js';
import type { Stats } from '../../src/index.js';
import { expect, type Tab } from '../support/lab.js';
import { judge } from './judge.js';
import type { Schedule } from './schedule.js';
import type { World } from './world.js';

/** A page that finds what a dead one was about to store waits this long before it takes it over, where it must not be sent twice. */
const TAKEOVER_MS = 11_000;
/** What a page sent when it died may still be on its way. */
const ON_ITS_WAY_MS = 2_000;
/** A full disk can leave Chromium's database silent for as long as the client has patience, several times over. */
const DELIVERY_MS = 30_000;

/**
 * All is well again: every page delivers what it has, then a new one, some time later, what is left.
 *
 * @returns What is wrong in the end; nothing, as it should be.
 */
export async function settle(world: World, schedule: Schedule): Promise<readonly string[]> {
  const { lab, ledger, tabs } = world;
  await lab.emulator.faults([]);
  await world.setOffline(false);
  await world.thawAll();
  await world.setClock(0);
  await world.setFull(false);

  const drops: Stats['dropped'][] = [];
  for (const { tab, isAway } of tabs) {
    if (isAway) continue;
    await until(tab, () => tracker.flush().then(() => tracker.stats().pending === 0));
    drops.push(await tab.eval(() => tracker.stats().dropped));
  }
  const last = await world.open(TAKEOVER_MS);
  await until(last.tab, () => tracker.flush().then(({ kept }) => kept === 0));
  drops.push(await last.tab.eval(() => tracker.stats().dropped));

  const complaints = (state: EmulatorState) => judge({ state, ledger, drops, schedule });
  const isRight = (state: EmulatorState) => complaints(state).length === 0;
  const { emulator } = lab;
  const state = await emulator
    .waitFor(isRight, { timeoutMs: ON_ITS_WAY_MS })
    .catch(() => emulator.state());
  return complaints(state);
}

const until = (tab: Tab, isDone: () => Promise<boolean>): Promise<void> =>
  expect
    .poll(() => tab.eval(isDone), {
      timeout: DELIVERY_MS,
      message: `the page to fulfil ${isDone.toString()}`,
    })
    .toBe(true);
