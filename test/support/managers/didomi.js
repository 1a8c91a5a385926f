const KEY = 'didomi_token';
const VENDOR = 'c:mixpanel';

const listeners = [];
const queueOf = (name, use) => {
  const waiting = globalThis[name] ?? [];
  // Documented: what was pushed before is taken over, and what is pushed later is used at once.
  globalThis[name] = { push: use };
  waiting.forEach(use);
};
const choose = (isEnabled) => {
  localStorage.setItem(KEY, String(isEnabled));
  for (const { event, listener } of listeners) if (event === 'consent.changed') listener({});
};

globalThis.Didomi = {
  getCurrentUserStatus: () => ({
    regulation: localStorage.getItem('regulation') ?? 'gdpr',
    vendors: { [VENDOR]: { id: VENDOR, enabled: localStorage.getItem(KEY) === 'true' } },
  }),
  shouldUserStatusBeCollected: () => localStorage.getItem(KEY) === null,
};
globalThis.manager = { grant: () => choose(true), refuse: () => choose(false) };
queueOf('didomiEventListeners', (entry) => listeners.push(entry));
queueOf('didomiOnReady', (callback) => callback(globalThis.Didomi));
