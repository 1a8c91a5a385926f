import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { count } from '../model/format.js';

/** Items shown before the reader asks for more. */
const STEP_COUNT = 60;

/** What is to be shown of a long list. */
export interface SomeProps<Item> {
  readonly items: readonly Item[];
  readonly render: (item: Item) => ComponentChildren;
  /** Puts the button for more where the list's own markup allows it. */
  readonly wrap: (button: ComponentChildren) => ComponentChildren;
}

/** The beginning of a long list, with a button for more. */
export function Some<Item>({ items, render, wrap }: SomeProps<Item>) {
  const [shownCount, setShownCount] = useState(STEP_COUNT);
  const restCount = items.length - shownCount;
  return (
    <>
      {items.slice(0, shownCount).map(render)}
      {restCount > 0 &&
        wrap(
          <button type="button" onClick={() => setShownCount(shownCount + STEP_COUNT)}>
            Show more ({count(restCount)} not shown)
          </button>,
        )}
    </>
  );
}
