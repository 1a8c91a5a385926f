import type { IncomingMessage, ServerResponse } from 'node:http';
import { isTooDeep } from '../body/nesting.js';
import { readBody } from '../body/read-body.js';
import { EMULATOR_NAME } from '../control.js';
import type { Control } from '../control.js';
import { isTrusted } from './control-guard.js';
import { describeRoutes } from '../routes/describe-routes.js';
import { JournalProblem } from '../journal/journal-problem.js';
import { journalAnswer } from './journal-answer.js';
import { readFaults } from '../faults/read-faults.js';
import { packageVersion } from '../package-paths.js';
import { ConfigProblem } from '../project-config.js';
import { isRecord } from '../is-record.js';
import { sendAnswer } from './send-answer.js';
import { sendState } from './send-state.js';
import { jsonAnswer } from '../body/service-request.js';
import type { ServiceAnswer } from '../body/service-request.js';
import type { StateFilter } from '../emulator-state.js';

/** Where the control paths begin; no path of the service does. */
export const CONTROL_PREFIX = '/_emulator/';

const MAX_CONTROL_BYTES = 1024 * 1024;
/** What may wait for a reader of the stream before the connection is given up. */
const MAX_UNREAD_BYTES = 4 * 1024 * 1024;

type Verb = (control: Control, value: unknown) => void;

const VERBS: Readonly<Record<string, Verb>> = {
  reset: (control, value) => control.reset(recordOf(value)),
  clock: (control, value) => control.clock(recordOf(value)),
  faults: (control, value) => control.faults(readFaults(value)),
};
const VIEWS = ['health', 'state', 'stream', 'openapi.json'];

/** Answers a control path (docs/emulator.md lists them). */
export async function serveControl(
  control: Control,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  ownHost: string,
): Promise<void> {
  if (!isTrusted(request.headers, ownHost)) {
    sendAnswer(response, jsonAnswer(403, { error: FOREIGN }), {});
    return;
  }
  const name = url.pathname.slice(CONTROL_PREFIX.length);
  const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
  const allowed = verb ? 'POST' : 'GET';
  if (!verb && !VIEWS.includes(name)) {
    sendAnswer(response, unknownPath(url.pathname), {});
    return;
  }
  if (request.method !== allowed) {
    const error = `${request.method} is not served here, only ${allowed}.`;
    sendAnswer(response, jsonAnswer(405, { error }, 0, { allow: allowed }), {});
    return;
  }
  if (verb) {
    sendAnswer(response, await runVerb(control, verb, request), {});
    return;
  }
  showView(control, name, response, url);
}

function showView(control: Control, name: string, response: ServerResponse, url: URL): void {
  if (name === 'stream') {
    openStream(control, response);
    return;
  }
  if (name === 'health') {
    sendAnswer(response, jsonAnswer(200, control.health()), {});
    return;
  }
  if (name === 'openapi.json') {
    sendAnswer(response, jsonAnswer(200, describeRoutes(control.ledger().project)), {});
    return;
  }
  const filter = readFilter(url.searchParams);
  if (typeof filter === 'string') {
    sendAnswer(response, jsonAnswer(400, { error: filter }), {});
    return;
  }
  sendState(response, control.snapshot(filter));
}

async function runVerb(
  control: Control,
  verb: Verb,
  request: IncomingMessage,
): Promise<ServiceAnswer> {
  const body = await readBody(request, MAX_CONTROL_BYTES);
  if (body.kind !== 'read') {
    return jsonAnswer(body.kind === 'too-large' ? 413 : 400, {
      error: `The body is ${body.kind}.`,
    });
  }
  try {
    const text = body.body.toString('utf8');
    const value: unknown = text.trim() === '' ? {} : JSON.parse(text);
    if (isTooDeep(value)) {
      throw new ConfigProblem('The body is nested too deeply.');
    }
    verb(control, value);
    return jsonAnswer(200, { ok: true });
  } catch (cause) {
    if (cause instanceof ConfigProblem || cause instanceof SyntaxError) {
      const error =
        cause instanceof SyntaxError ? `The body is not JSON: ${cause.message}` : cause.message;
      return jsonAnswer(400, { error });
    }
    if (cause instanceof JournalProblem) {
      return journalAnswer(cause);
    }
    throw cause;
  }
}

function openStream(control: Control, response: ServerResponse): void {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-waymark-emulator': packageVersion,
  });
  const write = (message: unknown): void => {
    response.write(`data: ${JSON.stringify(message)}\n\n`);
    if (response.writableLength > MAX_UNREAD_BYTES) {
      // Whoever reads so late is better off with the state: an EventSource connects anew, and a page asks for it then.
      response.destroy();
    }
  };
  const { system } = control.ledger().project;
  write({ type: 'hello', name: EMULATOR_NAME, version: packageVersion, system });
  response.once('close', control.hub.subscribe(write));
}

function readFilter(query: URLSearchParams): StateFilter | string {
  const distinctId = query.get('distinctId');
  const since = query.get('since');
  if (since !== null && !/^\d+$/.test(since)) {
    return '"since" must be the seq of a record, a whole number.';
  }
  return {
    ...(distinctId !== null && { distinctId }),
    ...(since !== null && { since: Number(since) }),
  };
}

function recordOf(value: unknown): Record<string, unknown> {
  if (!isRecord(value)) {
    throw new ConfigProblem('The body must be a JSON object.');
  }
  return value;
}

function unknownPath(path: string): ServiceAnswer {
  const known = [...Object.keys(VERBS), ...VIEWS].map((name) => CONTROL_PREFIX + name);
  return jsonAnswer(404, { error: `Nothing is served at ${path}.`, known });
}

const FOREIGN =
  'Control paths answer only to pages of the emulator itself and to programs on this machine: the Origin or Host of this request is another.';
