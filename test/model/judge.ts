import { MAX_AGE_MS, type Case, type Evidence } from './case.js';
import { judgeEvents } from './judge-events.js';
import { judgeGroups } from './judge-groups.js';
import { judgeIdentity } from './judge-identity.js';
import { judgeLinks } from './judge-links.js';
import { judgeProfiles } from './judge-profiles.js';
import { maxRefusedWith200Count } from './schedule.js';

/** Everything that is not as promised; nothing, as it should be. */
export function judge(evidence: Evidence): string[] {
  const { events } = evidence.state;
  const all: Case = {
    ...evidence,
    counting: events.filter(({ duplicateOf }) => duplicateOf === null),
  };
  const findings = [judgeEvents, judgeLinks, judgeProfiles, judgeGroups, judgeIdentity].map((ask) =>
    ask(all),
  );
  const missing = findings.flatMap((each) => each.missing ?? []);
  return [...findings.flatMap(({ wrong }) => wrong), ...judgeDrops(all, missing)];
}

/** Nothing is missing but what the service refused by itself, and nothing was given up for another reason. */
function judgeDrops(
  { state, ledger, drops, schedule }: Case,
  missing: readonly string[],
): string[] {
  const isWrongDay = ledger.promised.some(({ laterMs }) => laterMs > MAX_AGE_MS);
  const allowed = ['rejected', 'too-large', ...(isWrongDay ? ['too-old'] : [])];
  const reasons = drops.flatMap((dropped) => Object.keys(dropped));
  const given = drops.reduce(
    (sum, dropped) => sum + (dropped.rejected ?? 0) + (dropped['too-large'] ?? 0),
    0,
  );
  const countAlone = (...statuses: readonly number[]): number =>
    state.requests.filter(({ records, status }) => records === 1 && statuses.includes(status))
      .length;
  const refused =
    countAlone(400, 413) + Math.min(countAlone(200), maxRefusedWith200Count(schedule));
  // What a page gave up before it ended cannot be asked of it any more.
  const isAnyGone = ledger.visits.some(({ isAlive }) => !isAlive);
  const allowedCount = isAnyGone ? refused : given;
  return [
    ...reasons.filter((reason) => !allowed.includes(reason)).map((reason) => `dropped: ${reason}`),
    ...(given > refused ? [`${given} dropped, though only ${refused} were refused`] : []),
    ...(missing.length > allowedCount
      ? [`${allowedCount} may be missing, not ${missing.length}: ${missing.join(', ')}`]
      : []),
  ];
}
