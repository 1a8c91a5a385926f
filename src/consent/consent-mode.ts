import { follow } from './follow.js';
import type { ConsentSource } from './source.js';

/** What `gtag('consent', 'default' | 'update', settings)` puts into the data layer: the arguments of the call. */
type Command = readonly [name?: unknown, command?: unknown, settings?: Settings] | undefined;
type Settings = Readonly<Record<string, unknown>>;

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
export const consentMode = (type = 'analytics_storage', layer = 'dataLayer'): ConsentSource =>
  follow<unknown>(
    (value) => value === 'granted' || (value === 'denied' ? false : undefined),
    (look, signal) => {
      let isUpdated = false;
      let isDenied = false;
      const lookAtDefault = () => {
        if (!isUpdated) look(isDenied || 'granted');
      };
      const take = (entry: Command) => {
        const settings = entry?.[2];
        const value = settings?.[type];
        if (entry?.[0] !== 'consent' || !value) return;
        if (entry[1] === 'update') {
          isUpdated = true;
          look(value);
        } else if (entry[1] !== 'default' || value !== 'granted') {
          isDenied = true;
          lookAtDefault();
        } else if (!settings?.['region']) {
          // Other defaults follow in the same script.
          setTimeout(lookAtDefault, settings?.['wait_for_update'] as number | undefined);
        }
      };

      const entries = ((globalThis as unknown as Record<string, Command[]>)[layer] ??= []);
      entries.forEach(take);
      const { push } = entries;
      const pushAndTake = (...added: Command[]) => {
        added.forEach(take);
        return push.apply(entries, added);
      };
      entries.push = pushAndTake;
      signal.onabort = () => {
        // Another script may have wrapped ours meanwhile.
        if (entries.push === pushAndTake) entries.push = push;
      };
    },
  );
