import type { ConsentSource } from './source.js';

/**
 * A source that follows a consent manager.
 *
 * @param read What the manager answers now: `true` granted, `false` refused. Anything else is an open choice. So is a
 *   manager that throws, because it is not there yet or is not what we expect. It gets the news that `look` was called
 *   with. At the start there are none, and it may throw for that.
 * @param watch Calls `look` whenever the answer may have changed, until `signal` ends it. Where it throws, nothing is
 *   watched.
 */
export const follow =
  <News>(
    read: (news: News) => unknown,
    watch: (look: (news: News) => void, signal: AbortSignal) => void,
  ): ConsentSource =>
  (decide) => {
    const end = new AbortController();
    const { signal } = end;
    let given: unknown;
    const look = (news: News) => {
      let answer: unknown;
      try {
        answer = read(news);
      } catch {
        // Fail closed: what cannot be read is not granted.
      }
      if (typeof answer !== 'boolean') answer = undefined;
      if (!signal.aborted && answer !== given) decide((given = answer) as boolean | undefined);
    };
    look(undefined as News);
    try {
      watch(look, signal);
    } catch {
      // There is nothing to watch.
    }
    return () => end.abort();
  };

/** Looks at each of these events of the window. */
export const atWindowEvents =
  (...names: string[]) =>
  (look: (event: Event) => void, signal: AbortSignal): void => {
    for (const name of names) addEventListener(name, look, { signal });
  };

/**
 * Attaches to a manager whose script may come later than ours: now, and whenever something has been loaded, until
 * `attach` does not throw. A load event does not bubble, but on its way down it passes the document. That of the whole
 * page does not: the ready state tells it.
 */
export const onceLoaded =
  <Look>(attach: (look: Look, signal: AbortSignal) => void) =>
  (look: Look, signal: AbortSignal): void => {
    let isAttached = false;
    const tryIt = () => {
      try {
        if (!isAttached) attach(look, signal);
        isAttached = true;
      } catch {
        // It is not there yet.
      }
    };
    for (const name of ['load', 'readystatechange'])
      document.addEventListener(name, tryIt, { capture: true, signal });
    tryIt();
  };
