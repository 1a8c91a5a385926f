import { expect, test, type Lab } from '../support/lab.js';
import {
  GPP_STUB,
  openVisit,
  TCF_STUB,
  type ConsentVisit,
  type Decision,
} from '../support/consent-visit.js';

interface Manager {
  readonly name: string;
  /** The file below `test/support/managers/`. */
  readonly file: string;
  /** What the site writes. */
  readonly source: string;
  /** Runs in the page before every script. */
  readonly stub?: string;
  /** Each choice loads the page anew. The script stands in the page, and does not come late. */
  readonly reloads?: boolean;
  /** The globals of a manager that throws, as code. */
  readonly throwing: string;
  /** The globals of a manager whose answer is not what it documents, and which says that there is news. */
  readonly unreadable: string;
}

const MANAGERS: readonly Manager[] = [
  {
    name: 'vanilla-cookieconsent',
    file: 'cookie-consent',
    source: `cookieConsent('analytics')`,
    throwing: `CookieConsent = { validConsent() { throw new Error('broken'); } };`,
    unreadable: `
      CookieConsent = { validConsent: () => true, acceptedCategory: () => 'yes' };
      dispatchEvent(new CustomEvent('cc:onConsent', { detail: { cookie: { categories: 7 } } }));`,
  },
  {
    name: 'Klaro',
    file: 'klaro',
    source: `klaroSource('waymark')`,
    throwing: `klaro = { getManager() { throw new Error('broken'); } };`,
    unreadable: `
      klaro = { getManager: () => ({ confirmed: true, states: { waymark: 'yes' }, watch() {} }) };`,
  },
  {
    name: 'c15t',
    file: 'c15t',
    source: `c15t('measurement')`,
    throwing: `c15tStore = { subscribe: () => () => {}, getState() { throw new Error('broken'); } };`,
    unreadable: `
      c15tStore = {
        subscribe: () => () => {},
        getState: () => ({ has: () => 'yes', hasConsented: () => true }),
      };`,
  },
  {
    name: 'OneTrust',
    file: 'one-trust',
    source: `oneTrust('C0002')`,
    // It is an object of settings until its script has come.
    throwing: `OneTrust = {}; OnetrustActiveGroups = ',C0002,';`,
    unreadable: `
      OneTrust = { IsAlertBoxClosed: () => true };
      OnetrustActiveGroups = 7;
      dispatchEvent(new Event('OneTrustGroupsUpdated'));`,
  },
  {
    name: 'Cookiebot',
    file: 'cookiebot',
    source: `cookiebot('statistics')`,
    throwing: `Cookiebot = { get hasResponse() { throw new Error('broken'); } };`,
    unreadable: `
      Cookiebot = { hasResponse: true, consent: { statistics: 'yes' } };
      dispatchEvent(new Event('CookiebotOnConsentReady'));`,
  },
  {
    name: 'Didomi',
    file: 'didomi',
    source: `didomi('c:mixpanel')`,
    throwing: `
      Didomi = { getCurrentUserStatus() { throw new Error('broken'); } };
      didomiOnReady = { push: (callback) => callback(Didomi) };`,
    unreadable: `
      Didomi = { getCurrentUserStatus: () => ({ vendors: { 'c:mixpanel': { enabled: 'yes' } } }) };
      didomiOnReady = { push: (callback) => callback(Didomi) };`,
  },
  {
    name: 'TCF',
    file: 'tcf',
    source: `tcf({ purposes: [1, 8] })`,
    stub: TCF_STUB,
    throwing: `__tcfapi = () => { throw new Error('broken'); };`,
    unreadable: `
      __tcfapi = (command, version, callback) =>
        callback({ eventStatus: 'tcloaded', gdprApplies: true, purpose: 'all' }, true);`,
  },
  {
    name: 'GPP',
    file: 'gpp',
    source: `gpp()`,
    stub: GPP_STUB,
    throwing: `__gpp = () => { throw new Error('broken'); };`,
    unreadable: `
      __gpp = (command, callback) => callback({
        pingData: { signalStatus: 'ready', applicableSections: [7], parsedSections: { usnat: 'BVVV' } },
      }, true);`,
  },
  {
    name: 'Google Consent Mode',
    file: 'consent-mode',
    source: `consentMode()`,
    throwing: `dataLayer = { forEach() { throw new Error('broken'); } };`,
    unreadable: `dataLayer = [null, 7, ['consent', 'update', { analytics_storage: 'maybe' }]];`,
  },
  {
    name: 'Material for MkDocs',
    file: 'mkdocs-material',
    source: `mkdocsMaterial()`,
    reloads: true,
    throwing: `__md_get = () => { throw new Error('broken'); };`,
    unreadable: `__md_get = () => 'analytics';`,
  },
];

