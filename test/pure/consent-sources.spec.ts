import { expect, test } from 'playwright/test';

import {
  consentMode,
  cookieConsent,
  cookiebot,
  didomi,
  gpp,
  klaro,
  mkdocsMaterial,
  oneTrust,
  tcf,
  type ConsentSource,
} from '../../src/consent/index.js';

type Globals = Record<string, unknown>;

/** What a source says in a page with these globals; `undefined` where it says nothing. */
function answerOf(source: ConsentSource, globals: Globals): boolean | undefined {
  const page = globalThis as unknown as Globals;
  const played: Globals = { addEventListener() {}, document: new EventTarget(), ...globals };
  const before = new Map(Object.keys(played).map((name) => [name, page[name]]));
  Object.assign(page, played);
  let answer: boolean | undefined;
  try {
    const undo = source((isGranted) => (answer = isGranted));
    undo?.();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete page[name];
      else page[name] = value;
    }
  }
  return answer;
}

type Row = readonly [title: string, globals: Globals, answer: boolean | undefined];

function table(name: string, source: () => ConsentSource, rows: readonly Row[]): void {
  for (const [title, globals, answer] of rows) {
    const words = { true: 'granted', false: 'refused', undefined: 'open' };
    test(`${name}: ${title} is ${words[`${answer}`]}`, () => {
      expect(answerOf(source(), globals)).toBe(answer);
    });
  }
}

const closed = (isClosed: boolean) => ({ IsAlertBoxClosed: () => isClosed });

table('OneTrust', oneTrust, [
  ['no choice', { OneTrust: closed(false), OnetrustActiveGroups: ',C0001,' }, undefined],
  ['an active group', { OneTrust: closed(true), OnetrustActiveGroups: ',C0001,C0002,' }, true],
  [
    'a group that is active before any choice',
    { OneTrust: closed(false), OnetrustActiveGroups: ',C0002,' },
    true,
  ],
  ['a closed banner', { OneTrust: closed(true), OnetrustActiveGroups: ',C0001,' }, false],
  [
    'a group with a longer name',
    { OneTrust: closed(true), OnetrustActiveGroups: ',C00021,' },
    false,
  ],
  ['an object of settings', { OneTrust: {}, OnetrustActiveGroups: ',C0002,' }, undefined],
  ['a missing list', { OneTrust: closed(true) }, undefined],
]);

const bot = (hasResponse: unknown, statistics: unknown) => ({
  Cookiebot: { hasResponse, consent: { statistics } },
});
table('Cookiebot', cookiebot, [
  ['no response', bot(false, false), undefined],
  ['a consent without a response', bot(false, true), undefined],
  ['an accepted category', bot(true, true), true],
  ['a declined category', bot(true, false), false],
  ['a category that is no boolean', bot(true, 1), undefined],
]);

const didomiWith = (enabled: unknown, isAsked: boolean, regulation = 'gdpr') => ({
  Didomi: {
    getCurrentUserStatus: () => ({ regulation, vendors: { 'c:mixpanel': { enabled } } }),
    shouldUserStatusBeCollected: () => isAsked,
  },
});
table('Didomi', () => didomi('c:mixpanel'), [
  ['a visitor who is still asked', didomiWith(false, true), undefined],
  ['an enabled vendor', didomiWith(true, false), true],
  ['a disabled vendor', didomiWith(false, false), false],
  ['a visitor whom no regulation covers', didomiWith(false, false, 'none'), true],
  ['a visitor whom another regulation covers', didomiWith(false, false, 'cpra'), false],
]);

const cookies = (isValid: boolean, isAccepted: unknown) => ({
  CookieConsent: { validConsent: () => isValid, acceptedCategory: () => isAccepted },
});
table('vanilla-cookieconsent', cookieConsent, [
  ['no valid consent', cookies(false, true), undefined],
  ['an accepted category', cookies(true, true), true],
  ['a rejected category', cookies(true, false), false],
]);

const klaroWith = (confirmed: boolean, states: object) => ({
  klaro: { getManager: () => ({ confirmed, states, watch() {}, unwatch() {} }) },
});
table('Klaro', klaro, [
  ['a choice that is not confirmed', klaroWith(false, { waymark: false }), undefined],
  ['a service that needs no confirmation', klaroWith(false, { waymark: true }), true],
  ['an accepted service', klaroWith(true, { waymark: true }), true],
  ['a declined service', klaroWith(true, { waymark: false }), false],
  ['a service that Klaro does not know', klaroWith(true, { matomo: true }), undefined],
]);

