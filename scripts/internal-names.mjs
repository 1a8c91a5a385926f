/**
 * Properties that only the client's own rooms see: what one hands the other. The build writes them shorter. Never here: what
 * a page sees, what travels, what is stored, and what belongs to the browser; test/package/internal-names.spec.ts looks.
 */
export const INTERNAL_NAMES =
  `addTo added adopt after afterTask aliased back begin bytes change counts current dueMs excess failures forget identified
  isOpen kind lastRequestMs leave lock lost makeRecord mark newDeviceId newInsertId nowMs onAdded onReset openStore owedLink
  pause peek pendingHere places queue read reason records release report retryAfter retryTime run send sendOne sender
  setLeaving settle staging storedCount storedIds totals underlay unstored urlOf waitMs wake write`.split(
    /\s+/,
  );
