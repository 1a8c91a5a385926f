import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerService, answerUnread, bodyLimit, isServed } from '../routes/answer-service.js';
import { readBody } from '../body/read-body.js';
import type { Control } from '../control.js';
import { corsHeaders, preflightHeaders } from './cors.js';
import { isFormUtf8 } from '../body/form-fields.js';
import { countRecords } from '../body/record-body.js';
import { drain } from './drain.js';
import { journalAnswer } from './journal-answer.js';
import { faultAnswer } from '../faults/fault-answer.js';
import type { Fault } from '../faults/fault.js';
import { JournalProblem } from '../journal/journal-problem.js';
import { noteRequest } from '../store/request-note.js';
import type { RequestNote } from '../store/request-note.js';
import { sendAnswer } from './send-answer.js';
import { trimSlash } from '../body/trim-slash.js';
import type { ServiceAnswer, ServiceRequest } from '../body/service-request.js';

/** A request on its way through, with all that its end needs. */
interface Exchange {
  readonly control: Control;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly note: RequestNote;
  readonly fault: Fault | undefined;
}

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
  const query = Object.fromEntries(url.searchParams);
  const contentType = request.headers['content-type'] ?? '';
  const note = noteRequest(control.ledger, { method, path: url.pathname, query, contentType });
  if (method === 'OPTIONS') {
    const headers = preflightHeaders(request.headers, ledger.project.corsStrict);
    note.finish(204, 0);
    sendAnswer(response, { status: 204, headers, body: '' }, {});
    return;
  }
  const fault = control.faultList.take(path);
  const exchange: Exchange = { control, request, response, note, fault };
  if (fault?.cut === 'before' && !fault.delayMs) {
    cut(exchange, 0);
    return;
  }
  if (!fault && !isServed(ledger, path, method)) {
    await deliver(exchange, answerService(ledger, emptyRequest(method, path)));
    return;
  }
  const maxBytes = bodyLimit(ledger, path);
  const body = await readBody(request, maxBytes);
  note.read(body.wireBytes);
  const read: ServiceRequest = {
    method,
    path: url.pathname,
    query,
    ...(!isFormUtf8(Buffer.from(url.search)) && { isQueryUtf8: false }),
    contentType,
    authorization: request.headers.authorization ?? '',
    body: body.kind === 'read' ? body.body : Buffer.alloc(0),
    address: request.socket.remoteAddress ?? '',
    host: request.headers.host ?? '',
  };
  if (fault && (await makeTrouble(exchange, fault, read))) {
    return;
  }
  if (body.kind === 'too-large') {
    drain(request);
  }
  await deliver(
    exchange,
    body.kind === 'read' ? take(exchange, read, body.wireBytes) : answerUnread(body, maxBytes),
  );
}

/** Takes a request in; a journal that cannot be written refuses it, and a sender tries again later. */
function take(
  { control, note, fault }: Exchange,
  read: ServiceRequest,
  wireBytes: number,
): ServiceAnswer {
  note.take();
  try {
    return control.receive(read, wireBytes, fault?.cut === 'after');
  } catch (cause) {
    if (!(cause instanceof JournalProblem)) {
      throw cause;
    }
    control.ledger().warnings.add('journal-not-written', cause.message);
    return journalAnswer(cause);
  }
}

/** Whether the fault settled the request, so that it never reaches the service. */
async function makeTrouble(
  exchange: Exchange,
  fault: Fault,
  read: ServiceRequest,
): Promise<boolean> {
  const records = countRecords(read);
  if (fault.delayMs === null) {
    exchange.note.finish(0, records);
    return true;
  }
  if (fault.cut === 'before') {
    await waitFor(exchange.response, fault.delayMs ?? 0);
    cut(exchange, records);
    return true;
  }
  const instead = fault.cut === 'after' ? undefined : faultAnswer(fault, records);
  if (instead) {
    await deliver(exchange, instead);
  }
  return instead !== undefined;
}

async function deliver(exchange: Exchange, answer: ServiceAnswer): Promise<void> {
  const { request, response, note, fault } = exchange;
  await waitFor(response, fault?.delayMs ?? 0);
  if (fault?.cut === 'after') {
    cut(exchange, answer.records);
    return;
  }
  note.finish(answer.status, answer.records);
  sendAnswer(response, answer, fault?.cors === false ? {} : corsHeaders(request.headers));
}

function cut({ request, note }: Exchange, records: number): void {
  note.finish(0, records);
  request.socket.destroy();
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

function emptyRequest(method: string, path: string): ServiceRequest {
  return {
    method,
    path,
    query: {},
    contentType: '',
    authorization: '',
    body: Buffer.alloc(0),
    address: '',
    host: '',
  };
}
