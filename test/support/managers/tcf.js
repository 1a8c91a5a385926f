import { CmpApi } from '@iabtechlabtcf/cmpapi';
import { GVL, TCModel, TCString } from '@iabtechlabtcf/core';

const KEY = 'tc-string';
const CMP_ID = 2;

const purposes = Object.fromEntries([1, 8, 9].map((id) => [id, { id, name: `Purpose ${id}` }]));
const vendorList = {
  gvlSpecificationVersion: 3,
  vendorListVersion: 1,
  tcfPolicyVersion: 5,
  lastUpdated: '2026-01-01T00:00:00Z',
  purposes,
  specialPurposes: {},
  features: {},
  specialFeatures: {},
  vendors: {},
  stacks: {},
};

const encode = (consents) => {
  const model = new TCModel(new GVL(vendorList));
  model.cmpId = CMP_ID;
  model.cmpVersion = 1;
  model.consentScreen = 1;
  model.publisherCountryCode = 'DE';
  model.purposeConsents.set(consents);
  return TCString.encode(model);
};

const cmp = new CmpApi(CMP_ID, 1, true);
const choose = (consents) => {
  const text = encode(consents);
  localStorage.setItem(KEY, text);
  cmp.update(text, false);
};

/** A manager on top of IAB's own API. */
globalThis.manager = {
  choose,
  grant: () => choose([1, 8]),
  refuse: () => choose([]),
  openDialog: () => cmp.update(localStorage.getItem(KEY) ?? '', true),
  doesNotApply: () => cmp.update(null),
  disable: () => cmp.disable(),
};

const stored = localStorage.getItem(KEY);
if (stored) cmp.update(stored, false);
else cmp.update('', true);
