/**
 * What the package offers to `import`, one row an entry. The build, `exports` of package.json, the reports in `api/` and
 * the tests of the package all follow this table: to add an entry, add a row and run `npm run api`.
 */

/**
 * @typedef {object} Entry
 * @property {string} path What stands behind the package's name: `.` for `waymark`, `./capture` for `waymark/capture`.
 * @property {string} source
 * @property {string} file Where it is built to, below `dist/`, without an ending.
 * @property {'client' | 'node'} kind `client` is for pages, as an ES module and as CommonJS; `node` is an ES module alone.
 */

/** @type {readonly Entry[]} */
export const ENTRIES = [
  { path: '.', source: 'src/index.ts', file: 'index', kind: 'client' },
  { path: './consent', source: 'src/consent/index.ts', file: 'consent/index', kind: 'client' },
  { path: './emulator', source: 'src/emulator/index.ts', file: 'emulator/index', kind: 'node' },
];

/** The folder of the CommonJS build, below `dist/`. */
export const COMMONJS_FOLDER = 'cjs';

const PACKAGE_NAME = 'waymark';

/** @param {Entry} entry @returns {string} The specifier that a page writes. */
export const specifierOf = ({ path }) => PACKAGE_NAME + path.slice(1);

/** @param {Entry} entry @returns {string} The entry's report, whose diff is the review of a change to what it offers. */
export const reportOf = ({ path }) => `api/${path === '.' ? PACKAGE_NAME : path.slice(2)}.d.ts`;

const esModule = ({ file }) => ({ types: `./dist/${file}.d.ts`, default: `./dist/${file}.js` });
const commonJs = ({ file }) => ({
  types: `./dist/${COMMONJS_FOLDER}/${file}.d.cts`,
  default: `./dist/${COMMONJS_FOLDER}/${file}.cjs`,
});

/**
 * The fields of package.json that follow from the table. Bundlers take the ES module also for `require`, by the condition
 * `module`: a page that does both has one copy of the client. `main`, `module`, `types` and `typesVersions` are for tools
 * that do not know `exports`.
 */
export function packageFields() {
  const [root, ...others] = ENTRIES;
  const exports = Object.fromEntries(
    ENTRIES.map((entry) => [
      entry.path,
      entry.kind === 'node'
        ? esModule(entry)
        : { module: esModule(entry), require: commonJs(entry), default: esModule(entry) },
    ]),
  );
  const declarations = (entry) => (entry.kind === 'node' ? esModule(entry) : commonJs(entry)).types;
  return {
    main: commonJs(root).default,
    module: esModule(root).default,
    types: commonJs(root).types,
    typesVersions: {
      '*': Object.fromEntries(others.map((entry) => [entry.path.slice(2), [declarations(entry)]])),
    },
    exports: {
      ...exports,
      './waymark.min.js': './dist/waymark.min.js',
      './stub.min.js': './dist/stub.min.js',
      './integrity.json': './dist/integrity.json',
      './package.json': './package.json',
    },
  };
}
