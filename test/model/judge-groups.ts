import { isExcused, type Case, type Findings } from './case.js';

/** Every update of the group's profile is in it. */
export function judgeGroups({ state, ledger }: Case): Findings {
  const wrong: string[] = [];
  const missing: string[] = [];
  for (const each of ledger.promised) {
    if (each.kind !== 'group') continue;
    const value = state.groups['company']?.['acme']?.[each.name];
    if (value === undefined && !isExcused(each)) missing.push(`"${each.name}" of the group`);
    if (value !== undefined && value !== each.value)
      wrong.push(`"${each.name}" of the group is ${String(value)}, not ${each.value}`);
  }
  return { wrong, missing };
}
