/** What a page lives through that delivery has to know. */
export interface LifecycleListeners {
  /** The page is covered or minimised, and may be killed without another word. */
  onHidden(): void;
  /** The page is left: closed, reloaded, or put into the back-forward cache. */
  onLeaving(): void;
  /** The page is shown again, from behind another or out of the back-forward cache. */
  onBack(): void;
  /** The browser stops the page's tasks; it may never run again. */
  onFrozen(): void;
  /** The network may be back. */
  onOnline(): void;
}

/**
 * Listens on `window`, for `pagehide` never fires on `document`; never to `unload` or `beforeunload`, which cost the
 * back-forward cache. Returns the undo.
 */
export function watchLifecycle(listeners: LifecycleListeners): () => void {
  const { onHidden, onLeaving, onBack, onFrozen, onOnline } = listeners;
  const handlers: Record<string, (event: Event) => void> = {
    visibilitychange: () => (document.visibilityState === 'hidden' ? onHidden() : onBack()),
    pagehide: onLeaving,
    pageshow: (event) => (event as PageTransitionEvent).persisted && onBack(),
    freeze: onFrozen,
    resume: onBack,
    online: onOnline,
  };
  const options = { capture: true };
  for (const type in handlers) addEventListener(type, handlers[type]!, options);
  return () => {
    for (const type in handlers) removeEventListener(type, handlers[type]!, options);
  };
}
