const KEY = 'OptanonConsent';

/** Documented: an event at each load and at each change, and the global kept in step. */
const publish = () => {
  const groups = (localStorage.getItem(KEY) ?? 'C0001').split(',');
  globalThis.OnetrustActiveGroups = `,${groups.join(',')},`;
  dispatchEvent(new CustomEvent('OneTrustGroupsUpdated', { detail: groups }));
};
const choose = (groups) => {
  localStorage.setItem(KEY, groups);
  publish();
};

globalThis.OneTrust = { IsAlertBoxClosed: () => localStorage.getItem(KEY) !== null };
globalThis.manager = { grant: () => choose('C0001,C0002'), refuse: () => choose('C0001') };
publish();
