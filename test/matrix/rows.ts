import { ANSWER_ROWS } from './rows/answers.js';
import { KILLED_ROWS } from './rows/killed.js';
import { LEAVING_ROWS } from './rows/leaving.js';
import { NETWORK_ROWS } from './rows/network.js';
import { PAGE_ROWS } from './rows/page.js';
import { STORAGE_ROWS } from './rows/storage.js';
import { TAB_ROWS } from './rows/tabs.js';
import type { FaultRow } from './scene.js';

/** Every fault of the matrix, in the order of the report. */
export const ROWS: readonly FaultRow[] = [
  ...LEAVING_ROWS,
  ...KILLED_ROWS,
  ...NETWORK_ROWS,
  ...ANSWER_ROWS,
  ...TAB_ROWS,
  ...STORAGE_ROWS,
  ...PAGE_ROWS,
];
