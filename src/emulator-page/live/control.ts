import type { EmulatorState, StateFilter } from '../../emulator/emulator-state.js';

const CONTROL = '/_emulator';

/** The emulator refused, or could not be reached; the message is fit for people. */
export class ControlError extends Error {
  override readonly name = 'ControlError';
}

async function answerOf(response: Response): Promise<unknown> {
  const text = await response.text();
  if (response.ok) return text === '' ? undefined : JSON.parse(text);
  throw new ControlError(`${response.status}: ${errorText(text)}`);
}

/** The `error` of a JSON answer; the answer as it is where it has none. */
function errorText(text: string): string {
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer === 'object' && answer !== null && 'error' in answer) {
      return String(answer.error);
    }
  } catch {
    // Not JSON: the text itself is the best there is to show.
  }
  return text.slice(0, 200);
}

/** Reads the state, or the part of it that the filter names. Rejects with what the emulator said. */
export async function fetchState(filter: StateFilter = {}): Promise<EmulatorState> {
  const query = new URLSearchParams();
  if (filter.distinctId !== undefined) query.set('distinctId', filter.distinctId);
  if (filter.since !== undefined) query.set('since', String(filter.since));
  const response = await fetch(`${CONTROL}/state?${query}`, { cache: 'no-store' });
  // The body is the emulator's own; the page is built together with it.
  return (await answerOf(response)) as EmulatorState;
}

/** Sends a command, `reset`, `clock` or `faults`, with its JSON body. Rejects with what the emulator said. */
export async function sendCommand(
  command: 'reset' | 'clock' | 'faults',
  body: unknown,
): Promise<void> {
  const response = await fetch(`${CONTROL}/${command}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  await answerOf(response);
}
