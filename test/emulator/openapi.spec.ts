import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import type { OpenApi } from '../../src/emulator/routes/describe-routes.js';
import { factsOf, findUnpublished, findUnserved, mergeFacts } from './support/api-facts.js';
import type { Fact } from './support/api-facts.js';
import { expect, test } from './support/emulator-fixture.js';
import { send } from './support/send.js';

const published = Object.values(readJson('published-api.json') as Record<string, object>);
/** Where the emulator differs from a published description on purpose, and why. */
const differences = readJson('published-differences.json') as Record<string, readonly string[]>;

for (const system of ['simplified', 'original', 'legacy'] as const) {
  for (const seedIdentityEndpoints of [false, true]) {
    const what = seedIdentityEndpoints ? 'everything' : 'what is served';
    test(`the description of ${what} in ${system} is valid OpenAPI 3.1`, async ({ emulator }) => {
      await emulator.reset({ token: 'T', system, seedIdentityEndpoints });
      const served = (await send(emulator, '/_emulator/openapi.json')).json as OpenApi;
      const validator = new Validator();
      const result = await validator.validate(
        structuredClone(served) as object as Record<string, unknown>,
      );
      expect(result.errors ?? []).toEqual([]);
      expect(validator.version).toBe('3.1');
      const text = JSON.stringify(served);
      const used = new Set(text.match(/#\/components\/schemas\/\w+/g));
      const named = Object.keys(served.components.schemas);
      expect([...used].map((one) => one.slice(one.lastIndexOf('/') + 1)).toSorted()).toEqual(
        named.toSorted(),
      );
      const ids = Object.values(served.paths)
        .flatMap((methods) => Object.values(methods))
        .map(({ operationId }) => operationId);
      expect(new Set(ids).size).toBe(ids.length);
    });
  }
}

test('what is published and what is served differ where there is a reason, and nowhere else', async ({
  emulator,
}) => {
  await emulator.reset({ token: 'T', system: 'original', seedIdentityEndpoints: true });
  const served = factsOf((await send(emulator, '/_emulator/openapi.json')).json as OpenApi);
  const trees = published.map((one) => withImport(factsOf(one)));
  const found = new Set([
    ...trees.flatMap((tree) => findUnserved(tree, served)),
    ...findUnpublished(mergeFacts(trees), served),
  ]);
  const known = Object.values(differences).flat();
  expect(
    [...found].filter((line) => !known.includes(line)),
    'differences without a reason: serve what is published, or say why not',
  ).toEqual([]);
  expect(
    known.filter((line) => !found.has(line)),
    'differences that are there no more: take them out of the table',
  ).toEqual([]);
  expect(new Set(known).size, 'each difference has one reason').toBe(known.length);
});

test('what third parties alone describe is closed unless asked for', async ({ emulator }) => {
  const served = (await send(emulator, '/_emulator/openapi.json')).json as OpenApi;
  expect(Object.keys(served.paths).filter((path) => path.startsWith('/identity'))).toEqual([]);
  expect(Object.keys(served.paths['/lookup-tables/{lookupTableId}'] ?? {})).toEqual(['put']);
});

/** One schema is published for the events of two endpoints, which the emulator tells apart. */
function withImport({ text, parts }: Fact): Fact {
  const event = parts.get('Event');
  return { text, parts: event ? new Map([...parts, ['ImportEvent', event]]) : parts };
}

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));
}
