import { answerService } from '../../../src/emulator/routes/answer-service.js';
import { createClock } from '../../../src/emulator/clock.js';
import { createLedger } from '../../../src/emulator/store/ledger.js';
import type { Ledger } from '../../../src/emulator/store/ledger.js';
import { resolveProject } from '../../../src/emulator/project-config.js';
import type { Project } from '../../../src/emulator/project-config.js';
import type { ServiceAnswer, ServiceRequest } from '../../../src/emulator/body/service-request.js';
import { createStreamHub } from '../../../src/emulator/stream/stream-hub.js';
import { TOKEN_AUTH } from './send.js';

/** The paths that take records. */
export type RecordPath = '/track' | '/import' | '/engage' | '/groups';

/** Every identity system. */
export const SYSTEMS = ['simplified', 'original', 'legacy'] as const;

/** Where the clock of the projects stands, in seconds. */
export const NOW = 1_760_000_000;

/** A project with the token `T` that calls a batch good when all of it is. */
export function createProject(system: (typeof SYSTEMS)[number]): Project {
  return resolveProject({
    token: 'T',
    system,
    now: NOW,
    plainOne: 'all',
    geo: { country: 'DE' },
    seedIdentityEndpoints: true,
  });
}

/** The receiving side of such a project, without a server around it. */
export function startLedger(system: (typeof SYSTEMS)[number]): Ledger {
  const project = createProject(system);
  const clock = createClock();
  clock.set(project.now);
  return createLedger(project, clock, createStreamHub());
}

/** Answers a request; what is not given is that of a JSON body with the credentials of the token. */
export function ask(
  ledger: Ledger,
  request: Pick<ServiceRequest, 'method' | 'path'> & Partial<ServiceRequest>,
): ServiceAnswer {
  return answerService(ledger, {
    query: {},
    contentType: 'application/json',
    authorization: TOKEN_AUTH,
    body: Buffer.alloc(0),
    address: '127.0.0.1',
    host: '127.0.0.1:8077',
    ...request,
  });
}

/** Whether every record of a body is taken in. */
export function isTaken(ledger: Ledger, path: RecordPath, value: unknown): boolean {
  const body = Buffer.from(JSON.stringify(value));
  const answer = ask(ledger, { method: 'POST', path, query: { verbose: '1' }, body });
  const { status } = JSON.parse(String(answer.body)) as { status: unknown };
  return answer.status === 200 && (status === 1 || status === 'OK');
}
