const KEY = 'CookieConsent';

const apply = (statistics) => {
  Object.assign(globalThis.Cookiebot, { hasResponse: true, consent: { statistics } });
  dispatchEvent(new Event('CookiebotOnConsentReady'));
  // Documented: accepting in part is accepting.
  dispatchEvent(new Event(statistics ? 'CookiebotOnAccept' : 'CookiebotOnDecline'));
};
const choose = (statistics) => {
  localStorage.setItem(KEY, String(statistics));
  apply(statistics);
};

globalThis.Cookiebot = { hasResponse: false, consent: { necessary: true, statistics: false } };
globalThis.manager = {
  grant: () => choose(true),
  refuse: () => choose(false),
  renew: () => {
    localStorage.removeItem(KEY);
    globalThis.Cookiebot.hasResponse = false;
    dispatchEvent(new Event('CookiebotOnDialogDisplay'));
  },
};

const stored = localStorage.getItem(KEY);
if (stored) apply(stored === 'true');
