import { attempt } from '../attempt.js';

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

/** The service's own verdict is 1 or 0, bare or as `status` in an object (T-20, T-22). */
interface Verdict {
  readonly status?: unknown;
  readonly error?: unknown;
}

function kindOf({ status, body }: Answer, verdict: unknown): Outcome['kind'] {
  if (status === 200 && verdict === 1) return 'accepted';
  if (status === 200 && verdict === 0) return 'rejected';
  if (status === 400 && !body.trim().startsWith('<')) return 'rejected';
  if (status === 413) return 'too-large';
  return status === 408 || status === 429 || status >= 500 ? 'later' : 'unexpected';
}

/** Interprets the answer to a batch. */
export function interpret(answer: Answer | undefined): Outcome {
  if (!answer) return { kind: 'later' };
  // What is not JSON is not the service's, and judged by the status alone.
  const parsed = attempt(() => JSON.parse(answer.body) as Verdict | null);
  return {
    kind: kindOf(answer, parsed?.status ?? parsed),
    reason: attempt(() => String(parsed?.error ?? `status ${answer.status}`)) ?? 'no reason',
  };
}
