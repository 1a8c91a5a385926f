import { expect, test, type Lab } from '../support/lab.js';
import { GPP_STUB, openVisit, TCF_STUB, type ConsentVisit } from '../support/consent-visit.js';

/** What is particular to a manager; what all have in common is in consent-sources.spec.ts. */
const begin = async (lab: Lab, manager: string, source: string, before = '') => {
  const page = await openVisit(lab, manager, source);
  await page.run(before);
  await page.start();
  await page.follow();
  return page;
};
const expectDecided = (page: ConsentVisit, ...decisions: string[]) =>
  expect.poll(() => page.decided()).toEqual(decisions);

test.describe('vanilla-cookieconsent', () => {
  test('a new revision of the configuration makes the choice open again', async ({ lab }) => {
    const page = await begin(lab, 'cookie-consent', `cookieConsent()`);
    await page.run('manager.grant()');
    await expectDecided(page, 'granted');
    await page.run(`localStorage.setItem('revision', '1')`);
    await page.comeBack();
    await page.start();
    await page.follow();
    expect(await page.decided()).toEqual([]);
  });

  test('a module without a global is asked when it is handed over', async ({ lab }) => {
    const withModule = `cookieConsent('analytics', cookieConsentModule)`;
    const page = await begin(lab, 'cookie-consent', withModule, `cookieConsentModule = undefined`);
    await page.run('manager.grant()');
    await expectDecided(page, 'granted');
    await page.comeBack();
    await page.start();
    await page.run(`cookieConsentModule = CookieConsent; delete window.CookieConsent; undefined`);
    await page.follow();
    await expectDecided(page, 'granted');
  });
});

test.describe('Klaro', () => {
  test('a tick in a dialog that is still open decides nothing', async ({ lab }) => {
    const page = await begin(lab, 'klaro', 'klaroSource()');
    await page.run('manager.grant()');
    await expectDecided(page, 'granted');
    await page.run(`klaro.getManager().updateConsent('waymark', false)`);
    expect(await page.decided()).toEqual(['granted']);
    await page.run(`klaro.getManager().saveAndApplyConsents()`);
    await expectDecided(page, 'granted', 'refused');
  });

  test('a reset makes the choice open again', async ({ lab }) => {
    const page = await begin(lab, 'klaro', 'klaroSource()');
    await page.run('manager.grant()');
    await page.run('klaro.getManager().resetConsents()');
    await expectDecided(page, 'granted', 'open');
  });

  test('the undo leaves no watcher', async ({ lab }) => {
    const page = await begin(lab, 'klaro', 'klaroSource()');
    const count = Number(await page.run('klaro.getManager().watchers.size'));
    await page.stop();
    expect(await page.run('klaro.getManager().watchers.size')).toBe(count - 1);
  });
});

test.describe('c15t', () => {
  test('a region where it grants without asking is granted', async ({ lab }) => {
    const page = await begin(lab, 'c15t', 'c15t()', `localStorage.setItem('country', 'US')`);
    await expect.poll(() => page.run('c15tStore.getState().model')).toBe('opt-out');
    await expectDecided(page, 'granted');
  });

  test('a store under another name is followed when it is handed over', async ({ lab }) => {
    const page = await openVisit(lab, 'c15t', `c15t('measurement', ownStore)`);
    await page.start();
    await page.run(`ownStore = c15tStore; delete window.c15tStore; undefined`);
    await page.follow();
    await page.run('manager.grant()');
    await expectDecided(page, 'granted');
  });
});

test.describe('TCF', () => {
  test('a dialog that is opened again changes nothing until it is answered', async ({ lab }) => {
    const page = await begin(lab, 'tcf', 'tcf()');
    await page.run('manager.grant()');
    await page.run('manager.openDialog()');
    expect(await page.decided()).toEqual(['granted']);
    await page.run('manager.choose([1])');
    await expectDecided(page, 'granted', 'refused');
  });

  test('the purposes that the site names are those that count', async ({ lab }) => {
    const page = await begin(lab, 'tcf', 'tcf({ purposes: [1, 9] })');
    await page.run('manager.choose([1, 8])');
    await page.run('manager.choose([1, 9])');
    await expectDecided(page, 'refused', 'granted');
  });

  test('a visitor whom the GDPR does not cover is granted', async ({ lab }) => {
    const page = await begin(lab, 'tcf', 'tcf()');
    await page.run('manager.doesNotApply()');
    await expectDecided(page, 'granted');
  });
});

test.describe('GPP', () => {
  test('a signal that is no longer ready makes the choice open again', async ({ lab }) => {
    const page = await begin(lab, 'gpp', 'gpp()');
    await page.run('manager.grant()');
    await page.run(`manager.cmp.setSignalStatus('not ready')`);
    await page.run('manager.refuse()');
    await expectDecided(page, 'granted', 'open', 'refused');
  });
});

