import type { Guard } from './guard.js';

/**
 * Listens on `window`, for `pagehide` never fires on `document`; never to `unload` or `beforeunload`, which cost the
 * back-forward cache. Returns the undo.
 */
export function listen(
  handlers: Readonly<Record<string, (event: Event) => void>>,
  guard: Guard,
): () => void {
  const undo = Object.entries(handlers).map(([type, handler]) => {
    const guarded = guard(handler);
    // In the capture phase, for not all of them bubble up from the document.
    addEventListener(type, guarded, true);
    return () => removeEventListener(type, guarded, true);
  });
  return () => undo.forEach((remove) => remove());
}
