import { expect, type Page } from 'playwright/test';

/**
 * One function that is sent to the page as text: it may use nothing from around it. Its argument and its result are
 * JSON; a result that JSON cannot hold, such as `window`, is worth nothing to the test.
 */
export type PageFunction<Argument, Result> = (argument: Argument) => Result | Promise<Result>;

/** What each engine's driver can do with a tab; everything else is built on it in `createTab`. */
export interface TabDriver {
  goto(url: string): Promise<void>;
  reload(): Promise<void>;
  /** `limitMs` is for a page that may be replaced before it answers, where a driver would wait for it. */
  eval<Result, Argument>(
    fn: PageFunction<Argument, Result>,
    argument: Argument,
    limitMs?: number,
  ): Promise<Result>;
  close(): Promise<void>;
  /** Covers the tab, so that its page becomes hidden; resolves to what uncovers it. */
  cover(): Promise<() => Promise<void>>;
  /** Playwright's page; there is none in WebKit. */
  readonly page?: Page;
}

/** A tab of a real browser, the same in every engine. */
export interface Tab {
  /** Opens a path of the site, or an absolute URL, and waits until it has loaded. */
  goto(path: string): Promise<void>;
  reload(): Promise<void>;
  eval<Result>(fn: PageFunction<void, Result>): Promise<Result>;
  eval<Result, Argument>(fn: PageFunction<Argument, Result>, argument: Argument): Promise<Result>;
  /** Waits until the page answers with something truthy. */
  until(fn: PageFunction<void, unknown>): Promise<void>;
  until<Argument>(fn: PageFunction<Argument, unknown>, argument: Argument): Promise<void>;
  /** Follows a link, as a person does: the page may go to the back-forward cache. */
  leave(path: string): Promise<void>;
  /** The Back button. */
  back(): Promise<void>;
  /** Another tab is brought to the front: the page becomes hidden. */
  hide(): Promise<void>;
  /** Undoes `hide`. */
  show(): Promise<void>;
  /** Closes the tab as a person does, with every event that a page gets then. */
  close(): Promise<void>;
  /** Playwright's page, for what only it can do; there is none in WebKit. */
  readonly page: Page | undefined;
}

const UNTIL_INTERVALS_MS = [20, 50, 100];
/** After this long without an answer the page is asked again. */
const UNTIL_ANSWER_MS = 2_000;

/** A tab on top of a driver; paths are those of `siteUrl`. */
export function createTab(driver: TabDriver, siteUrl: string): Tab {
  let uncover: (() => Promise<void>) | undefined;

  const until = async <Argument>(fn: PageFunction<Argument, unknown>, argument?: Argument) => {
    let answer: unknown;
    await expect
      .poll(
        async () => {
          // Between two documents there is nobody to ask; what was last answered is in the message of a timeout.
          answer = await driver
            .eval(fn, argument as Argument, UNTIL_ANSWER_MS)
            .catch((error: unknown) => String(error));
          return typeof answer !== 'string' && Boolean(answer);
        },
        { intervals: UNTIL_INTERVALS_MS, message: `the page to fulfil ${fn.toString()}` },
      )
      .toBe(true);
  };

  return {
    page: driver.page,
    goto: (path) => driver.goto(new URL(path, siteUrl).href),
    reload: () => driver.reload(),
    eval: <Result, Argument>(fn: PageFunction<Argument, Result>, argument?: Argument) =>
      driver.eval(fn, argument as Argument),
    until,
    leave: async (path) => {
      const target = new URL(path, siteUrl).href;
      await driver.eval((url) => {
        setTimeout(() => {
          location.href = url;
        }, 0);
      }, target);
      await until((url) => location.href === url && document.readyState === 'complete', target);
    },
    back: async () => {
      const from = await driver.eval(() => location.href, undefined);
      // The driver's own "back" waits for a load event that a page from the back-forward cache never fires.
      await driver.eval(() => {
        setTimeout(() => {
          history.back();
        }, 0);
      }, undefined);
      await until((url) => location.href !== url && document.readyState === 'complete', from);
    },
    hide: async () => {
      uncover = await driver.cover();
      await until(() => document.visibilityState === 'hidden');
    },
    show: async () => {
      await uncover?.();
      uncover = undefined;
      await until(() => document.visibilityState === 'visible');
    },
    close: () => driver.close(),
  };
}
