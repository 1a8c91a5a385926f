import { useLayoutEffect, useRef } from 'preact/hooks';

const MOVE_MS = 320;

/**
 * Lets elements that changed place glide there, and new ones appear: those with `data-node` inside the container, told
 * apart by its value. What the container holds at first is simply there.
 * Nothing moves for people who asked for less motion.
 */
export function useFlip(revision: unknown) {
  const container = useRef<HTMLDivElement>(null);
  const places = useRef(new Map<string, { left: number; top: number }>());
  useLayoutEffect(() => {
    const box = container.current;
    if (!box) return;
    const origin = box.getBoundingClientRect();
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const before = places.current;
    const after = new Map<string, { left: number; top: number }>();
    for (const element of box.querySelectorAll<HTMLElement | SVGElement>('[data-node]')) {
      const id = element.dataset['node'] ?? '';
      const rect = element.getBoundingClientRect();
      const place = { left: rect.left - origin.left, top: rect.top - origin.top };
      after.set(id, place);
      const old = before.get(id);
      if (isStill || before.size === 0) continue;
      if (!old) {
        element.animate([{ opacity: 0 }, { opacity: 1 }], { duration: MOVE_MS });
      } else if (Math.hypot(old.left - place.left, old.top - place.top) > 1) {
        const from = `translate(${old.left - place.left}px, ${old.top - place.top}px)`;
        element.animate([{ transform: from }, { transform: 'none' }], {
          duration: MOVE_MS,
          easing: 'cubic-bezier(0.2, 0, 0, 1)',
        });
      }
    }
    places.current = after;
  }, [revision]);
  return container;
}
