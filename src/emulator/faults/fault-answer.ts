import type { Fault } from './fault.js';
import type { ServiceAnswer } from '../body/service-request.js';

const DEFAULT_BODIES: Readonly<Record<number, unknown>> = {
  401: { error: 'Invalid credentials', status: 'error' },
  403: { error: 'Forbidden', status: 'error' },
  413: {
    code: 413,
    error: 'request exceeds max limit of 2097152 bytes',
    status: 'Request Entity Too Large',
  },
  429: {
    code: 429,
    error: 'Project exceeded rate limits. Please retry the request with exponential backoff.',
    status: 'Too Many Requests',
  },
};

/** The answer that a fault puts in the place of the service's; `undefined` when it lets the request through. */
export function faultAnswer(fault: Fault, records: number): ServiceAnswer | undefined {
  const status = fault.status ?? defaultStatus(fault);
  if (status === undefined) {
    return undefined;
  }
  const content = fault.body ?? DEFAULT_BODIES[status] ?? defaultBody(status);
  const isText = typeof content === 'string';
  const type = isText ? textType(content) : 'application/json';
  return {
    status,
    headers: {
      'content-type': `${type}; charset=utf-8`,
      ...(fault.retryAfter !== undefined && { 'retry-after': String(fault.retryAfter) }),
      ...(fault.location !== undefined && { location: fault.location }),
      ...fault.headers,
    },
    body: isText ? content : JSON.stringify(content),
    records,
  };
}

/** The status that the other fields speak of; `undefined` when they speak of no answer. */
function defaultStatus({ location, body, retryAfter }: Fault): number | undefined {
  if (location !== undefined) {
    return 302;
  }
  if (body !== undefined) {
    return 200;
  }
  return retryAfter === undefined ? undefined : 429;
}

function defaultBody(status: number): unknown {
  return status < 400
    ? // oxlint-disable-next-line unicorn/no-null -- JSON
      { error: null, status: 1 }
    : { error: 'a temporary failure occurred', status: 0 };
}

function textType(text: string): string {
  return text.trimStart().startsWith('<') ? 'text/html' : 'text/plain';
}
