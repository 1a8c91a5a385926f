import { expect, test } from './support/emulator-fixture.js';
import { send, TOKEN_AUTH } from './support/send.js';
import type { Answer } from './support/send.js';
import type { Emulator } from '../../src/emulator/index.js';

const AUTH = { authorization: TOKEN_AUTH };

function put(
  emulator: Emulator,
  body: string,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return send(emulator, '/lookup-tables/songs?project_id=1', {
    method: 'PUT',
    headers: { ...AUTH, 'content-type': 'text/csv', ...headers },
    body,
  });
}

test('L-3: cells are read by what they look like', async ({ emulator }) => {
  const csv = [
    'id,name,count,live,at,tags,note',
    '1,"a ""b"", c",-2.5e1,TRUE,2024-02-29T10:00:00+01:00,"[""x"",""y""]",',
    '01,"two\nlines",x,no,2024-02-30,[1],0',
  ].join('\r\n');
  const answer = await put(emulator, csv);
  expect([answer.status, answer.json]).toEqual([200, { code: 200, status: 'OK' }]);
  expect((await emulator.state()).lookupTables).toEqual({
    songs: {
      name: 'songs',
      columns: ['id', 'name', 'count', 'live', 'at', 'tags', 'note'],
      rows: [
        [1, 'a "b", c', -25, true, '2024-02-29T09:00:00.000Z', ['x', 'y'], null],
        ['01', 'two\nlines', 'x', 'no', '2024-02-30', '[1]', 0],
      ],
    },
  });
  const list = await send(emulator, '/lookup-tables?project_id=1', { headers: AUTH });
  expect(list.json).toEqual({ code: 200, status: 'OK', results: [{ id: 'songs', name: 'songs' }] });
});

for (const [cell, read] of [
  ['12345678901234567890', '12345678901234567890'],
  ['-12345678901234567891', '-12345678901234567891'],
  ['9007199254740993', '9007199254740993'],
  ['9007199254740992', 9_007_199_254_740_992],
  ['10000000000000000000000', 1e22],
  ['9'.repeat(400), '9'.repeat(400)],
  ['1e999', '1e999'],
  ['-1e999', '-1e999'],
  ['1e21', 1e21],
  ['0.1', 0.1],
  ['-0', 0],
  ['2024-02-30T10:00:00Z', '2024-02-30T10:00:00Z'],
  ['2023-02-29T10:00:00Z', '2023-02-29T10:00:00Z'],
  ['2024-02-29T10:00:00Z', '2024-02-29T10:00:00.000Z'],
  ['2024-04-31T10:00:00+02:00', '2024-04-31T10:00:00+02:00'],
  ['2024-13-01T10:00:00Z', '2024-13-01T10:00:00Z'],
  ['2024-00-10T10:00:00Z', '2024-00-10T10:00:00Z'],
  ['2024-01-01T24:00:00Z', '2024-01-01T24:00:00Z'],
  ['2024-01-01T10:00:00+24:00', '2024-01-01T10:00:00+24:00'],
  ['0099-02-28T10:00:00Z', '0099-02-28T10:00:00.000Z'],
] as const) {
  test(`L-3: a cell of ${cell.slice(0, 30)} is read as what it can be`, async ({ emulator }) => {
    expect((await put(emulator, `id,cell\n1,${cell}`)).status).toBe(200);
    expect((await emulator.state()).lookupTables['songs']?.rows).toEqual([[1, read]]);
  });
}

test('L-3: long keys that differ in their last digit are two', async ({ emulator }) => {
  expect((await put(emulator, 'id\n12345678901234567890\n12345678901234567891')).status).toBe(200);
});

for (const [one, other] of [
  ['1', '1.0'],
  ['10', '1e1'],
  ['0', '-0'],
  ['true', 'TRUE'],
  ['2024-01-01T00:00:00Z', '2024-01-01T01:00:00+01:00'],
]) {
  test(`L-3: the keys ${one} and ${other} are one, so that the table is refused`, async ({
    emulator,
  }) => {
    const answer = await put(emulator, `id\n${one}\n${other}`);
    expect([answer.status, answer.json]).toMatchObject([
      400,
      { failed_records: [{ message: expect.stringContaining('the same primary key') }] },
    ]);
  });
}

const broken: Record<string, readonly [csv: string, error: string, failed: readonly object[]]> = {
  'nothing in it': ['', 'no header row', []],
  'the same name twice': ['id,id\n1,2', 'must be unique', []],
  'a quote that does not end': ['id,a\n1,"x', 'cannot be read', []],
  'rows of the wrong width, without or with the same key': [
    'id,a\n1\n ,2\n3,4\n3,5',
    'some rows are invalid',
    [
      { index: 1, message: 'invalid row: wrong number of fields' },
      { index: 2, message: 'primary key is required and cannot be blank' },
      { index: 4, message: 'invalid row: row indexes 3 and 4 have the same primary key' },
    ],
  ],
  'a blank row in its only column': [
    'id\na\n\nb\nb\n',
    'some rows are invalid',
    [
      { index: 2, message: 'primary key is required and cannot be blank' },
      { index: 4, message: 'invalid row: row indexes 3 and 4 have the same primary key' },
    ],
  ],
  'a bad row after a blank line': [
    'id,a\n\n1,2\n3\n',
    'some rows are invalid',
    [{ index: 3, message: 'invalid row: wrong number of fields' }],
  ],
};

for (const [title, [csv, error, failed]] of Object.entries(broken)) {
  test(`L-4: CSV with ${title} is refused whole, and the table stays`, async ({ emulator }) => {
    await put(emulator, 'id,a\n1,kept');
    const answer = await put(emulator, csv);
    expect([answer.status, answer.json]).toEqual([
      400,
      expect.objectContaining({ error: expect.stringContaining(error), failed_records: failed }),
    ]);
    expect((await emulator.state()).lookupTables['songs']?.rows).toEqual([[1, 'kept']]);
  });
}

test('L-4: at most ten failed rows are listed', async ({ emulator }) => {
  const answer = await put(emulator, `id,a\n${'x\n'.repeat(30)}`);
  expect((answer.json as { failed_records: object[] }).failed_records).toHaveLength(10);
});

test('a stranger, another content type and an unknown table are refused', async ({ emulator }) => {
  expect((await put(emulator, 'id\n1', { authorization: '' })).status).toBe(401);
  expect((await put(emulator, 'id\n1', { 'content-type': 'application/json' })).status).toBe(400);
  await emulator.reset({ token: 'T', lookupTables: { known: 'Known songs' } });
  const answer = await put(emulator, 'id\n1');
  expect([answer.status, answer.json]).toEqual([
    404,
    expect.objectContaining({ error: "Lookup table with id 'songs' was not found." }),
  ]);
});

test('L-5: a table is deleted only where third-party paths are open', async ({ emulator }) => {
  const remove = (): Promise<Answer> =>
    send(emulator, '/lookup-tables/songs', { method: 'DELETE', headers: AUTH });
  expect((await remove()).status).toBe(405);
  await emulator.reset({ token: 'T', seedIdentityEndpoints: true });
  expect((await remove()).status).toBe(404);
  await put(emulator, 'id\n1');
  expect((await remove()).status).toBe(200);
  expect((await emulator.state()).lookupTables).toEqual({});
});
