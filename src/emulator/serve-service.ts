import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from './body/read-body.js';
import type { ReadBody } from './body/read-body.js';
import type { Control } from './control.js';
import { corsHeaders, preflightHeaders } from './cors.js';
import type { ReceivedRequest } from './emulator-state.js';
import { faultAnswer } from './fault-answer.js';
import type { Fault } from './faults.js';
import type { Ledger } from './ledger.js';
import { findRoute, openMethods, SERVICE_ROUTES } from './routes/service-routes.js';
import type { ServiceRoute } from './routes/service-routes.js';
import { sendAnswer } from './send-answer.js';
import { jsonAnswer } from './service-request.js';
import type { ServiceAnswer, ServiceRequest } from './service-request.js';

/** Answers a request to one of the service's paths, or makes the trouble that was asked for. */
export async function serveService(
  control: Control,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const ledger = control.ledger();
  const method = request.method ?? 'GET';
  const path = trimSlash(url.pathname);
  const note = startNote(ledger, request, url);
  const cors = corsHeaders(request.headers);
  const route = findRoute(path, ledger.project);

  if (method === 'OPTIONS') {
    const headers = preflightHeaders(request.headers, ledger.project.corsStrict);
    note.finish(204, 0);
    sendAnswer(response, { status: 204, headers, body: '' }, {});
    return;
  }
  const fault = control.faultList.take(path);
  if (fault?.cut === 'before' && !fault.delayMs) {
    request.socket.destroy();
    return;
  }
  const body = await readBody(request, route?.maxBodyBytes ?? ledger.project.maxBodyBytes);
  note.read(body.wireBytes);
  if (fault && (await makeTrouble(fault))) {
    return;
  }
  const answer = answerRoute(ledger, route, readRequest(request, url, path, method, body), body);
  await deliver(answer, fault);

  /** Whether the fault settled the request. */
  async function makeTrouble(trouble: Fault): Promise<boolean> {
    if (trouble.delayMs === null) {
      return true;
    }
    if (trouble.cut === 'before') {
      await waitFor(response, trouble.delayMs ?? 0);
      request.socket.destroy();
      return true;
    }
    const instead = faultAnswer(trouble, 0);
    if (instead) {
      await deliver(instead, trouble);
    }
    return instead !== null;
  }

  async function deliver(outcome: ServiceAnswer, trouble: Fault | null): Promise<void> {
    note.records(outcome.records);
    await waitFor(response, trouble?.delayMs ?? 0);
    if (trouble?.cut === 'after') {
      note.finish(0, outcome.records);
      request.socket.destroy();
      return;
    }
    note.finish(outcome.status, outcome.records);
    sendAnswer(response, outcome, trouble?.cors === false ? {} : cors);
  }
}

function answerRoute(
  ledger: Ledger,
  route: ServiceRoute | null,
  request: ServiceRequest,
  body: ReadBody,
): ServiceAnswer {
  if (!route) {
    const known = SERVICE_ROUTES.filter(({ isOpen }) => isOpen?.(ledger.project) ?? true);
    return jsonAnswer(404, {
      error: `Nothing is served at ${request.path}.`,
      known: known.map(({ path }) => path),
    });
  }
  const methods = openMethods(route, ledger.project);
  const serve = methods.includes(request.method) ? route.methods[request.method] : undefined;
  if (!serve) {
    const allow = [...methods, 'OPTIONS'].join(', ');
    const error = `${request.method} is not served at ${route.path}, only ${allow}.`;
    return jsonAnswer(405, { error, status: 'Method Not Allowed' }, 0, { allow });
  }
  const limit = route.maxBodyBytes ?? ledger.project.maxBodyBytes;
  switch (body.kind) {
    case 'too-large':
      return jsonAnswer(
        413,
        {
          code: 413,
          error: `request exceeds max limit of ${limit} bytes`,
          status: 'Request Entity Too Large',
        },
        0,
        { connection: 'close' },
      );
    case 'broken':
      return jsonAnswer(400, { code: 400, error: body.error, status: 'Bad Request' });
    case 'gone':
      return jsonAnswer(400, { code: 400, error: 'the body broke off', status: 'Bad Request' });
    case 'read':
      return serve(ledger, request);
  }
}

function readRequest(
  request: IncomingMessage,
  url: URL,
  path: string,
  method: string,
  body: ReadBody,
): ServiceRequest {
  return {
    method,
    path,
    query: Object.fromEntries(url.searchParams),
    contentType: request.headers['content-type'] ?? '',
    authorization: request.headers.authorization ?? '',
    body: body.kind === 'read' ? body.body : Buffer.alloc(0),
    address: request.socket.remoteAddress ?? '',
    host: request.headers.host ?? '',
  };
}

interface RequestNote {
  read(bytes: number): void;
  records(count: number): void;
  finish(status: number, records: number): void;
}

/** Lists the request at once, so that one that hangs is seen; what is not known yet is filled in. */
function startNote(ledger: Ledger, request: IncomingMessage, url: URL): RequestNote {
  const entry: { -readonly [Key in keyof ReceivedRequest]: ReceivedRequest[Key] } = {
    method: request.method ?? 'GET',
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    contentType: request.headers['content-type'] ?? '',
    status: 0,
    bytes: 0,
    records: 0,
  };
  ledger.requests.push(entry);
  return {
    read(bytes) {
      entry.bytes = bytes;
    },
    records(count) {
      entry.records = count;
    },
    finish(status, records) {
      entry.status = status;
      entry.records = records;
      ledger.hub.publish({ type: 'request', request: { ...entry } });
    },
  };
}

/** Waits, but not for someone who has gone. */
function waitFor(response: ServerResponse, delayMs: number): Promise<void> {
  return delayMs === 0
    ? Promise.resolve()
    : new Promise((resolve) => {
        const timer = setTimeout(resolve, delayMs);
        response.once('close', () => {
          clearTimeout(timer);
          resolve();
        });
      });
}

function trimSlash(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}
