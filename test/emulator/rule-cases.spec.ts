import { ANY_SYSTEM_CASES } from './cases/any-system.js';
import { ORIGINAL_CASES } from './cases/original.js';
import { SIMPLIFIED_CASES } from './cases/simplified.js';
import type { IdentityCase } from './support/case-file.js';
import { test } from './support/emulator-fixture.js';
import { expectCase } from './support/expect-case.js';
import type { RuleCase } from './support/rule-case.js';
import { runCase } from './support/run-case.js';
import { NOW } from './support/steps.js';

const suites: readonly [IdentityCase['system'], readonly RuleCase[]][] = [
  ['simplified', SIMPLIFIED_CASES],
  ['original', ORIGINAL_CASES],
  ['simplified', ANY_SYSTEM_CASES],
  ['original', ANY_SYSTEM_CASES],
];

for (const [system, cases] of suites) {
  for (const { title, input, expect, project } of cases) {
    test(`${title} (${system})`, async ({ emulator }) => {
      const run = await runCase(emulator.url, { system, clock: NOW, input }, project);
      expectCase(run, expect);
    });
  }
}
