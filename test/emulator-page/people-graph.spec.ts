import { expect, test } from 'playwright/test';

import type { Cluster } from '../../src/emulator/emulator-state.js';
import { layoutGroup } from '../../src/emulator-page/model/group-layout.js';
import {
  buildPeopleGraph,
  groupMatches,
  idsOfPerson,
  isSingle,
  type PersonGroup,
} from '../../src/emulator-page/model/people-graph.js';
import { linkRow, sampleRow } from './sample.js';

const TAKEN = 'errAnonDistinctIdAssignedAlready';
const alone = (id: string): Cluster => ({ ids: [id], canonical: id });

const idsOf = (group: PersonGroup | undefined) =>
  group?.persons.map(({ nodes }) => nodes.map(({ id }) => id));

test('a device that nobody signed in on stands alone', () => {
  const rows = [sampleRow({ ingestDistinctId: '$device:D' })];
  const [group, ...rest] = buildPeopleGraph({
    system: 'simplified',
    clusters: [alone('$device:D')],
    rows,
  });
  expect(rest).toEqual([]);
  expect(group && isSingle(group)).toBe(true);
  expect(group?.persons[0]?.nodes).toEqual([
    { id: '$device:D', kind: 'device', eventCount: 1, firstSeq: 1 },
  ]);
});

test('a link joins device and user, and names the first event that made it (ID-3)', () => {
  const rows = [
    sampleRow({ seq: 1, ingestDistinctId: '$device:D', distinctId: 'ada' }),
    linkRow(2, 'D', 'ada'),
    linkRow(3, '$device:D', 'ada'),
  ];
  const [group] = buildPeopleGraph({
    system: 'simplified',
    clusters: [{ ids: ['ada', '$device:D'], canonical: 'ada' }],
    rows,
  });
  expect(idsOf(group)).toEqual([['$device:D', 'ada']]);
  expect(group?.persons[0]?.joins).toEqual([{ from: '$device:D', to: 'ada', seq: 2 }]);
  expect(group?.persons[0]?.nodes.map(({ eventCount }) => eventCount)).toEqual([1, 2]);
});

test('a refused link stands between two persons, counted once however often it is tried (ID-8)', () => {
  const rows = [
    linkRow(1, 'D', 'ada'),
    linkRow(2, 'D', 'bob', TAKEN),
    linkRow(3, 'D', 'bob', TAKEN),
  ];
  const groups = buildPeopleGraph({
    system: 'simplified',
    clusters: [{ ids: ['ada', '$device:D'], canonical: 'ada' }, alone('bob'), alone('carl')],
    rows,
  });
  const group = groups.find(({ refusals }) => refusals.length > 0);
  expect(idsOf(group)).toEqual([['ada', '$device:D'], ['bob']]);
  expect(group?.refusals).toEqual([{ from: '$device:D', to: 'bob', code: TAKEN, seqs: [2, 3] }]);
  expect(groups).toHaveLength(2);
});

test('a join whose event is not at hand is drawn to the canonical id', () => {
  const [group] = buildPeopleGraph({
    system: 'simplified',
    clusters: [{ ids: ['ada', '$device:D', '$device:E'], canonical: 'ada' }],
    rows: [linkRow(9, 'E', 'ada')],
  });
  expect(group?.persons[0]?.joins).toEqual([
    { from: '$device:E', to: 'ada', seq: 9 },
    { from: '$device:D', to: 'ada', seq: undefined },
  ]);
});