const tcData = (data: unknown, isSuccess = true) => ({
  __tcfapi: (command: string, _: number, callback: (...answer: unknown[]) => void) => {
    if (command === 'addEventListener') callback(data, isSuccess);
  },
});
const consents = (...ids: number[]) => ({
  gdprApplies: true,
  purpose: { consents: Object.fromEntries(ids.map((id) => [id, true])) },
});
const loaded = { eventStatus: 'tcloaded' };
table('TCF', tcf, [
  ['an open dialog', tcData({ eventStatus: 'cmpuishown', ...consents(1, 8) }), undefined],
  ['consent of before', tcData({ ...loaded, ...consents(1, 8) }), true],
  [
    'consent that was just given',
    tcData({ eventStatus: 'useractioncomplete', ...consents(1, 8, 9) }),
    true,
  ],
  ['consent to one of the purposes', tcData({ ...loaded, ...consents(1) }), false],
  ['no consent', tcData({ ...loaded, ...consents() }), false],
  ['a visitor whom the GDPR does not cover', tcData({ ...loaded, gdprApplies: false }), true],
  ['an unknown status', tcData({ eventStatus: 'later', ...consents(1, 8) }), undefined],
  ['a failure', tcData({ ...loaded, ...consents(1, 8) }, false), undefined],
  ['a failure without data', tcData(null, false), undefined],
  ['data without purposes', tcData({ ...loaded, gdprApplies: true }), undefined],
]);

const ping = (usnat: unknown, applicableSections = [7], signalStatus = 'ready') => ({
  __gpp: (command: string, callback: (...answer: unknown[]) => void) => {
    if (command !== 'addEventListener') return;
    const pingData = { signalStatus, applicableSections, parsedSections: { usnat } };
    callback({ listenerId: 1, pingData }, true);
  },
});
table('GPP', gpp, [
  ['a signal that is not ready', ping({ SaleOptOut: 2 }, [7], 'not ready'), undefined],
  ['no opt-out', ping({ SaleOptOut: 2, SharingOptOut: 0 }), true],
  ['an opt-out of sale', ping({ SaleOptOut: 1 }), false],
  ['an opt-out of sharing', ping({ SaleOptOut: 2, SharingOptOut: 1 }), false],
  ['an opt-out of targeted advertising', ping({ TargetedAdvertisingOptOut: 1 }), false],
  ['a notice of an opt-out', ping({ SaleOptOut: 2, SaleOptOutNotice: 1 }), true],
  ['an opt-out in one of several segments', ping([{ Gpc: true }, { SaleOptOut: 1 }]), false],
  ['a section without opt-outs', ping({ Version: 1 }), undefined],
  ['the section of the EU', ping({ SaleOptOut: 2 }, [2]), undefined],
  ['the section of the EU beside another', ping({ SaleOptOut: 2 }, [7, 2]), undefined],
  ['a place that no section covers', ping({ SaleOptOut: 2 }, [-1]), undefined],
  ['a manager that names no section', ping({ SaleOptOut: 2 }, []), undefined],
]);
table('GPP, granted elsewhere', () => gpp({ elsewhere: true }), [
  ['a place that no section covers', ping({}, [-1]), true],
]);
table('GPP, sale alone', () => gpp({ optOuts: /^SaleOptOut$/ }), [
  ['an opt-out of sharing', ping({ SaleOptOut: 2, SharingOptOut: 1 }), true],
]);

const commands = (...dataLayer: unknown[]) => ({ dataLayer });
const set = (command: string, analytics_storage: string) => [
  'consent',
  command,
  { analytics_storage },
];
table('Consent Mode', consentMode, [
  ['no command', commands(['js', 1], null, 7, { event: 'x' }), undefined],
  ['a default that denies', commands(set('default', 'denied')), undefined],
  ['an update that grants', commands(set('default', 'denied'), set('update', 'granted')), true],
  ['an update that denies', commands(set('default', 'granted'), set('update', 'denied')), false],
  ['the last update', commands(set('update', 'granted'), set('update', 'denied')), false],
  [
    'a default after the update',
    commands(set('update', 'granted'), set('default', 'denied')),
    true,
  ],
  ['another type', commands(['consent', 'update', { ad_storage: 'granted' }]), undefined],
  ['an unknown value', commands(set('update', 'maybe')), undefined],
  ['an unknown command', commands(set('grant', 'granted')), undefined],
]);

const chosen = (choices: unknown) => ({ __md_get: () => choices });
table('Material for MkDocs', mkdocsMaterial, [
  ['no choice', chosen(null), undefined],
  ['an accepted cookie', chosen({ analytics: true }), true],
  ['a cookie that is not listed', chosen({ github: true }), false],
  ['a text', chosen('analytics'), undefined],
]);

test('a source that runs where there is no page says nothing and throws nothing', () => {
  for (const source of [cookieConsent(), klaro(), oneTrust(), cookiebot(), tcf(), gpp()]) {
    const said: unknown[] = [];
    const undo = source((isGranted) => said.push(isGranted));
    undo?.();
    expect(said).toEqual([]);
  }
});
