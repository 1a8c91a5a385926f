import type { Guard } from './guard.js';

/**
 * Listens on `window`, for `pagehide` never fires on `document`; never to `unload` or `beforeunload`, which cost the
 * back-forward cache. Returns the undo.
 */
export function listen(
  handlers: Readonly<Record<string, (event: Event) => void>>,
  guard: Guard,
): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  // In the capture phase, for not all of them bubble up from the document.
  for (const [type, handler] of Object.entries(handlers))
    addEventListener(type, guard(handler), { capture: true, signal });
  return () => listening.abort();
}
