// What `waymark/consent` offers. Renewed by `npm run api`.

/**
 * Where the tracker learns what the visitor has chosen: the option `consent` takes one.
 *
 * It is called once, and calls `decide` with `true` when the visitor has granted, with `false` when he has refused, and
 * with `undefined` when his choice is open (again). Until it calls, the choice is open. It calls at once for a returning
 * visitor, and at every change. It returns its undo, if it has one.
 */
type ConsentSource = (decide: (isGranted: boolean | undefined) => void) => (() => void) | void;

/** What is asked of c15t's store. */
interface C15tStore {
  getState(): {
    /** Whether a category may be used now. */
    has(category: never): boolean;
    /** Whether the visitor has made a choice. */
    hasConsented(): boolean;
  };
  subscribe(listener: () => void): () => void;
}
/**
 * c15t 2. Where its policy grants without asking, that is a grant.
 *
 * @param category The category that is read.
 * @default 'measurement'
 * @param store The `consentStore` of `getOrCreateConsentRuntime()`.
 * @default window.c15tStore
 */
declare const c15t: (category?: string, store?: C15tStore) => ConsentSource;

/**
 * Google Consent Mode 2, as the page's `gtag` calls tell it. An `update` is the visitor's choice. A `default` of
 * `'denied'` is an open choice. One of `'granted'` is a grant, when it is not for some regions only, no other default
 * denies, and its `wait_for_update` is over.
 *
 * @param type The consent type that is read.
 * @default 'analytics_storage'
 * @param layer The name of the data layer.
 * @default 'dataLayer'
 */
declare const consentMode: (type?: string, layer?: string) => ConsentSource;

/** What is asked of vanilla-cookieconsent: its module, or the global of its script. */
interface CookieConsentManager {
  validConsent(): boolean;
  acceptedCategory(category: string): boolean;
}
/**
 * vanilla-cookieconsent 3. Its events reach the page however it is loaded.
 *
 * @param category The category that the visitor accepts, as in the configuration's `categories`.
 * @default 'analytics'
 * @param manager The imported module, where it may have run before the tracker. Its script has a global.
 */
declare const cookieConsent: (category?: string, manager?: CookieConsentManager) => ConsentSource;

/**
 * Cookiebot. While its dialog asks again, the choice is open.
 *
 * @param category `'preferences'`, `'statistics'` or `'marketing'`.
 * @default 'statistics'
 */
declare const cookiebot: (category?: string) => ConsentSource;

/**
 * Didomi. A vendor is enabled when the visitor has agreed to it and to all its purposes. Where no regulation applies,
 * that is a grant.
 *
 * @param vendor The id of the vendor in the Didomi console; that of a custom one begins with `c:`.
 */
declare const didomi: (vendor: string) => ConsentSource;

/** Which opt-outs count as a refusal, and what holds where no law applies. */
interface GppOptions {
  /**
   * Fields of the US sections that refuse when they say "opted out".
   *
   * @default /OptOut$/ `SaleOptOut`, `SharingOptOut`, `TargetedAdvertisingOptOut`
   */
  readonly optOuts?: RegExp;
  /**
   * What holds where the manager says that no section applies to the visitor: `true` grants. Set it when the manager
   * also covers the visitors of Europe.
   *
   * @default undefined The choice is open.
   */
  readonly elsewhere?: boolean;
}
/**
 * IAB Tech Lab's Global Privacy Platform 1.1, for the laws of the US states: granted until the visitor opts out, as soon
 * as the signal is ready. The sections of the EU and of Canada are left open: `tcf()` reads those.
 */
declare const gpp: ({ optOuts, elsewhere }?: GppOptions) => ConsentSource;

/** What is asked of Klaro's consent manager. */
interface KlaroManager {
  readonly confirmed: boolean;
  /** What was last applied, by service. */
  readonly states: Readonly<Record<string, boolean>>;
  watch(watcher: KlaroWatcher): void;
  unwatch(watcher: KlaroWatcher): void;
}
interface KlaroWatcher {
  update(manager: KlaroManager, name: string): void;
}
/**
 * Klaro 0.7. It reads what Klaro has applied, not what is ticked in a dialog that is still open. A service that needs no
 * confirmation (`required`, `optOut`) is granted at once.
 *
 * @param service The `name` of the tracker's entry in the configuration's `services`.
 * @default 'waymark'
 * @param manager What `getManager()` of the imported package returns. Its script has a global.
 */
declare const klaro: (service?: string, manager?: KlaroManager) => ConsentSource;

/**
 * Material for MkDocs 8.4 and later. It reloads the page when the visitor changes his choice; the choice of another tab
 * holds at once.
 *
 * @param cookie The key below `extra.consent.cookies`.
 * @default 'analytics'
 */
declare const mkdocsMaterial: (cookie?: string) => ConsentSource;

/**
 * OneTrust. An active group is granted, also where the rule for the visitor's region makes it active before he chooses;
 * another is refused once the banner is closed. `window.OneTrust` exists before it works: calling it tells.
 *
 * @param group The category id of the site's performance cookies.
 * @default 'C0002'
 */
declare const oneTrust: (group?: string) => ConsentSource;

/** The purposes that the visitor consents to. */
interface TcfOptions {
  /**
   * Ids of the purposes that must all have consent: 1 is storage on the device, 8 measuring content.
   *
   * @default [1, 8]
   */
  readonly purposes?: readonly number[];
}
/**
 * IAB Europe's Transparency and Consent Framework, 2.0 to 2.4. Where the GDPR does not apply, that is a grant. A dialog
 * that is open changes nothing until it is answered.
 */
declare const tcf: ({ purposes }?: TcfOptions) => ConsentSource;

export {
  c15t,
  consentMode,
  cookieConsent,
  cookiebot,
  didomi,
  gpp,
  klaro,
  mkdocsMaterial,
  oneTrust,
  tcf,
};
export type {
  C15tStore,
  ConsentSource,
  CookieConsentManager,
  GppOptions,
  KlaroManager,
  TcfOptions,
};
