import { expect, test } from 'playwright/test';

import { interpret, type Answer, type Outcome } from '../../src/delivery/outcome.js';

const answer = (status: number, body: string): Answer => ({ status, body, retryAfter: null });

/** The table of answers: what came back, and what is made of it. */
const TABLE: readonly (readonly [string, Answer | undefined, Outcome['kind']])[] = [
  ['200 with status 1', answer(200, '{"error":null,"status":1}'), 'accepted'],
  ['200 with a bare 1', answer(200, '1'), 'accepted'],
  ['200 with a bare 1 and a line break', answer(200, '1\n'), 'accepted'],
  ['200 with status 0', answer(200, '{"error":"event, missing","status":0}'), 'rejected'],
  ['200 with a bare 0', answer(200, '0'), 'rejected'],
  ['400 with a reason', answer(400, '{"error":"some data points","status":0}'), 'rejected'],
  ['400 without a body', answer(400, ''), 'rejected'],
  ['400 with text', answer(400, 'bad request'), 'rejected'],
  ['400 with a page of HTML', answer(400, '\n<html>Bad request</html>'), 'unexpected'],
  ['200 with a page of HTML', answer(200, '<!doctype html><p>Log in</p>'), 'unexpected'],
  ['200 with nothing', answer(200, ''), 'unexpected'],
  ['200 with JSON of somebody else', answer(200, '{"ok":true}'), 'unexpected'],
  ['200 with a list', answer(200, '[1]'), 'unexpected'],
  ['200 with null', answer(200, 'null'), 'unexpected'],
  ['200 with the text "1"', answer(200, '{"status":"1"}'), 'unexpected'],
  ['200 with status ok', answer(200, '{"status":"ok"}'), 'unexpected'],
  ['204', answer(204, ''), 'unexpected'],
  ['a redirect', answer(0, ''), 'unexpected'],
  ['302', answer(302, ''), 'unexpected'],
  ['401', answer(401, '{"error":"no","status":"error"}'), 'unexpected'],
  ['403', answer(403, ''), 'unexpected'],
  ['404', answer(404, '<h1>Not found</h1>'), 'unexpected'],
  ['405', answer(405, ''), 'unexpected'],
  ['413', answer(413, '{"code":413,"error":"request exceeds max limit"}'), 'too-large'],
  ['413 with a page of HTML', answer(413, '<html>413</html>'), 'too-large'],
  ['408', answer(408, ''), 'later'],
  ['429', answer(429, '{"code":429,"error":"Project exceeded rate limits."}'), 'later'],
  ['500', answer(500, ''), 'later'],
  ['502 with a page of HTML', answer(502, '<html>Bad gateway</html>'), 'later'],
  ['503', answer(503, ''), 'later'],
  ['599', answer(599, ''), 'later'],
  ['no answer at all', undefined, 'later'],
];

for (const [name, given, kind] of TABLE) {
  test(`${name}: ${kind}`, () => {
    expect(interpret(given).kind).toBe(kind);
  });
}

test('the reason is in the words of the service, or else the status', () => {
  expect(interpret(answer(200, '{"error":"event, missing","status":0}')).reason).toBe(
    'event, missing',
  );
  expect(interpret(answer(413, '{"error":"request exceeds max limit"}')).reason).toBe(
    'request exceeds max limit',
  );
  expect(interpret(answer(404, '<h1>x</h1>')).reason).toContain('404');
});
