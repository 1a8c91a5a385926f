import { follow, onceLoaded } from './follow.js';
import type { ConsentSource } from './source.js';

/** What is asked of Klaro's consent manager. */
export interface KlaroManager {
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
export const klaro = (service = 'waymark', manager?: KlaroManager): ConsentSource =>
  follow<KlaroManager>(
    (known) => {
      const isApplied = known.states[service];
      return isApplied || known.confirmed ? isApplied : undefined;
    },
    onceLoaded((look, signal) => {
      const page = globalThis as unknown as { klaro: { getManager(): KlaroManager } };
      const known = manager ?? page.klaro.getManager();
      const watcher: KlaroWatcher = {
        // 'saveConsents' comes first, and what it saved is not applied yet.
        update: (_, name) => void (name === 'applyConsents' && look(known)),
      };
      known.watch(watcher);
      signal.onabort = () => known.unwatch(watcher);
      look(known);
    }),
  );
