import { readFileSync } from 'node:fs';
import type { IdentityCase } from './support/case-file.js';
import { test } from './support/emulator-fixture.js';
import { expectCase } from './support/expect-case.js';
import { runCase } from './support/run-case.js';

const file = new URL('identity-cases.json', import.meta.url);
const cases = JSON.parse(readFileSync(file, 'utf8')) as readonly IdentityCase[];

for (const identityCase of cases) {
  const systems =
    identityCase.system === 'both' ? ['simplified', 'original'] : [identityCase.system];
  for (const system of systems as readonly ('simplified' | 'original')[]) {
    const { id, title, confidence } = identityCase;
    test(`${id} in ${system} (${confidence}): ${title}`, async ({ emulator }) => {
      const run = await runCase(emulator.url, { ...identityCase, system });
      expectCase(run, identityCase.expect);
    });
  }
}
