/** What part of a long list is on screen; all sizes in CSS pixels. */
export interface Viewport {
  readonly scrollTop: number;
  readonly height: number;
}

// Rows kept ready above and below, so that a fast scroll does not show gaps.
const OVERSCAN_COUNT = 8;

/** The half-open range of rows to render in a list whose rows have one height. */
export function windowRange(
  { scrollTop, height }: Viewport,
  rowHeight: number,
  rowCount: number,
): { readonly start: number; readonly end: number } {
  const first = Math.floor(scrollTop / rowHeight) - OVERSCAN_COUNT;
  const last = Math.ceil((scrollTop + height) / rowHeight) + OVERSCAN_COUNT;
  const end = Math.max(0, Math.min(rowCount, last));
  return { start: Math.min(end, Math.max(0, first)), end };
}

/** The scroll position that brings a row into view with the least movement. */
export function scrollToShow(
  row: number,
  { scrollTop, height }: Viewport,
  rowHeight: number,
): number {
  const top = row * rowHeight;
  if (top < scrollTop) return top;
  return Math.max(scrollTop, top + rowHeight - height);
}
