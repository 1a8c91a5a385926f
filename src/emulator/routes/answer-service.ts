import type { ReadBody } from '../body/read-body.js';
import type { Ledger } from '../store/ledger.js';
import { findRoute, openMethods, SERVICE_ROUTES } from './service-routes.js';
import type { ServiceRoute } from './service-routes.js';
import { jsonAnswer } from '../body/service-request.js';
import { trimSlash } from '../body/trim-slash.js';
import type { ServiceAnswer, ServiceRequest } from '../body/service-request.js';

/** Answers a request that was read whole. The same request, at the same time, in the same state: the same answer. */
export function answerService(ledger: Ledger, sent: ServiceRequest): ServiceAnswer {
  const request = { ...sent, path: trimSlash(sent.path) };
  const route = findRoute(request.path, ledger.project);
  if (!route) {
    return unknownPath(ledger, request.path);
  }
  const methods = openMethods(route, ledger.project);
  const served = methods.includes(request.method) ? route.methods[request.method] : undefined;
  if (!served) {
    return wrongMethod(route, request.method, methods);
  }
  const answer = served.answer(ledger, request);
  publishPending(ledger);
  return answer;
}

/**
 * Tells of the warnings that the state shows only for as long as they hold. Once a request is taken in whole: mostly
 * the event that settles one comes in the same batch.
 */
function publishPending({ identity, hub }: Ledger): void {
  const { arisen, settled } = identity.takePendingChange();
  for (const warning of arisen) {
    hub.publish({ type: 'warning', warning });
  }
  for (const warning of settled) {
    hub.publish({ type: 'settled', warning });
  }
}

/** Whether a body has to be read at all to answer. */
export function isServed(ledger: Ledger, path: string, method: string): boolean {
  const route = findRoute(path, ledger.project);
  return route !== undefined && openMethods(route, ledger.project).includes(method);
}

/** Largest body that a path takes. */
export function bodyLimit(ledger: Ledger, path: string): number {
  return findRoute(path, ledger.project)?.maxBodyBytes ?? ledger.project.maxBodyBytes;
}

/** The answer to a body that could not be read whole (T-25). */
export function answerUnread(
  body: Exclude<ReadBody, { kind: 'read' }>,
  maxBytes: number,
): ServiceAnswer {
  switch (body.kind) {
    case 'too-large':
      return jsonAnswer(413, {
        code: 413,
        error: `request exceeds max limit of ${maxBytes} bytes`,
        status: 'Request Entity Too Large',
      });
    case 'broken':
      return jsonAnswer(400, { code: 400, error: body.error, status: 'Bad Request' });
    case 'gone':
      return jsonAnswer(400, { code: 400, error: 'the body broke off', status: 'Bad Request' });
  }
}

function unknownPath(ledger: Ledger, path: string): ServiceAnswer {
  const known = SERVICE_ROUTES.filter(({ isOpen }) => isOpen?.(ledger.project) ?? true);
  return jsonAnswer(404, {
    error: `Nothing is served at ${path}.`,
    known: known.map((route) => route.path),
  });
}

function wrongMethod(
  route: ServiceRoute,
  method: string,
  methods: readonly string[],
): ServiceAnswer {
  const allow = [...methods, 'OPTIONS'].join(', ');
  const error = `${method} is not served at ${route.path}, only ${allow}.`;
  return jsonAnswer(405, { error, status: 'Method Not Allowed' }, 0, { allow });
}
