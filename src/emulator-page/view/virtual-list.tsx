import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { scrollToShow, windowRange, type Viewport } from '../model/window-range.js';

/** A list of rows of one height, of which only those on screen exist. */
export interface VirtualListProps<Item> {
  readonly items: readonly Item[];
  /** Height of a row in CSS pixels. */
  readonly rowHeight: number;
  /** What assistive technology calls the list. */
  readonly label: string;
  readonly keyOf: (item: Item) => string;
  readonly renderRow: (item: Item) => ComponentChildren;
  /** Key of the chosen row, kept in view as it moves. */
  readonly selectedKey?: string | undefined;
  /** Called when a row is chosen by pointer or by keyboard; without it the rows are only read. */
  readonly onSelect?: (item: Item) => void;
  /** What to show in place of an empty list. */
  readonly empty: ComponentChildren;
}

const PAGE_KEYS: Readonly<Record<string, (index: number, page: number, last: number) => number>> = {
  ArrowDown: (index) => index + 1,
  ArrowUp: (index) => index - 1,
  PageDown: (index, page) => index + page,
  PageUp: (index, page) => index - page,
  Home: () => 0,
  End: (_index, _page, last) => last,
};

/** The size and scroll position of an element, as it changes. */
function useViewport() {
  const element = useRef<HTMLDivElement>(null);
  const [viewport, setViewport] = useState<Viewport>({ scrollTop: 0, height: 0 });
  useLayoutEffect(() => {
    const box = element.current;
    if (!box) return undefined;
    const read = () => setViewport({ scrollTop: box.scrollTop, height: box.clientHeight });
    const observer = new ResizeObserver(read);
    observer.observe(box);
    box.addEventListener('scroll', read, { passive: true });
    return () => {
      observer.disconnect();
      box.removeEventListener('scroll', read);
    };
  }, []);
  return { element, viewport };
}

/** Keeps what the reader looks at in place when rows come in above it. */
function useScrollAnchor<Item>(props: VirtualListProps<Item>, box: HTMLDivElement | null) {
  const anchor = useRef<{ key: string; index: number; items: readonly Item[] } | undefined>(
    undefined,
  );
  useLayoutEffect(() => {
    const { items, keyOf, rowHeight } = props;
    const before = anchor.current;
    if (box && before && before.items !== items && box.scrollTop > rowHeight) {
      const index = items.findIndex((item) => keyOf(item) === before.key);
      if (index > before.index) box.scrollTop += (index - before.index) * rowHeight;
    }
    const index = box ? Math.floor(box.scrollTop / rowHeight) : 0;
    const top = items[index];
    anchor.current = top === undefined ? undefined : { key: keyOf(top), index, items };
  });
}

/** A listbox that moves with the arrow keys, Page Up and Down, Home and End, and renders only the rows on screen. */
export function VirtualList<Item>(props: VirtualListProps<Item>) {
  const { items, rowHeight, label, keyOf, renderRow, selectedKey, onSelect, empty } = props;
  const { element, viewport } = useViewport();
  useScrollAnchor(props, element.current);
  const { start, end } = windowRange(viewport, rowHeight, items.length);
  const selectedIndex =
    selectedKey === undefined ? -1 : items.findIndex((item) => keyOf(item) === selectedKey);
  const idOf = (item: Item) => `${label}-${keyOf(item)}`.replace(/\s+/gu, '-');
  const selected = selectedIndex >= start && selectedIndex < end ? items[selectedIndex] : undefined;

  const move = (event: KeyboardEvent) => {
    const step = PAGE_KEYS[event.key];
    if (!step || !onSelect || !items.length || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    const last = items.length - 1;
    const page = Math.max(1, Math.floor(viewport.height / rowHeight) - 1);
    const next = Math.min(last, Math.max(0, step(selectedIndex, page, last)));
    const item = items[next];
    if (item === undefined) return;
    element.current?.scrollTo({ top: scrollToShow(next, viewport, rowHeight) });
    onSelect(item);
  };

  return (
    <div
      ref={element}
      class="list"
      role={onSelect ? 'listbox' : 'list'}
      aria-label={label}
      aria-activedescendant={selected === undefined ? undefined : idOf(selected)}
      tabIndex={0}
      onKeyDown={move}
    >
      {items.length === 0 && <div class="empty">{empty}</div>}
      <div
        class="list-space"
        role="presentation"
        style={{ height: `${items.length * rowHeight}px` }}
      >
        {items.slice(start, end).map((item, offset) => (
          <div
            key={keyOf(item)}
            id={idOf(item)}
            class="list-row"
            role={onSelect ? 'option' : 'listitem'}
            aria-selected={onSelect && start + offset === selectedIndex}
            aria-setsize={items.length}
            aria-posinset={start + offset + 1}
            style={{ transform: `translateY(${(start + offset) * rowHeight}px)` }}
            onClick={onSelect && (() => onSelect(item))}
          >
            {renderRow(item)}
          </div>
        ))}
      </div>
    </div>
  );
}
