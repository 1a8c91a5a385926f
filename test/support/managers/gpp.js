import { CmpApi } from '@iabgpp/cmpapi';

const KEY = 'gpp-string';
const NATIONAL_ID = 7;
const OPTED_OUT = 1;
const DID_NOT_OPT_OUT = 2;

const cmp = new CmpApi(1, 1);
const answer = () => {
  cmp.setSignalStatus('ready');
  cmp.setCmpDisplayStatus('hidden');
};
const choose = (sale) => {
  cmp.setFieldValue('usnat', 'SaleOptOut', sale);
  localStorage.setItem(KEY, cmp.getGppString());
  cmp.fireSectionChange('usnat');
  answer();
};

/** A manager on top of IAB's own API. */
globalThis.manager = {
  cmp,
  grant: () => choose(DID_NOT_OPT_OUT),
  refuse: () => choose(OPTED_OUT),
};

cmp.setApplicableSections([NATIONAL_ID]);
cmp.setCmpStatus('loaded');
const stored = localStorage.getItem(KEY);
if (stored) {
  cmp.setGppString(stored);
  answer();
} else {
  cmp.setCmpDisplayStatus('visible');
}
