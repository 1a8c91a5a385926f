import { getOrCreateConsentRuntime } from 'c15t';

const { consentStore } = getOrCreateConsentRuntime({
  mode: 'offline',
  consentCategories: ['necessary', 'measurement'],
  reloadOnConsentRevoked: false,
  overrides: { country: localStorage.getItem('country') ?? 'DE' },
});

/** The real c15t, without a server. */
globalThis.manager = {
  grant: () => consentStore.getState().saveConsents('all'),
  refuse: () => consentStore.getState().saveConsents('necessary'),
};
