import { gzipSync } from 'node:zlib';
import type { Emulator } from '../../src/emulator/index.js';
import { describeRoutes } from '../../src/emulator/routes/describe-routes.js';
import { createProject, NOW } from './support/ask.js';
import { expect, test } from './support/emulator-fixture.js';
import { eventOf, send, TOKEN_AUTH } from './support/send.js';
import type { Answer } from './support/send.js';

const JSON_TYPE = 'application/json';
const CSV = 'id,name\n1,Ann';

/** What each path takes as it is described. */
const VALUES: Readonly<Record<string, Record<string, unknown>>> = {
  '/track': eventOf('A', { distinct_id: 'U', time: NOW - 1 }),
  '/import': eventOf('A', { distinct_id: 'U', time: NOW - 1, $insert_id: 'i' }),
  '/engage': { $token: 'T', $distinct_id: 'U', $set: { a: 1 } },
  '/groups': { $token: 'T', $group_key: 'k', $group_id: 'g', $set: { a: 1 } },
  '/identity/create': { $token: 'T', $identified_id: 'U', $anon_id: 'a-b-c-d-e' },
  '/identity/create-alias': { $token: 'T', distinct_id: 'U', alias: 'V' },
  '/identity/merge': { $token: 'T', $distinct_ids: ['U', 'V'] },
};

const PROJECT = {
  token: 'T',
  system: 'original',
  now: NOW,
  seedIdentityEndpoints: true,
  lookupTables: { table: 'Table' },
} as const;

/** A request to one operation. What is missing is as the description has it. */
interface Sent {
  readonly path: string;
  readonly type: string | null;
  readonly body: string | Buffer;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
}

/** A request that uses a leniency, made from one that does not; of a value, what stands for it. */
interface Example {
  readonly change?: (request: Sent) => Partial<Sent>;
  readonly value?: (value: Record<string, unknown>) => unknown;
  /** How the records are written in a form or a query. */
  readonly data?: (json: string) => string;
}

const packed = ({ body }: Sent, encoding: string): Partial<Sent> => ({
  body: gzipSync(body),
  headers: { 'content-encoding': encoding },
});
/** Base64 as mail and careless forms leave it. */
const worn = (json: string): string =>
  Buffer.from(json).toString('base64').replaceAll('+', ' ').replace(/.{40}/g, '$&\r\n');

const EXAMPLES: Readonly<Record<string, Example>> = {
  'trailing-slash': { change: ({ path }) => ({ path: `${path}/` }) },
  'data-wrapper': { value: (value) => ({ data: JSON.stringify(value) }) },
  ndjson: { change: ({ body }) => ({ type: 'application/x-ndjson', body: `${String(body)}\n` }) },
  'no-content-type': { change: ({ body }) => ({ type: null, body: Buffer.from(body) }) },
  'text-form': {
    change: ({ body }) => ({
      type: 'text/plain',
      body: `data=${encodeURIComponent(String(body))}`,
    }),
  },
  'list-of-one': { value: (value) => [value] },
  gzip: { change: (request) => packed(request, 'gzip') },
  'x-gzip': { change: (request) => packed(request, 'x-gzip') },
  // Of three tildes in a row one makes a plus sign.
  'worn-base64': { value: (value) => ({ '~~~': 0, ...value }), data: worn },
  'number-ids': { value: (value) => withoutText(value) },
  'text-time': {
    value: (value) => ({
      ...value,
      properties: { ...(value['properties'] as object), time: String(NOW - 1) },
    }),
  },
  'verbose-number': { change: ({ query }) => ({ query: { ...query, verbose: '7' } }) },
  'strict-text': { change: ({ query }) => ({ query: { ...query, strict: 'yes' } }) },
  'user-alone': { change: () => ({ headers: { authorization: `Basic ${btoa('T')}` } }) },
  'csv-padding': { change: () => ({ body: '\uFEFF\r\nid,name\n\n1,Ann\n\n' }) },
};

/** Every id but the token is the number 5. */
function withoutText(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).replaceAll(/"(?:U|V|g|k|A)"/g, '5')) as Record<
    string,
    unknown
  >;
}

const { paths } = describeRoutes(createProject('original'));
const described = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).flatMap(([method, operation]) =>
    Object.keys(operation['x-leniencies']).map((name) => ({ path, method, name })),
  ),
);

test('every leniency that is described has an example', () => {
  expect([...new Set(described.map(({ name }) => name))].toSorted()).toEqual(
    Object.keys(EXAMPLES).toSorted(),
  );
});

for (const [name, example] of Object.entries(EXAMPLES)) {
  test(`${name} is taken wherever the description says so`, async ({ emulator }) => {
    for (const { path, method } of described.filter((one) => one.name === name)) {
      await emulator.reset(PROJECT);
      const { status, json } = await sendExample(emulator, method, path, example);
      const operation = `${method} ${path}`;
      expect(status, operation).toBe(200);
      expect([1, 'OK'], operation).toContain((json as { status: unknown }).status);
      const { events, dropped, profiles, groups } = await emulator.state();
      const stored = [...events, ...Object.keys({ ...profiles, ...groups })];
      expect([stored.length > 0, dropped], operation).toEqual([!path.startsWith('/lookup'), []]);
    }
  });
}

function sendExample(
  emulator: Emulator,
  method: string,
  route: string,
  { change, value, data }: Example,
): Promise<Answer> {
  const known = VALUES[route] ?? {};
  const json = JSON.stringify(value ? value(known) : known);
  const isTable = route.startsWith('/lookup');
  const hasBody = method === 'post' || method === 'put';
  const form = data ? new URLSearchParams({ data: data(json) }).toString() : null;
  const plain: Sent = {
    path: route.replace('{lookupTableId}', 'table'),
    type: isTable ? 'text/csv' : form === null ? JSON_TYPE : 'application/x-www-form-urlencoded',
    body: isTable ? CSV : (form ?? json),
    query: {
      verbose: '1',
      ...(!hasBody && !isTable && { data: data ? data(json) : json }),
    },
    headers: {},
  };
  const { path, type, body, query, headers } = { ...plain, ...change?.(plain) };
  return send(emulator, `${path}?${new URLSearchParams(query).toString()}`, {
    method: method.toUpperCase(),
    headers: {
      authorization: TOKEN_AUTH,
      ...(hasBody && type !== null && { 'content-type': type }),
      ...headers,
    },
    ...(hasBody && { body: typeof body === 'string' ? body : new Uint8Array(body) }),
  });
}
