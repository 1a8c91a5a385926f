import { judgeCredentials } from '../access/credentials.js';
import type { Ledger } from '../store/ledger.js';
import { parseTable } from '../lookup/parse-table.js';
import { jsonAnswer } from '../body/service-request.js';
import type { ServiceAnswer, ServiceRequest } from '../body/service-request.js';

/** Lists the tables by id and name (L-1). */
export function answerTableList(ledger: Ledger, request: ServiceRequest): ServiceAnswer {
  const results = Object.entries(ledger.tables.all()).map(([id, { name }]) => ({ id, name }));
  return refuseStranger(ledger, request) ?? jsonAnswer(200, { code: 200, status: 'OK', results });
}

/** Replaces a table with the CSV of the body, wholly or not at all (L-2 to L-4). */
export function answerTableReplace(ledger: Ledger, request: ServiceRequest): ServiceAnswer {
  const refusal = refuseStranger(ledger, request) ?? refuseUnknown(ledger, request);
  if (refusal) {
    return refusal;
  }
  const type = (request.contentType.split(';')[0] ?? '').trim().toLowerCase();
  if (type !== 'text/csv') {
    const error = `content type must be text/csv, not "${type}"`;
    return jsonAnswer(400, { code: 400, error, status: 'Bad Request' });
  }
  const table = parseTable(request.body);
  if (!table.ok) {
    const { error, failed } = table;
    return jsonAnswer(400, { code: 400, error, status: 'Bad Request', failed_records: failed });
  }
  const id = tableId(request);
  ledger.tables.replace(id, table.columns, table.rows);
  ledger.hub.publish({ type: 'lookupTable', id });
  return jsonAnswer(200, { code: 200, status: 'OK' }, table.rows.length);
}

/** Removes a table: known from a third party's description only (L-5). */
export function answerTableDelete(ledger: Ledger, request: ServiceRequest): ServiceAnswer {
  const id = tableId(request);
  const refusal = refuseStranger(ledger, request);
  if (refusal) {
    return refusal;
  }
  if (!Object.hasOwn(ledger.tables.all(), id)) {
    return notFound(id);
  }
  ledger.tables.remove(id);
  ledger.hub.publish({ type: 'lookupTable', id });
  return jsonAnswer(200, { code: 200, status: 'OK' });
}

function refuseStranger(ledger: Ledger, request: ServiceRequest): ServiceAnswer | undefined {
  const { authorization, query } = request;
  const shown = { authorization, projectId: query['project_id'], apiKey: undefined };
  const verdict = judgeCredentials(shown, ledger.project, ledger.tokens);
  return verdict.isValid
    ? undefined
    : jsonAnswer(401, { code: 401, error: verdict.error, status: 'Unauthorized' });
}

function refuseUnknown(ledger: Ledger, request: ServiceRequest): ServiceAnswer | undefined {
  const id = tableId(request);
  return ledger.tables.has(id) ? undefined : notFound(id);
}

function notFound(id: string): ServiceAnswer {
  const error = `Lookup table with id '${id}' was not found.`;
  return jsonAnswer(404, { code: 404, error, status: 'Not Found' });
}

/** The last segment of the path; one that cannot be decoded stands as it is. */
function tableId({ path }: ServiceRequest): string {
  const segment = path.slice(path.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(segment);
  } catch {
    // A stray percent sign: as an id it is as good as any other.
    return segment;
  }
}
