import type { SentParameters } from '../body/sent-parameters.js';
import type { Project } from '../project-config.js';
import { jsonAnswer } from '../body/service-request.js';
import type { ServiceAnswer, ServiceRequest } from '../body/service-request.js';

/** What came of the records of one request. */
export interface BatchResult {
  readonly count: number;
  readonly validCount: number;
  /** Text of the first thing that was wrong. */
  readonly firstError: string | undefined;
}

const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
const CALLBACK_NAME = /^[\w$]+(?:\.[\w$]+|\[\d+\])*$/;

/**
 * Answers as /track, /engage and /groups do (T-20 to T-22, section 1.2): `1` or `0`, JSON with `verbose`, a pixel with
 * `img`, a script with `callback`, a redirect with `redirect`. The status is 200 for refused records, too.
 */
export function legacyAnswer(
  project: Pick<Project, 'plainOne'>,
  request: Pick<ServiceRequest, 'host'>,
  parameters: SentParameters,
  { count, validCount, firstError }: BatchResult,
): ServiceAnswer {
  const isSuccess = validCount > 0 && (project.plainOne === 'any' || firstError === undefined);
  const status = isSuccess ? 1 : 0;
  const isVerbose = Number(parameters['verbose']) > 0;
  const text = isVerbose
    ? // oxlint-disable-next-line unicorn/no-null -- JSON
      JSON.stringify({ error: isSuccess ? null : (firstError ?? 'data, missing or empty'), status })
    : String(status);
  const { redirect, callback, img } = parameters;
  if (redirect !== undefined && redirect !== '') {
    return redirectAnswer(redirect, request.host, count);
  }
  if (img === '1') {
    return { status: 200, headers: { 'content-type': 'image/gif' }, body: PIXEL, records: count };
  }
  if (callback !== undefined && callback !== '') {
    return CALLBACK_NAME.test(callback)
      ? {
          status: 200,
          headers: { 'content-type': 'text/javascript; charset=utf-8' },
          body: `${callback}(${text});`,
          records: count,
        }
      : jsonAnswer(400, { error: 'callback, must be the name of a function', status: 0 }, count);
  }
  const type = isVerbose ? 'application/json' : 'text/plain';
  return {
    status: 200,
    headers: { 'content-type': `${type}; charset=utf-8` },
    body: text,
    records: count,
  };
}

/** Only to the emulator's own origin: it is nobody's open redirect. */
function redirectAnswer(redirect: string, host: string, records: number): ServiceAnswer {
  const base = `http://${host}`;
  const target = URL.canParse(redirect, base) ? new URL(redirect, base) : undefined;
  return target && target.host === host && /^https?:$/.test(target.protocol)
    ? { status: 302, headers: { location: target.href }, body: '', records }
    : jsonAnswer(400, { error: 'redirect, must stay on the same origin', status: 0 }, records);
}