test('in Original the verbs join, in either spelling, and ordinary events do not (ID-40)', () => {
  const rows = [
    sampleRow({
      seq: 1,
      event: '$identify',
      properties: { $identified_id: 'ada', $anon_id: 'A1' },
    }),
    sampleRow({ seq: 2, event: '$identify', properties: { $anon_distinct_id: 'A2' } }),
    sampleRow({ seq: 3, event: '$create_alias', properties: { alias: 'ada@example.com' } }),
    sampleRow({ seq: 4, event: '$merge', properties: { $distinct_ids: ['ada', 'crm-7'] } }),
    linkRow(5, 'A9', 'ada'),
  ];
  const [group, ...rest] = buildPeopleGraph({
    system: 'original',
    clusters: [{ ids: ['A1', 'ada', 'A2', 'ada@example.com', 'crm-7'], canonical: 'A1' }],
    rows,
  });
  expect(rest).toEqual([]);
  expect(group?.persons[0]?.joins.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
  expect(
    Object.fromEntries(group?.persons[0]?.nodes.map(({ id, kind }) => [id, kind]) ?? []),
  ).toEqual({
    A1: 'device',
    A2: 'device',
    ada: 'user',
    'ada@example.com': 'alias',
    'crm-7': 'user',
  });
});

test('in Original a refused verb keeps its ids apart (ID-60)', () => {
  const properties = {
    $identified_id: 'ada',
    $anon_id: 'visitor',
    $failure_reason: 'errAnonDistinctIdNonGUIDForm',
  };
  const [group] = buildPeopleGraph({
    system: 'original',
    clusters: [],
    rows: [sampleRow({ event: '$identify', properties })],
  });
  expect(idsOf(group)).toEqual([['visitor'], ['ada']]);
  expect(group?.refusals[0]).toMatchObject({ from: 'visitor', to: 'ada' });
});

test('dropped and duplicate events join nothing and count nothing', () => {
  const rows = [
    { ...linkRow(1, 'D', 'ada'), dropReason: 'unknown-token' },
    { ...linkRow(2, 'D', 'ada'), duplicateOf: 3 },
    sampleRow({ seq: 3, ingestDistinctId: '' }),
  ];
  expect(buildPeopleGraph({ system: 'simplified', clusters: [], rows })).toEqual([]);
});

test('the group with the newest id comes first, and an event of a known id moves nothing', () => {
  const rows = [
    sampleRow({ seq: 1, ingestDistinctId: 'ada' }),
    sampleRow({ seq: 2, ingestDistinctId: 'bob' }),
    sampleRow({ seq: 3, ingestDistinctId: 'ada' }),
  ];
  const groups = buildPeopleGraph({ system: 'simplified', clusters: [], rows });
  expect(groups.map(({ key }) => key)).toEqual(['bob', 'ada']);
});

test('all ids of a person are found from any of them', () => {
  const clusters = [{ ids: ['ada', '$device:D'], canonical: 'ada' }];
  const groups = buildPeopleGraph({ system: 'simplified', clusters, rows: [] });
  expect(idsOfPerson(groups, '$device:D')).toEqual(new Set(['ada', '$device:D']));
  expect(idsOfPerson(groups, 'stranger')).toEqual(new Set(['stranger']));
  expect(groups.map((group) => groupMatches(group, ['device', 'ad']))).toEqual([true]);
  expect(groups.map((group) => groupMatches(group, ['bob']))).toEqual([false]);
});

test('devices stand left and users right, the canonical one first, and no two on one place', () => {
  const rows = [
    linkRow(1, 'D', 'ada'),
    linkRow(2, 'E', 'ada'),
    linkRow(3, 'D', 'bob', TAKEN),
    linkRow(4, 'E', 'bob', TAKEN),
  ];
  const [group] = buildPeopleGraph({
    system: 'simplified',
    clusters: [{ ids: ['ada', '$device:D', '$device:E'], canonical: 'ada' }, alone('bob')],
    rows,
  });
  const layout = layoutGroup(group as PersonGroup, 72);
  expect(layout.nodes.map(({ node, side }) => [node.id, side])).toEqual([
    ['$device:D', 'left'],
    ['$device:E', 'left'],
    ['ada', 'right'],
    ['bob', 'right'],
  ]);
  const places = layout.nodes.map(({ side, y }) => `${side} ${y}`);
  expect(new Set(places).size).toBe(places.length);
  expect(layout.nodes.every(({ y }) => y > 0 && y < layout.height)).toBe(true);
  const refused = layout.edges.filter(({ isRefused }) => isRefused);
  expect(refused.map(({ ends }) => ends)).toEqual([
    ['$device:D', 'bob'],
    ['$device:E', 'bob'],
  ]);
  expect(refused[0]?.middle).not.toEqual(refused[1]?.middle);
});

test('an id refused with itself (errSameIDs) is explained without a line', () => {
  const properties = { $identified_id: 'ada', $anon_id: 'ada', $failure_reason: 'errSameIDs' };
  const [group] = buildPeopleGraph({
    system: 'original',
    clusters: [alone('ada')],
    rows: [sampleRow({ event: '$identify', properties })],
  });
  expect(group?.refusals).toHaveLength(1);
  expect(layoutGroup(group as PersonGroup, 72).edges).toEqual([]);
});
