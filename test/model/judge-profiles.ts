import type { EmulatorState } from '../../src/emulator/index.js';
import { isExcused, type Case, type Findings } from './case.js';
import type { ProfileUpdate } from './promised.js';
import { maxLostAnswersCount } from './schedule.js';

/** Every profile update is in the profile of the user who was there, and in no other. */
export function judgeProfiles({ state, ledger, schedule }: Case): Findings {
  const wrong: string[] = [];
  const missing: string[] = [];
  const updates = ledger.promised.filter((each) => each.kind === 'profile');
  const maxCount = 1 + maxLostAnswersCount(schedule);
  for (const each of updates) {
    const value = state.profiles[profileIdOf(state, each.user)]?.[each.name];
    if (value === undefined && !isExcused(each)) missing.push(`"${each.name}" of ${each.user}`);
    if (value !== undefined && !isRight(each, Number(value), maxCount))
      wrong.push(`"${each.name}" of ${each.user} is ${String(value)}, not ${each.value}`);
  }
  // A killed browser may come back as who it was before, and with what it held for that one.
  return { wrong: ledger.wasKilled ? wrong : [...wrong, ...findStrays(state, updates)], missing };
}

/** Where the answer to a request was lost, adding may be done again: there is nothing to deduplicate by. */
const isRight = ({ isCounted, value }: ProfileUpdate, found: number, maxCount: number) =>
  found === value || (isCounted && found % value === 0 && found > 0 && found / value <= maxCount);

/** The profile of a user: in Original it is under the id that stands for all of the person's (P-9). */
const profileIdOf = ({ clusters }: EmulatorState, user: string): string =>
  clusters.find(({ ids }) => ids.includes(user))?.canonical ?? user;

function findStrays(state: EmulatorState, updates: readonly ProfileUpdate[]): string[] {
  const homes = new Map(updates.map(({ name, user }) => [name, profileIdOf(state, user)]));
  return Object.entries(state.profiles).flatMap(([id, properties]) =>
    Object.keys(properties)
      .filter((name) => /^(count|value) \d+$/.test(name) && homes.get(name) !== id)
      .map((name) => `"${name}" is with ${id}`),
  );
}
