import { ANY_SYSTEM_CASES } from './cases/any-system.js';
import { LEGACY_CASES } from './cases/legacy.js';
import { ORIGINAL_EDGE_CASES } from './cases/original-edges.js';
import { ORIGINAL_PEOPLE_CASES } from './cases/original-people.js';
import { ORIGINAL_VERB_CASES } from './cases/original-verbs.js';
import { SIMPLIFIED_EDGE_CASES } from './cases/simplified-edges.js';
import { SIMPLIFIED_LINK_CASES } from './cases/simplified-links.js';
import { SIMPLIFIED_RECORD_CASES } from './cases/simplified-records.js';
import type { CaseSystem } from './support/case-file.js';
import { test } from './support/emulator-fixture.js';
import { expectCase } from './support/expect-case.js';
import type { RuleCase } from './support/rule-case.js';
import { runCase } from './support/run-case.js';
import { NOW } from './support/steps.js';

const suites: readonly [CaseSystem, readonly RuleCase[]][] = [
  ['simplified', SIMPLIFIED_LINK_CASES],
  ['simplified', SIMPLIFIED_RECORD_CASES],
  ['simplified', SIMPLIFIED_EDGE_CASES],
  ['original', ORIGINAL_VERB_CASES],
  ['original', ORIGINAL_PEOPLE_CASES],
  ['original', ORIGINAL_EDGE_CASES],
  ['legacy', LEGACY_CASES],
  ['simplified', ANY_SYSTEM_CASES],
  ['original', ANY_SYSTEM_CASES],
  ['legacy', ANY_SYSTEM_CASES],
];

for (const [system, cases] of suites) {
  for (const { title, input, expect, project } of cases) {
    test(`${title} (${system})`, async ({ emulator }) => {
      const run = await runCase(emulator.url, { system, clock: NOW, input }, project);
      expectCase(run, expect);
    });
  }
}
