import { randomUUID } from 'node:crypto';

import type { Lab } from '../support/lab.js';
import { play } from './play.js';
import type { Schedule } from './schedule.js';
import { settle } from './settle.js';
import { createWorld } from './world.js';

/** A schedule whose steps take longer is stuck. */
const LIMIT_MS = 90_000;

/**
 * Lives through a schedule in a browser that was never here, and puts what came of it against the model.
 *
 * @param isPersistent The lab's own browser, which can be killed, under an origin of its own; else a second profile.
 * @throws Error with everything that is not as promised.
 */
export async function runSchedule(
  lab: Lab,
  schedule: Schedule,
  isPersistent: boolean,
): Promise<void> {
  const token = `T-${randomUUID()}`;
  await lab.emulator.reset({ token, system: schedule.system });
  await lab.net.set('pass');
  const second = isPersistent ? undefined : await lab.second();
  const origin = isPersistent ? lab.site.urlOf(`${token.toLowerCase()}.localhost`) : lab.site.url;
  const openTab = (url: string) => (second ? second.tab(url) : lab.tab(url));
  const world = createWorld(lab, { system: schedule.system, token, origin, openTab });
  let at = 'at the start';

  const live = async (): Promise<void> => {
    await world.open();
    for (const [index, step] of schedule.steps.entries()) {
      at = `at step ${index + 1}`;
      await play(world, step);
    }
    at = 'in the end';
    const wrong = await settle(world, schedule);
    if (wrong.length) throw new Error(wrong.join('\n'));
  };

  try {
    await limited(live());
  } catch (cause) {
    throw new Error(`${at}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  } finally {
    await lab.net.set('pass');
    if (second) await second.close();
    else for (const { tab } of world.tabs) await tab.page?.close();
  }
}

function limited(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${LIMIT_MS} ms`)), LIMIT_MS);
  });
  return Promise.race([work, limit]).finally(() => clearTimeout(timer));
}
