import { describeRoutes } from '../../src/emulator/routes/describe-routes.js';
import { checkApi } from './support/answer-check.js';
import { createProject, isTaken, NOW, startLedger, SYSTEMS } from './support/ask.js';
import type { RecordPath } from './support/ask.js';
import { expect, test } from './support/emulator-fixture.js';

const event = (properties: object): object => ({
  event: 'A',
  properties: { token: 'T', ...properties },
});
const verb = (name: string, properties: object): object => ({
  event: name,
  properties: { token: 'T', ...properties },
});
const imported = (properties: object): object =>
  event({ distinct_id: 'U', time: NOW, $insert_id: 'i', ...properties });
const profile = (update: object): object => ({ $token: 'T', $distinct_id: 'U', ...update });
const group = (update: object): object => ({
  $token: 'T',
  $group_key: 'k',
  $group_id: 'g',
  ...update,
});
const deep = { a: { a: { a: 1 } } };

/** What neither the description nor the emulator takes, with a neighbour that both take. */
const BORDERS: readonly (readonly [RecordPath, taken: unknown, refused: unknown])[] = [
  ['/track', event({}), { event: 'A', properties: {} }],
  ['/track', event({}), event({ token: '' })],
  ['/track', event({}), { event: '\t', properties: { token: 'T' } }],
  ['/track', event({}), { properties: { token: 'T' } }],
  ['/track', event({}), { event: 'A' }],
  ['/track', [event({})], []],
  ['/track', event({}), 7],
  [
    '/track',
    Array.from({ length: 2_000 }, () => event({})),
    Array.from({ length: 2_001 }, () => event({})),
  ],
  ['/import', imported({}), imported({ time: undefined })],
  ['/import', imported({ time: 31_536_000 }), imported({ time: 31_535_999 })],
  ['/import', imported({}), imported({ time: String(NOW) })],
  ['/import', imported({}), imported({ $insert_id: undefined })],
  ['/import', imported({ $insert_id: 'x'.repeat(36) }), imported({ $insert_id: 'x'.repeat(37) })],
  ['/import', imported({ $insert_id: 'a-b' }), imported({ $insert_id: 'a_b' })],
  ['/import', imported({ $insert_id: 'n-a' }), imported({ $insert_id: 'Null' })],
  ['/import', imported({ distinct_id: 'n.a' }), imported({ distinct_id: 'N/A' })],
  ['/import', imported({}), imported({ distinct_id: undefined })],
  ['/import', imported({ x: deep }), imported({ x: { a: deep } })],
  ['/import', imported({ x: [deep, [[deep]]] }), imported({ x: [{ a: deep }] })],
  ['/import', imported({ x: listOf(254) }), imported({ x: listOf(255) })],
  ['/import', imported({ x: objectOf(254) }), imported({ x: objectOf(255) })],
  ['/import', imported(objectOf(250)), imported(objectOf(251))],
  ['/engage', profile({ $set: {} }), profile({})],
  ['/engage', profile({ $set: {} }), profile({ $set: [] })],
  ['/engage', profile({ $unset: ['a'] }), profile({ $unset: [1] })],
  ['/engage', profile({ $delete: null }), { $token: 'T', $delete: '' }],
  ['/engage', profile({ $add: { a: 1 } }), { $distinct_id: 'U', $add: { a: 1 } }],
  ['/groups', group({ $set: {} }), group({ $add: { a: 1 } })],
  ['/groups', group({ $remove: {} }), group({ $append: {} })],
  ['/groups', group({ $set: {} }), group({ $set: {}, $distinct_id: 'U' })],
  ['/groups', group({ $union: {} }), { $token: 'T', $group_key: 'k', $union: {} }],
];

/** What an identity verb must say; in Simplified ID Merge, where it has no effect, any id will do (ID-21). */
const VERB_BORDERS: typeof BORDERS = [
  ['/track', verb('$identify', { $identified_id: 'U' }), verb('$identify', { $anon_id: 'A' })],
  [
    '/track',
    verb('$create_alias', { distinct_id: 'U', alias: 'V' }),
    verb('$create_alias', { alias: 'V' }),
  ],
  [
    '/track',
    verb('$create_alias', { distinct_id: 'U', alias: 'V' }),
    verb('$create_alias', { distinct_id: 'U' }),
  ],
];
const SIMPLIFIED_VERB_BORDERS: typeof BORDERS = [
  ['/track', verb('$identify', { $device_id: 'D' }), verb('$identify', { $anon_id: 'A' })],
  ['/track', verb('$create_alias', { distinct_id: 'U' }), verb('$create_alias', { alias: 'V' })],
];

for (const system of SYSTEMS) {
  test(`in ${system} the description draws its borders where the emulator does`, () => {
    const check = checkApi(describeRoutes(createProject(system)));
    const verbBorders = system === 'simplified' ? SIMPLIFIED_VERB_BORDERS : VERB_BORDERS;
    for (const [path, taken, refused] of [...BORDERS, ...verbBorders]) {
      for (const [body, expected] of [
        [taken, true],
        [refused, false],
      ] as const) {
        const said = JSON.stringify(body).slice(0, 200);
        const known = JSON.parse(JSON.stringify(body)) as unknown;
        const isDescribed = check.takesBody(`post ${path}`, 'application/json', known);
        expect(isDescribed, `described: ${path} ${said}`).toBe(expected);
        expect(isTaken(startLedger(system), path, body), `taken: ${path} ${said}`).toBe(expected);
      }
    }
  });
}

function listOf(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}

function objectOf(count: number): Record<string, number> {
  return Object.fromEntries(listOf(count).map((index) => [`p${index}`, index]));
}
