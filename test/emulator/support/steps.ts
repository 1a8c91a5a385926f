import type { CaseEvent, CaseStep } from './case-file.js';

/** Time of every case, in seconds. */
export const NOW = 1_760_000_000;

/** Device ids of the form that Original takes for anonymous. */
export const A = 'aaaaaaaa-0000-4000-8000-000000000000';
export const B = 'bbbbbbbb-0000-4000-8000-000000000000';

type Properties = Record<string, unknown>;

/** An event of the project. */
export function eventOf(event: string, properties: Properties): CaseEvent {
  return { event, properties: { token: 'T', ...properties } };
}

/** Sends one ordinary event, or several in one request. */
export function track(...properties: readonly Properties[]): CaseStep {
  const events = properties.map((own) => eventOf('Page View', own));
  const [only] = events;
  return { op: 'track', body: events.length === 1 && only ? only : events };
}

/** Sends `$identify` as the reference describes it. */
export function identify(user: string, anonymous: string): CaseStep {
  return {
    op: 'track',
    body: eventOf('$identify', { $identified_id: user, $anon_id: anonymous }),
  };
}

/** Sends `$create_alias`: `alias` becomes another name of `id`. */
export function alias(name: string, id: string): CaseStep {
  return { op: 'track', body: eventOf('$create_alias', { distinct_id: id, alias: name }) };
}

/** Sends `$merge`, over /import. */
export function merge(first: string, second: string): CaseStep {
  return importStrict(eventOf('$merge', { $distinct_ids: [first, second] }));
}

/** Sends records to strict /import. */
export function importStrict(...body: readonly CaseEvent[]): CaseStep {
  return { op: 'import', strict: 1, auth: 'token', body };
}

/** Sends records to /import without strictness. */
export function importLoose(...body: readonly CaseEvent[]): CaseStep {
  return { op: 'import', strict: 0, auth: 'token', body };
}

/** An update of a person's profile. */
export function engage(id: string, operations: Properties): CaseStep {
  return { op: 'engage', body: { $token: 'T', $distinct_id: id, ...operations } };
}
