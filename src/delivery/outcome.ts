/** What came back for a request; `undefined` stands for no answer at all. */
export interface Answer {
  /** The HTTP status; 0 for a redirect, which is not followed. */
  readonly status: number;
  readonly body: string;
  readonly retryAfter: string | null;
}

/**
 * What a request came to: `accepted`; `rejected` (some record is bad); `too-large`; `later` (the service, or the way
 * to it, is in trouble); `unexpected` (whoever answered is not the service).
 */
export interface Outcome {
  readonly kind: 'accepted' | 'rejected' | 'too-large' | 'later' | 'unexpected';
  /** In the words of who answered. */
  readonly reason?: string;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // Not JSON, so not the service's: judged by the status alone.
    return undefined;
  }
}

/** The service's own verdict: 1 or 0, bare or in an object (T-20, T-22). */
function verdict(body: string): { readonly status: unknown; readonly error?: unknown } {
  const answer = parse(body);
  return typeof answer === 'object' && answer
    ? (answer as { status: unknown })
    : { status: answer };
}

/** Interprets the answer to a batch. */
export function interpret(answer: Answer | undefined): Outcome {
  if (!answer) return { kind: 'later' };
  const { status, body } = answer;
  const { status: ok, error } = verdict(body);
  const reason = error ? String(error) : `status ${status}`;
  if (status === 200 && ok === 1) return { kind: 'accepted' };
  if ((status === 200 && ok === 0) || (status === 400 && !body.trim().startsWith('<')))
    return { kind: 'rejected', reason };
  if (status === 413) return { kind: 'too-large', reason };
  if (status === 408 || status === 429 || status >= 500) return { kind: 'later', reason };
  return { kind: 'unexpected', reason };
}
