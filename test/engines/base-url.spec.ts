import { expect, test, type Lab } from '../support/lab.js';

const SENDING = `
  <script src="/dist/waymark.min.js" data-token="T" data-api-host="/mp"></script>
  <script>
    waymark.track('Framed');
    fetch('/mp/track/?from=fetch', { method: 'POST', body: 'data=[]' });
  </script>`;

/** The paths of the site that were posted to, by `fetch` itself and by the tracker, when the event has arrived. */
async function postedPaths(lab: Lab): Promise<{ byFetch: string[]; byTracker: string[] }> {
  await lab.emulator.waitForEvents(1);
  const posted = () => lab.site.requests.filter(({ method }) => method === 'POST');
  const byFetch = () => posted().filter(({ query }) => query.has('from'));
  await expect.poll(() => byFetch().length).toBe(1);
  const paths = (requests: readonly { path: string }[]) => requests.map(({ path }) => path);
  return {
    byFetch: paths(byFetch()),
    byTracker: paths(posted().filter(({ query }) => !query.has('from'))),
  };
}

test('in a frame written as srcdoc a path as apiHost is one of the page’s, as it is for fetch', async ({
  lab,
}) => {
  const tab = await lab.tab('/blank.html');
  await tab.eval((html) => {
    const frame = document.createElement('iframe');
    frame.srcdoc = html;
    document.body.append(frame);
  }, SENDING);
  const { byFetch, byTracker } = await postedPaths(lab);
  expect(byFetch).toEqual(['/mp/track/']);
  expect(byTracker).toEqual(['/mp/track/']);
});

test('on a page with a base address a path as apiHost is below that, as it is for fetch', async ({
  lab,
}) => {
  const other = lab.site.urlOf('shop.localhost');
  lab.site.answer('/based.html', {
    body: `<!doctype html><link rel="icon" href="data:," /><base href="${other}/far/" />${SENDING}`,
  });
  await lab.tab(`${lab.site.url}/based.html`);
  const { byFetch, byTracker } = await postedPaths(lab);
  expect(byFetch).toEqual(['/mp/track/']);
  expect(byTracker).toEqual(['/mp/track/']);
  const hosts = lab.site.requests.filter(({ path }) => path === '/mp/track/');
  expect(new Set(hosts.map(({ headers }) => headers.host))).toEqual(new Set([new URL(other).host]));
});
