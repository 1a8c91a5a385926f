import type { createTracker as create, Tracker } from '../../src/index.js';

declare global {
  /** The built client, on every page of the site that loads it. */
  var createTracker: typeof create;
  /** Where a spec keeps the tracker that it made in the page. */
  var tracker: Tracker;
}
