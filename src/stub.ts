/**
 * What a page inlines before the script arrives: keeps the calls, with their time, in the order they were made. Each
 * returns a promise of what the call will return.
 */

/** A call made before the script arrived: the path of the method, such as `people.set`; `group` for a group's own. */
export type StubCall = [
  path: string,
  args: unknown[],
  calledMs: number,
  resolve: (result: unknown) => void,
  group: unknown[] | undefined,
];

/** What stands in `window.waymark` until then. */
export interface Stub {
  q: { push(call: StubCall): unknown };
}

type Methods = Record<string, unknown>;

const page = window as { waymark?: Partial<Stub> & { track?: unknown } };

// An element with that id is there under the same name, and no tracker.
if (!page.waymark?.q && !page.waymark?.track) {
  const stub: Stub & Methods = { q: [] as StubCall[] };
  const define = (target: Methods, names: string, prefix = '', group?: unknown[]): Methods => {
    for (const name of names.split(' '))
      target[name] = (...args: unknown[]) =>
        new Promise((resolve) => stub.q.push([prefix + name, args, Date.now(), resolve, group]));
    return target;
  };
  const shared = 'set setOnce union remove unset ';
  define(
    stub,
    'track identify reset alias flush register registerOnce unregister timeEvent setGroup addGroup removeGroup stats shutdown',
  );
  stub['people'] = define({}, `${shared}increment append deleteUser`, 'people.');
  stub['group'] = (...group: unknown[]) => define({}, `${shared}delete`, '', group);
  page.waymark = stub;
}
