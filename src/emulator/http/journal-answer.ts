import { jsonAnswer } from '../body/service-request.js';
import type { ServiceAnswer } from '../body/service-request.js';
import type { JournalProblem } from '../journal/journal-problem.js';

/** The answer to what was refused because the journal cannot be written. */
export function journalAnswer({ message }: JournalProblem): ServiceAnswer {
  return jsonAnswer(507, { code: 507, error: message, status: 'Insufficient Storage' });
}
