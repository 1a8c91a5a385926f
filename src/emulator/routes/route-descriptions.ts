/** What the description of the API says of a route. */
export interface RouteDescription {
  readonly summary: string;
  /** Query parameters. */
  readonly query: readonly string[];
  /** Content types of a body. Empty: there is none. */
  readonly bodies: readonly string[];
  readonly statuses: readonly string[];
  readonly needsCredentials: boolean;
}

const ANSWER_FORMS = ['verbose', 'ip', 'strict', 'img', 'callback', 'redirect'];
const JSON_OR_FORM = ['application/json', 'application/x-www-form-urlencoded', 'text/plain'];

/** Events as they happen. */
export const TRACK: RouteDescription = {
  summary: 'Takes in events as they happen',
  query: ANSWER_FORMS,
  bodies: JSON_OR_FORM,
  statuses: ['200', '302', '400', '413'],
  needsCredentials: false,
};

/** Events of any age. */
export const IMPORT: RouteDescription = {
  summary: 'Takes in events of any age',
  query: ['strict', 'project_id', 'verbose', 'ip', 'api_key'],
  bodies: ['application/json', 'application/x-ndjson', 'application/x-www-form-urlencoded'],
  statuses: ['200', '400', '401', '413'],
  needsCredentials: true,
};

/** Updates of profiles of people. */
export const ENGAGE: RouteDescription = { ...TRACK, summary: 'Updates profiles of people' };

/** Updates of profiles of groups. */
export const GROUPS: RouteDescription = { ...TRACK, summary: 'Updates profiles of groups' };

/** The list of lookup tables. */
export const TABLE_LIST: RouteDescription = {
  summary: 'Lists the lookup tables',
  query: ['project_id'],
  bodies: [],
  statuses: ['200', '401'],
  needsCredentials: true,
};

/** One lookup table. */
export const TABLE: RouteDescription = {
  summary: 'Replaces or removes a lookup table',
  query: ['project_id'],
  bodies: ['text/csv'],
  statuses: ['200', '400', '401', '404', '413'],
  needsCredentials: true,
};

/** One identity verb as a path of its own. */
export const IDENTITY: RouteDescription = {
  summary: 'Joins ids, as the identity event of the same name does',
  query: [],
  bodies: ['application/json'],
  statuses: ['200', '400', '401', '413'],
  needsCredentials: true,
};
