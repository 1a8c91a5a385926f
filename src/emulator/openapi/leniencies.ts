/** Something that is taken though no schema of the description has it. */
interface Leniency {
  readonly text: string;
  /** Ids of the operations that take it. */
  readonly operations: readonly string[];
}

const EVENTS = ['trackEvent', 'importEvents'];
const UPDATES = ['updateUserProfile', 'updateGroupProfile'];
const RECORDS = [...EVENTS, ...UPDATES];
const IDENTITIES = ['createIdentity', 'createAlias', 'mergeIdentities'];
const TABLES = ['listLookupTables', 'replaceLookupTable', 'deleteLookupTable'];

/** The operations and their likes that are read from the query. */
const orByQuery = (operations: readonly string[]): readonly string[] =>
  operations.flatMap((id) => [id, `${id}ByQuery`]);

/** By name, what is taken beyond what is described: a client that depends on one of these may fail elsewhere. */
const LENIENCIES: Readonly<Record<string, Leniency>> = {
  'trailing-slash': {
    text: 'A slash at the end of the path.',
    operations: [...orByQuery(RECORDS), ...TABLES, ...IDENTITIES],
  },
  'data-wrapper': {
    text: 'JSON with the records, or with what a form holds, in a property `data` (T-6).',
    operations: RECORDS,
  },
  ndjson: {
    text: 'A record a line, as application/x-ndjson.',
    operations: ['trackEvent', ...UPDATES],
  },
  'no-content-type': {
    text: 'No content type, or application/octet-stream: JSON where the body begins with a bracket, a form otherwise.',
    operations: [...RECORDS, ...IDENTITIES],
  },
  'text-form': {
    text: 'The form as text/plain, as a beacon sends it.',
    operations: ['importEvents', ...IDENTITIES],
  },
  'list-of-one': {
    text: 'A list that holds the one object.',
    operations: IDENTITIES,
  },
  gzip: {
    text: 'A body packed with gzip; published for events and lookup tables only (P-8).',
    operations: [...UPDATES, ...IDENTITIES],
  },
  'x-gzip': {
    text: 'The older name x-gzip for the content encoding gzip.',
    operations: [...RECORDS, ...IDENTITIES, 'replaceLookupTable'],
  },
  'worn-base64': {
    text: 'Base64 with line ends, and with spaces where a form has lost its plus signs.',
    operations: orByQuery(RECORDS),
  },
  'number-ids': {
    text: 'Ids and names that are no strings: a number and a truth value stand for their text, an object and a list for their JSON (ID-5).',
    operations: [...orByQuery(RECORDS), ...IDENTITIES],
  },
  'text-time': {
    text: 'A time as digits in a string.',
    operations: orByQuery(['trackEvent']),
  },
  'verbose-number': {
    text: 'Any number above 0 as `verbose`.',
    operations: [...orByQuery(['trackEvent', ...UPDATES])],
  },
  'strict-text': {
    text: 'Any text but 0 as a `strict` of 1.',
    operations: orByQuery(['importEvents']),
  },
  'user-alone': {
    text: 'Basic credentials without a colon: the user, with no password.',
    operations: [...orByQuery(['importEvents']), ...TABLES, ...IDENTITIES],
  },
  'csv-padding': {
    text: 'A byte order mark, and blank lines where the table has more than one column.',
    operations: ['replaceLookupTable'],
  },
};

/** What an operation takes beyond its description, by name. */
export function leniencyTexts(operationId: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(LENIENCIES)
      .filter(([, { operations }]) => operations.includes(operationId))
      .map(([name, { text }]) => [name, text]),
  );
}