for (const manager of MANAGERS) {
  test.describe(manager.name, () => {
    const visit = (lab: Lab) => openVisit(lab, manager.file, manager.source);
    const begin = async (page: ConsentVisit) => {
      if (manager.stub) await page.run(manager.stub);
      await page.start();
      await page.follow();
    };
    /** The visitor chooses, and the page is as it is then. */
    const choose = async (page: ConsentVisit, choice: 'grant' | 'refuse') => {
      const isLoaded = manager.reloads && page.tab.page?.waitForEvent('load');
      await page.run(`void manager.${choice}()`);
      if (!isLoaded) return;
      await isLoaded;
      await begin(page);
    };
    const expectDecided = (page: ConsentVisit, decisions: Decision[]) =>
      expect.poll(() => page.decided()).toEqual(decisions);

    test('a first visit is open until the visitor grants', async ({ lab }) => {
      const page = await visit(lab);
      await begin(page);
      expect(await page.decided()).toEqual([]);
      await choose(page, 'grant');
      await expectDecided(page, ['granted']);
    });

    test('a first visit is open until the visitor refuses', async ({ lab }) => {
      const page = await visit(lab);
      await begin(page);
      await choose(page, 'refuse');
      await expectDecided(page, ['refused']);
    });

    for (const [choice, decision] of [
      ['grant', 'granted'],
      ['refuse', 'refused'],
    ] as const) {
      test(`a visitor who has ${decision} before is known at once`, async ({ lab }) => {
        const page = await visit(lab);
        await begin(page);
        await choose(page, choice);
        await expectDecided(page, [decision]);
        await page.comeBack();
        await begin(page);
        await expectDecided(page, [decision]);
      });

      if (manager.reloads) continue;
      test(`a visitor who has ${decision} before is known when the manager comes late`, async ({
        lab,
      }) => {
        const page = await visit(lab);
        await begin(page);
        await choose(page, choice);
        await expectDecided(page, [decision]);
        await page.comeBack();
        await page.follow();
        expect(await page.decided()).toEqual([]);
        await page.start();
        await expectDecided(page, [decision]);
        expect(page.errors).toEqual([]);
      });
    }

    test('a choice that the visitor changes holds, and is told once', async ({ lab }) => {
      const page = await visit(lab);
      await begin(page);
      for (const choice of ['grant', 'grant', 'refuse', 'refuse', 'grant'] as const)
        await choose(page, choice);
      // A page that is loaded anew is told what the visitor had chosen before.
      await expectDecided(
        page,
        manager.reloads
          ? ['granted', 'granted', 'refused', 'refused', 'granted']
          : ['granted', 'refused', 'granted'],
      );
    });

    test('without the manager nothing is granted, and nothing thrown', async ({ lab }) => {
      const page = await visit(lab);
      await page.follow();
      await page.run(`dispatchEvent(new Event('load'))`);
      await page.stop();
      expect(await page.decided()).toEqual([]);
      expect(page.errors).toEqual([]);
    });

    test('a manager that throws grants nothing', async ({ lab }) => {
      const page = await visit(lab);
      await page.run(manager.throwing);
      await page.follow();
      await page.stop();
      expect(await page.decided()).toEqual([]);
      expect(page.errors).toEqual([]);
    });

    test('an answer that cannot be read grants nothing', async ({ lab }) => {
      const page = await visit(lab);
      await page.run(manager.unreadable);
      await page.follow();
      await page.run(manager.unreadable);
      expect(await page.decided()).toEqual([]);
      expect(page.errors).toEqual([]);
    });

    test('nothing is told after the undo', async ({ lab }) => {
      const page = await visit(lab);
      await begin(page);
      await page.stop();
      await choose({ ...page, follow: async () => undefined }, 'grant');
      expect(await page.decided()).toEqual([]);
      expect(page.errors).toEqual([]);
    });
  });
}
