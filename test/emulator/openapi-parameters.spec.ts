import { describeRoutes } from '../../src/emulator/routes/describe-routes.js';
import type { OpenApiParameter } from '../../src/emulator/routes/describe-routes.js';
import type { SentParameters } from '../../src/emulator/body/sent-parameters.js';
import { readState } from '../../src/emulator/store/read-state.js';
import { ask, createProject, NOW, startLedger } from './support/ask.js';
import { expect, test } from './support/emulator-fixture.js';
import { eventOf, TOKEN_AUTH } from './support/send.js';

/** Records one of which is refused where records are checked. */
const RECORDS: Readonly<Record<string, unknown>> = {
  '/track': [eventOf('A', { distinct_id: 'U' }), eventOf('')],
  '/import': [eventOf('A', { distinct_id: 'U', time: NOW, $insert_id: 'i' }), eventOf('A')],
  '/engage': { $token: 'T', $distinct_id: 'U', $set: { a: 1 } },
  '/groups': { $token: 'T', $group_key: 'k', $group_id: 'g', $set: { a: 1 } },
};
/** Values of parameters that are no switches. */
const TELLING: SentParameters = { callback: 'cb', redirect: '/there', project_id: '1', data: '' };
/** Parameters that say in which form to answer: on /import they hold for a form body only. */
const ANSWER_FORMS = ['verbose', 'img', 'callback', 'redirect'];

/** The answer to a request with these parameters and what is stored then, as text. */
function outcome(
  operation: string,
  { name }: OpenApiParameter,
  parameters: SentParameters,
): string {
  const [method = '', route = ''] = operation.split(' ');
  const data = JSON.stringify(RECORDS[route]) as string | undefined;
  const isForm = route !== '/import' || ANSWER_FORMS.includes(name);
  const ledger = startLedger('simplified');
  const { status, headers, body } = ask(ledger, {
    method: method.toUpperCase(),
    path: route.replace('{lookupTableId}', 'x'),
    // A service account is who needs a project id.
    authorization: name === 'project_id' ? `Basic ${btoa('account:secret')}` : TOKEN_AUTH,
    query: { ...(method === 'get' && data !== undefined && { data }), ...parameters },
    ...(data === undefined
      ? { contentType: 'text/csv', body: Buffer.from('id\n1') }
      : {
          contentType: isForm ? 'application/x-www-form-urlencoded' : 'application/json',
          body: Buffer.from(isForm ? `data=${encodeURIComponent(data)}` : data),
        }),
  });
  const { events, profiles } = readState(ledger);
  const stored = [events.map(({ properties }) => properties), profiles];
  return JSON.stringify([status, headers, String(body), stored]);
}

for (const [path, methods] of Object.entries(describeRoutes(createProject('simplified')).paths)) {
  for (const [method, { parameters }] of Object.entries(methods)) {
    const operation = `${method} ${path}`;
    for (const parameter of parameters.filter((one) => one.in === 'query')) {
      const { name, schema } = parameter;
      test(`${name} changes what ${operation} does, unless it says the default`, () => {
        const plain = outcome(operation, parameter, {});
        const other = { [name]: schema['default'] === 1 ? '0' : '1', ...pick(TELLING, name) };
        expect(outcome(operation, parameter, other)).not.toBe(plain);
        if (schema['default'] !== undefined) {
          const same = { [name]: String(schema['default']) };
          expect(outcome(operation, parameter, same)).toBe(plain);
        }
      });
    }
  }
}

function pick(values: SentParameters, name: string): SentParameters {
  return Object.fromEntries(Object.entries(values).filter(([one]) => one === name));
}
