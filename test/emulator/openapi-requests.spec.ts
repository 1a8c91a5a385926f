import fc from 'fast-check';
import { describeRoutes } from '../../src/emulator/routes/describe-routes.js';
import { checkApi } from './support/answer-check.js';
import { createProject, isTaken, NOW, startLedger, SYSTEMS } from './support/ask.js';
import type { RecordPath } from './support/ask.js';
import { expect, test } from './support/emulator-fixture.js';

const SEED = 20_261_123;

const text = (...bad: readonly unknown[]): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom<unknown>('U', 'V', '$device:D', 'x'.repeat(300)) },
    { weight: 1, arbitrary: fc.constantFrom(...bad) },
  );
const id = text('', 'NULL', 'undefined', '0', '[]', 'N/A', null, ['a'], {});
const { nested } = fc.letrec<{ nested: unknown }>((tie) => ({
  nested: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.constantFrom<unknown>('a', 1, true, null, 1e300),
    fc.array(tie('nested'), { maxLength: 2 }),
    fc.record({ a: tie('nested') }),
    fc.constant(Array.from({ length: 255 }, () => 0)),
  ),
}));
const events = fc.record(
  {
    event: fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom<unknown>('A', ' B ') },
      { weight: 3, arbitrary: fc.constantFrom<unknown>('$identify', '$create_alias', '$merge') },
      { weight: 1, arbitrary: fc.constantFrom<unknown>('', '\u00a0', '\ufeff', null, {}) },
    ),
    properties: fc.record(
      {
        token: text('', null),
        distinct_id: id,
        $device_id: id,
        $user_id: id,
        $insert_id: fc.oneof(
          { weight: 8, arbitrary: fc.constantFrom<unknown>('i-1', 'x'.repeat(36)) },
          {
            weight: 1,
            arbitrary: fc.constantFrom<unknown>('i_1', 'x'.repeat(37), 'Nil', '-1', ''),
          },
        ),
        time: fc.oneof(
          {
            weight: 8,
            arbitrary: fc.constantFrom<unknown>(NOW, NOW * 1_000, NOW - 0.5, 31_536_000),
          },
          { weight: 1, arbitrary: fc.constantFrom<unknown>(0, -1, String(NOW), null, 31_535_999) },
        ),
        $identified_id: id,
        $anon_id: id,
        alias: id,
        $distinct_ids: fc.array(id, { minLength: 1, maxLength: 3 }),
        x: nested,
      },
      { requiredKeys: ['token', 'distinct_id', 'time', '$insert_id'] },
    ),
  },
  { requiredKeys: ['event', 'properties'] },
);
const things = fc.dictionary(fc.constantFrom('a', '__proto__', ''), nested, { maxKeys: 2 });
const rubbish = fc.constantFrom<unknown>('', null, 7, [1], [[]]);
const operation = fc.oneof(
  ...['$set', '$set_once', '$append', '$remove'].map((name) => fc.record({ [name]: things })),
  fc.record({ $add: fc.dictionary(fc.constantFrom('a', 'b'), fc.double({ noNaN: true })) }),
  fc.record({ $union: fc.dictionary(fc.constantFrom('a', 'b'), fc.array(nested)) }),
  fc.record({ $unset: fc.array(fc.constantFrom('a', 'b')) }),
  fc.record({ $delete: rubbish }),
  fc.dictionary(fc.constantFrom('$set', '$add', '$union', '$unset'), rubbish, { maxKeys: 1 }),
);
const modifiers = {
  $time: fc.constantFrom<unknown>(NOW, -1, 1e300),
  $ip: fc.constantFrom<unknown>('0', 0, '8.8.8.8', {}),
  $ignore_time: fc.constantFrom<unknown>(true, false, 1),
};
const updatesOf = (ids: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<unknown> =>
  fc
    .tuple(
      fc.record({ $token: text('', null), ...ids }),
      fc.record(modifiers, { requiredKeys: [] }),
      fc.array(operation, { maxLength: 2 }),
    )
    .map(([record, more, done]): unknown => Object.assign({}, record, more, ...done));
const profiles = updatesOf({ $distinct_id: id });
const groups = fc.oneof(
  { weight: 5, arbitrary: updatesOf({ $group_key: id, $group_id: id }) },
  { weight: 1, arbitrary: updatesOf({ $group_key: id, $group_id: id, $distinct_id: id }) },
);
const batchOf = (records: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof(records, fc.array(records, { maxLength: 2 }), fc.record({ data: records }));
const BODIES: Readonly<Record<RecordPath, fc.Arbitrary<unknown>>> = {
  '/track': batchOf(events),
  '/import': batchOf(events),
  '/engage': batchOf(profiles),
  '/groups': batchOf(groups),
};

for (const system of SYSTEMS) {
  for (const [path, bodies] of Object.entries(BODIES) as [RecordPath, fc.Arbitrary<unknown>][]) {
    test(`what the description of ${path} takes in ${system} is taken`, () => {
      const check = checkApi(describeRoutes(createProject(system)));
      const ledger = startLedger(system);
      let takenCount = 0;
      const property = fc.property(bodies, (body) => {
        const isDescribed = check.takesBody(`post ${path}`, 'application/json', body);
        takenCount += Number(isDescribed);
        return !isDescribed || isTaken(ledger, path, body);
      });
      fc.assert(property, { numRuns: 3_000, seed: SEED });
      expect(takenCount).toBeGreaterThan(150);
    });
  }
}
