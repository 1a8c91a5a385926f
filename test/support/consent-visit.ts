import type { Lab, Tab } from './lab.js';
import { bundlePageScript } from './bundle-page-script.js';

/** What a source said, in order. */
export type Decision = 'granted' | 'refused' | 'open';

/** A page with a consent manager and a source that follows it, each started when the test says so. */
export interface ConsentVisit {
  readonly tab: Tab;
  /** The script of the manager arrives. */
  start(): Promise<void>;
  /** The tracker hands the source what it decides with. */
  follow(): Promise<void>;
  /** The undo of the source. */
  stop(): Promise<void>;
  /** Runs an expression in the page. The manager's parts are in `manager`. */
  run(expression: string): Promise<unknown>;
  /** What was decided since `follow` was called first, also before a reload that the manager made. */
  decided(): Promise<Decision[]>;
  /** Another visit of the same person. */
  comeBack(): Promise<void>;
  /** What the page threw, and nobody caught. */
  readonly errors: readonly Error[];
}

/** Code that puts IAB's real stub of TCF into the page. */
export const TCF_STUB = `(async () => {
  const script = document.createElement('script');
  script.src = '/node_modules/@iabtechlabtcf/stub/lib/stub.js';
  const isLoaded = new Promise((resolve) => { script.onload = resolve; });
  document.head.append(script);
  await isLoaded;
})()`;

/** The stub as the specification of GPP 1.1 wants it; there is no package of it. */
export const GPP_STUB = `
  gppEvents = [];
  __gpp = (command, callback, parameter) => {
    if (command === undefined || command === 'queue') return [];
    if (command === 'events') return gppEvents;
    const pingData = { signalStatus: 'not ready', applicableSections: [], parsedSections: {} };
    if (command === 'addEventListener') {
      const listenerId = gppEvents.length + 1;
      gppEvents.push({ id: listenerId, callback, parameter });
      callback({ eventName: 'listenerRegistered', listenerId, data: true, pingData }, true);
    }
  };`;

/**
 * @param manager The file of the manager, below `test/support/managers/`.
 * @param source What the site writes: an expression of `waymark/consent`.
 */
export async function openVisit(lab: Lab, manager: string, source: string): Promise<ConsentVisit> {
  lab.site.answer('/manager.js', {
    body: await bundlePageScript(`managers/${manager}.js`),
    headers: { 'content-type': 'text/javascript; charset=utf-8' },
  });
  const tab = await lab.tab('/plain.html');
  const { page } = tab;
  if (!page) throw new Error('The sources are tested where Playwright has a page.');
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  const run = (expression: string) => page.evaluate(expression);

  return {
    tab,
    errors,
    run,
    start: async () => {
      await run(`(async () => {
        const script = document.createElement('script');
        script.src = '/manager.js';
        const isLoaded = new Promise((resolve) => { script.onload = resolve; });
        document.head.append(script);
        await isLoaded;
        await manager.ready;
      })()`);
    },
    follow: async () => {
      await run(`(async () => {
        const { c15t, consentMode, cookieConsent, cookiebot, didomi, gpp, klaro: klaroSource,
          mkdocsMaterial, oneTrust, tcf } = await import('/dist/consent/index.js');
        const words = new Map([[true, 'granted'], [false, 'refused']]);
        // A manager may reload the page, so that the page cannot hold it.
        stop = (${source})((isGranted) => {
          const decided = JSON.parse(sessionStorage.getItem('decided') ?? '[]');
          sessionStorage.setItem('decided', JSON.stringify([...decided, words.get(isGranted) ?? 'open']));
        });
      })()`);
    },
    stop: async () => {
      await run('stop()');
    },
    decided: async () =>
      JSON.parse(String(await run(`sessionStorage.getItem('decided') ?? '[]'`))) as Decision[],
    comeBack: async () => {
      await run(`sessionStorage.removeItem('decided')`);
      await tab.reload();
    },
  };
}
