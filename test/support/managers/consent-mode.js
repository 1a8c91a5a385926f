const KEY = 'choice';

globalThis.dataLayer = globalThis.dataLayer || [];
globalThis.gtag = function gtag() {
  // Google's snippet passes the arguments on, not an array.
  // eslint-disable-next-line prefer-rest-params
  globalThis.dataLayer.push(arguments);
};

const choose = (value) => {
  localStorage.setItem(KEY, value);
  globalThis.gtag('consent', 'update', { analytics_storage: value });
};

globalThis.manager = { grant: () => choose('granted'), refuse: () => choose('denied') };
globalThis.gtag('consent', 'default', { analytics_storage: 'denied', wait_for_update: 500 });
const stored = localStorage.getItem(KEY);
if (stored) globalThis.gtag('consent', 'update', { analytics_storage: stored });
