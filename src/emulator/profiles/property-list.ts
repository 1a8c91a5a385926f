import { canonicalText } from './canonical-text.js';

/** A list that operations change. Each costs the same however long the list is. */
export interface PropertyList {
  append(element: unknown): void;
  /** Appends an element, unless there is an equal one. */
  unite(element: unknown): void;
  /** Takes out every element that is equal. */
  remove(element: unknown): void;
  toArray(): unknown[];
}

/** A list with these elements. */
export function createPropertyList(start: readonly unknown[]): PropertyList {
  const elements = new Map<number, unknown>();
  /** Where the elements are, by their text: most lists are only ever appended to, and do not need it. */
  let places: Map<string, Set<number>> | undefined;
  let lastPlace = 0;

  const findPlaces = (): Map<string, Set<number>> => {
    if (!places) {
      places = new Map();
      for (const [place, element] of elements) {
        note(places, canonicalText(element), place);
      }
    }
    return places;
  };

  const append = (element: unknown): void => {
    elements.set(++lastPlace, element);
    if (places) {
      note(places, canonicalText(element), lastPlace);
    }
  };

  for (const element of start) {
    append(element);
  }
  return {
    append,
    unite(element) {
      if (!findPlaces().has(canonicalText(element))) {
        append(element);
      }
    },
    remove(element) {
      const text = canonicalText(element);
      for (const place of findPlaces().get(text) ?? []) {
        elements.delete(place);
      }
      places?.delete(text);
    },
    toArray: () => [...elements.values()],
  };
}

function note(places: Map<string, Set<number>>, text: string, place: number): void {
  const known = places.get(text);
  if (known) {
    known.add(place);
  } else {
    places.set(text, new Set([place]));
  }
}
