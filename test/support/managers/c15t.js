import { getOrCreateConsentRuntime, policyPackPresets } from 'c15t';

const { consentStore } = getOrCreateConsentRuntime({
  mode: 'offline',
  consentCategories: ['necessary', 'measurement'],
  reloadOnConsentRevoked: false,
  offlinePolicy: {
    policyPacks: [policyPackPresets.europeOptIn(), policyPackPresets.californiaOptOut()],
  },
  overrides:
    localStorage.getItem('country') === 'US' ? { country: 'US', region: 'CA' } : { country: 'DE' },
});

/** The real c15t, without a server. */
globalThis.manager = {
  grant: () => consentStore.getState().saveConsents('all'),
  refuse: () => consentStore.getState().saveConsents('necessary'),
};
