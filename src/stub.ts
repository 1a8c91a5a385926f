/**
 * What a page inlines before the script arrives: keeps the calls, with their time, in the order they were made. Each
 * returns a promise of what the call will return.
 */

/** A call made before the script arrived. */
export type StubCall = [
  method: string,
  args: unknown[],
  nowMs: number,
  resolve: (result: unknown) => void,
];

/** What stands in `window.waymark` until then. */
export interface Stub {
  q: { push(call: StubCall): unknown };
}

const page = window as { waymark?: unknown };

if (!page.waymark) {
  const stub = { q: [] as StubCall[] } as Stub & Record<string, unknown>;
  for (const method of 'track identify reset alias flush stats shutdown'.split(' '))
    stub[method] = (...args: unknown[]) =>
      new Promise((resolve) => stub.q.push([method, args, Date.now(), resolve]));
  page.waymark = stub;
}