test.describe('the stubs of the IAB', () => {
  for (const [name, source, stub] of [
    ['tcf', 'tcf()', TCF_STUB],
    ['gpp', 'gpp()', GPP_STUB],
  ] as const) {
    test(`what ${source} asks of the stub, the manager answers`, async ({ lab }) => {
      const page = await openVisit(lab, name, source);
      await page.run(stub);
      await page.follow();
      await page.start();
      expect(await page.decided()).toEqual([]);
      await page.run('manager.grant()');
      await page.run('manager.refuse()');
      await expectDecided(page, 'granted', 'refused');
    });

    test(`an undo of ${source} before the manager has come holds`, async ({ lab }) => {
      const page = await openVisit(lab, name, source);
      await page.run(stub);
      await page.follow();
      await page.stop();
      await page.start();
      await page.run('manager.grant()');
      expect(await page.decided()).toEqual([]);
      expect(page.errors).toEqual([]);
    });
  }

  test('the undo takes the listener of gpp() back', async ({ lab }) => {
    const page = await begin(lab, 'gpp', 'gpp()');
    expect(await page.run('manager.cmp.cmpApiContext.eventQueue.size')).toBe(1);
    await page.stop();
    expect(await page.run('manager.cmp.cmpApiContext.eventQueue.size')).toBe(0);
  });
});

test.describe('Cookiebot', () => {
  test('a renewal makes the choice open again', async ({ lab }) => {
    const page = await begin(lab, 'cookiebot', 'cookiebot()');
    await page.run('manager.grant()');
    await page.run('manager.renew()');
    await page.run('manager.refuse()');
    await expectDecided(page, 'granted', 'open', 'refused');
  });
});

test.describe('Google Consent Mode', () => {
  const open = (lab: Lab) => openVisit(lab, 'consent-mode', 'consentMode()');
  /** Follows in a page whose clock the test winds. */
  const stopTime = async (lab: Lab) => {
    const page = await open(lab);
    await page.tab.page?.clock.install({ time: 0 });
    await page.tab.page?.clock.pauseAt(60_000);
    await page.follow();
    return page;
  };
  const consent = (command: string, settings: object) =>
    `dataLayer.push(['consent', '${command}', ${JSON.stringify(settings)}])`;

  test('a default that grants is a grant when its wait is over', async ({ lab }) => {
    const page = await stopTime(lab);
    await page.run(consent('default', { analytics_storage: 'granted', wait_for_update: 500 }));
    await page.tab.page?.clock.runFor(499);
    expect(await page.decided()).toEqual([]);
    await page.tab.page?.clock.runFor(1);
    expect(await page.decided()).toEqual(['granted']);
  });

  test('an update within the wait is the answer', async ({ lab }) => {
    const page = await stopTime(lab);
    await page.run(consent('default', { analytics_storage: 'granted', wait_for_update: 500 }));
    await page.run(consent('update', { analytics_storage: 'denied' }));
    await page.tab.page?.clock.runFor(500);
    expect(await page.decided()).toEqual(['refused']);
  });

  test('a default that denies in some region leaves the choice open', async ({ lab }) => {
    const page = await stopTime(lab);
    await page.run(consent('default', { analytics_storage: 'granted' }));
    await page.run(consent('default', { analytics_storage: 'denied', region: ['DE'] }));
    await page.tab.page?.clock.runFor(1_000);
    expect(await page.decided()).not.toContain('refused');
    expect((await page.decided()).at(-1) ?? 'open').toBe('open');
  });

  test('a default that grants in some region only leaves the choice open', async ({ lab }) => {
    const page = await stopTime(lab);
    await page.run(consent('default', { analytics_storage: 'granted', region: ['US'] }));
    await page.tab.page?.clock.runFor(1_000);
    expect(await page.decided()).toEqual([]);
  });

  test("the page's data layer works as before, with and without the source", async ({ lab }) => {
    const page = await open(lab);
    await page.run(`dataLayer = [1]; undefined`);
    await page.follow();
    expect(await page.run('dataLayer.push(2, 3)')).toBe(3);
    await page.stop();
    expect(await page.run('dataLayer.push === Array.prototype.push')).toBe(true);
    expect(await page.run('[...dataLayer]')).toEqual([1, 2, 3]);
  });
});

test.describe('Material for MkDocs', () => {
  test('a choice in another tab holds at once', async ({ lab }) => {
    const page = await begin(lab, 'mkdocs-material', 'mkdocsMaterial()');
    const other = await lab.tab('/plain.html');
    for (const value of ['{"analytics":true}', '{}'])
      await other.eval((text) => localStorage.setItem('/docs/.__consent', text), value);
    await expectDecided(page, 'granted', 'refused');
  });

  test('a source that runs before the scripts of the theme reads the choice when the page is shown', async ({
    lab,
  }) => {
    const release = lab.site.hold('/held.js');
    lab.site.answer('/late', {
      body: `<!doctype html><link rel="icon" href="data:," /><script>
          decided = [];
          import('/dist/consent/index.js').then(({ mkdocsMaterial }) => {
            mkdocsMaterial()((isGranted) => decided.push(isGranted));
            isFollowing = true;
          });
        </script>
        <script src="/held.js"></script>
        <script>__md_get = () => ({ analytics: true });</script>`,
    });
    const tab = await lab.tab('/plain.html');
    await tab.page?.goto(`${lab.site.url}/late`, { waitUntil: 'commit' });
    await tab.until(() => 'isFollowing' in globalThis);
    expect(await tab.page?.evaluate('decided')).toEqual([]);
    release();
    await expect.poll(() => tab.page?.evaluate('decided')).toEqual([true]);
  });
});
