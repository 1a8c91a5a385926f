import { digestSecret } from '../access/secret-digest.js';
import { readBasic } from '../access/credentials.js';
import { API_KEY, REDACTED, redactQuery } from '../access/redact-query.js';
import { eachField } from '../body/form-fields.js';
import { formOf } from '../body/record-body.js';
import type { ServiceRequest } from '../body/service-request.js';
import { isRecord } from '../is-record.js';

/**
 * A request without the secrets in it: those of service accounts, bearers and projects, and the legacy API key. What
 * decides whether they are taken is left, so that a replay judges them alike.
 */
export function redactRequest(request: ServiceRequest): ServiceRequest {
  const { authorization, body, contentType, query } = request;
  return {
    ...request,
    query: redactQuery(query),
    authorization: redactAuthorization(authorization),
    body: formOf(contentType, body) === 'form' ? redactForm(body) : body,
  };
}

/** The settings of a project, with a digest in the place of its secret. */
export function redactProject(project: unknown): unknown {
  return isRecord(project) && typeof project['secret'] === 'string'
    ? { ...project, secret: digestSecret(project['secret']) }
    : project;
}

function redactAuthorization(authorization: string): string {
  const [scheme = '', value = ''] = authorization.trim().split(/\s+/, 2);
  if (!/^(?:basic|bearer|digest)$/i.test(scheme)) {
    return scheme === '' ? '' : REDACTED;
  }
  if (value === '') {
    return scheme;
  }
  if (scheme.toLowerCase() !== 'basic') {
    return `${scheme} ${REDACTED}`;
  }
  const { user, secret } = readBasic(value);
  // Without a password the user is a token or a secret, and which of them nobody can say yet.
  const kept = secret === '' ? `${user && digestSecret(user)}:` : `${user}:${REDACTED}`;
  return `${scheme} ${Buffer.from(kept).toString('base64')}`;
}

/** Byte for byte, because a form need not be text. */
function redactForm(body: Buffer): Buffer {
  const form = body.toString('latin1');
  const kept: string[] = [];
  let keptEnd = 0;
  eachField(form, (name, _, valueStart, end) => {
    if (name === API_KEY && valueStart < end) {
      kept.push(form.slice(keptEnd, valueStart), REDACTED);
      keptEnd = end;
    }
  });
  return keptEnd === 0 ? body : Buffer.from(kept.join('') + form.slice(keptEnd), 'latin1');
}
