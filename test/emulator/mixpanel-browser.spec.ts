import { fileURLToPath } from 'node:url';
import type { OverridedMixpanel } from 'mixpanel-browser';
import type { Page } from 'playwright/test';
import { expect, test } from '../support/lab.js';
import type { Lab } from '../support/lab.js';

const LIBRARY = fileURLToPath(
  new URL('../../node_modules/mixpanel-browser/dist/mixpanel.umd.js', import.meta.url),
);

declare const mixpanel: OverridedMixpanel;

/** Opens a page with the official library, pointed at the emulator. */
async function open(lab: Lab, config: Record<string, unknown> = {}): Promise<Page> {
  const page = await lab.context?.newPage();
  if (!page) {
    throw new Error('This engine is not driven by Playwright.');
  }
  await page.goto(`${lab.site.url}/plain.html`);
  await page.addScriptTag({ path: LIBRARY });
  await page.evaluate(
    ([apiHost, more]) =>
      mixpanel.init('T', { api_host: apiHost, batch_flush_interval_ms: 50, ...more }),
    [lab.net.url, config] as const,
  );
  return page;
}

for (const system of ['simplified', 'original'] as const) {
  test.describe(`the official browser library in ${system}`, () => {
    test.beforeEach(async ({ lab }) => {
      await lab.emulator.reset({ token: 'T', system });
    });

    test('the events before and after identify are one person, those after reset another', async ({
      lab,
    }) => {
      const page = await open(lab);
      await page.evaluate(() => {
        mixpanel.track('Anonymous', { text: 'größer & 100% +1' });
        mixpanel.identify('U');
        mixpanel.track('Known');
        mixpanel.reset();
        mixpanel.track('Somebody');
      });
      const { events, warnings } = await lab.emulator.waitFor(({ events }) =>
        // The library sends a burst in an order of its own: what links may be the last to arrive.
        ['Anonymous', 'Known', 'Somebody', ...(system === 'original' ? ['$identify'] : [])].every(
          (name) => events.some(({ event }) => event === name),
        ),
      );
      const find = (name: string) => events.find(({ event }) => event === name);
      const idOf = (name: string): string | undefined => find(name)?.distinctId;
      expect(idOf('Anonymous')).toBe(idOf('Known'));
      expect(idOf('Somebody')).not.toBe(idOf('Known'));
      expect(find('Anonymous')?.properties['text']).toBe('größer & 100% +1');
      expect(warnings.map(({ code }) => code)).not.toContain('merge-refused');
    });

    test('people and groups arrive', async ({ lab }) => {
      const page = await open(lab);
      await page.evaluate(() => {
        mixpanel.identify('U');
        mixpanel.people.set({ plan: 'pro' });
        mixpanel.people.increment('visits', 2);
        mixpanel.people.append('seen', 'a');
        mixpanel.people.union('tags', ['a', 'b']);
        mixpanel.get_group('company', 'Acme').set({ seats: 5 });
      });
      const { profiles } = await lab.emulator.waitFor(
        ({ groups, profiles: known }) =>
          groups['company']?.['Acme']?.['seats'] === 5 &&
          Object.values(known).some(
            // The library queues a burst in an order of its own.
            ({ plan, visits, seen, tags }) =>
              plan === 'pro' && visits === 2 && Array.isArray(seen) && Array.isArray(tags),
          ),
        // It sends a batch every five seconds, and the burst may need several.
        { timeoutMs: 25_000 },
      );
      expect(Object.values(profiles)).toEqual([
        expect.objectContaining({ plan: 'pro', visits: 2, seen: ['a'], tags: ['a', 'b'] }),
      ]);
    });

    test('what is queued when the page goes leaves by beacon', async ({ lab }) => {
      const page = await open(lab, { batch_flush_interval_ms: 60_000 });
      await page.evaluate(() => mixpanel.track('Leaving'));
      await page.goto(`${lab.site.url}/blank.html`);
      await lab.emulator.waitForEvents(1);
      const { events, requests } = await lab.emulator.state();
      expect(new Set(requests.map(({ contentType }) => contentType))).toEqual(
        new Set(['text/plain;charset=UTF-8']),
      );
      expect(events.filter(({ duplicateOf }) => duplicateOf === null)).toHaveLength(1);
    });

    test('nothing arrives from a person who opted out', async ({ lab }) => {
      const page = await open(lab);
      await page.evaluate(() => {
        mixpanel.opt_out_tracking();
        mixpanel.track('Silent');
        mixpanel.opt_in_tracking();
        mixpanel.track('Heard');
      });
      const { events } = await lab.emulator.waitFor((state) =>
        state.events.some(({ event }) => event === 'Heard'),
      );
      expect(events.map(({ event }) => event)).not.toContain('Silent');
    });
  });
}
