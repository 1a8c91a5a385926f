import { addScript } from './add-script.js';

/** The real vanilla-cookieconsent, by its script. */
const SCRIPT = '/node_modules/vanilla-cookieconsent/dist/cookieconsent.umd.js';

const translation = {
  consentModal: { title: 'Cookies', acceptAllBtn: 'Accept', acceptNecessaryBtn: 'Reject' },
  preferencesModal: { sections: [] },
};

globalThis.manager = {
  ready: addScript(SCRIPT).then(() =>
    CookieConsent.run({
      // The browsers of the tests say that they are automated.
      hideFromBots: false,
      revision: Number(localStorage.getItem('revision')),
      categories: { necessary: { enabled: true, readOnly: true }, analytics: {} },
      language: { default: 'en', translations: { en: translation } },
    }),
  ),
  grant: () => CookieConsent.acceptCategory('all'),
  refuse: () => CookieConsent.acceptCategory([]),
};
