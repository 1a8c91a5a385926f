import { readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { rollup } from 'rollup';

/**
 * Measures what a page pays, minified and compressed, and fails where a budget of package.json is exceeded. The figures
 * are kept in dist/sizes.json; `node scripts/sizes.mjs --write-docs` puts them into README and docs/performance.md as well.
 */

const { budgets } = JSON.parse(readFileSync('package.json', 'utf8'));

/** What a bundler keeps of the library, dependencies included, for a page with this code. */
async function bundled(code) {
  const entry = {
    name: 'entry',
    resolveId: (id) => (id === 'entry' ? id : null),
    load: (id) => (id === 'entry' ? code : null),
  };
  const bundle = await rollup({
    input: 'entry',
    plugins: [
      entry,
      nodeResolve({ browser: true }),
      terser({ ecma: 2020, compress: { passes: 3 }, module: true }),
    ],
  });
  const { output } = await bundle.generate({ format: 'es' });
  return Buffer.from(output[0].code);
}

const NAMES = {
  client: 'the client in a bundle, dependencies included',
  scriptTag: 'the script tag',
  stub: 'the stub that a page inlines',
};

const nameOf = (name) =>
  NAMES[name] ??
  `\`${name.slice(name.indexOf('/') + 1)}\` of \`waymark/consent\`, besides the client`;

/** Puts text between the two marks of a page. */
function rewrite(path, place, text) {
  const page = readFileSync(path, 'utf8');
  if (!place.test(page)) throw new Error(`${path} has no place for the sizes.`);
  writeFileSync(
    path,
    page.replace(place, (_, start, end) => `${start}${text}${end}`),
  );
}

/** Puts the figures between their marks. */
function writeDocs(figures) {
  const rows = Object.entries(figures).map(
    ([name, { minBytes, gzipBytes, brotliBytes }]) =>
      `| ${nameOf(name)} | ${minBytes} | ${gzipBytes} | ${brotliBytes} | ${budgets[name]} |`,
  );
  const table = [
    '| bytes | minified | gzip | brotli | the build fails above |',
    '| --- | ---: | ---: | ---: | ---: |',
    ...rows,
  ].join('\n');
  rewrite('docs/performance.md', /(<!-- sizes -->)[^]*(<!-- \/sizes -->)/, `\n\n${table}\n\n`);
  const kilobytes = (figures.client.brotliBytes / 1_000).toFixed(1);
  rewrite('README.md', /(<!-- size:client -->)[^]*?(<!-- \/size -->)/, kilobytes);
}

const distPath = (path) => JSON.stringify(new URL(`../dist/${path}`, import.meta.url).pathname);
const client = await bundled(
  `import { createTracker } from ${distPath('index.js')}; createTracker('T');`,
);
const artifacts = {
  client,
  scriptTag: readFileSync('dist/waymark.min.js'),
  stub: readFileSync('dist/stub.min.js'),
};

/** The consent sources, by the names that `waymark/consent` exports. */
const sources = Object.keys(await import('../dist/consent/index.js'));
/** A bundle with the client and one source; what it costs is what it has more than the client alone. */
const withSource = (name) =>
  bundled(`
    import { createTracker } from ${distPath('index.js')};
    import { ${name} } from ${distPath('consent/index.js')};
    createTracker('T', { consent: ${name}() });`);
for (const name of sources) artifacts[`consent/${name}`] = await withSource(name);

const measure = (code) => ({
  minBytes: code.length,
  gzipBytes: gzipSync(code, { level: 9 }).length,
  brotliBytes: brotliCompressSync(code, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } })
    .length,
});
const less = (whole, part) =>
  Object.fromEntries(Object.entries(whole).map(([unit, bytes]) => [unit, bytes - part[unit]]));

const sizes = {};
let isOver = false;
for (const [name, code] of Object.entries(artifacts)) {
  const whole = measure(code);
  sizes[name] = name.startsWith('consent/') ? less(whole, sizes.client) : whole;
  const { brotliBytes } = sizes[name];
  const budget = budgets[name];
  // A part without a budget fails too.
  const isTooLarge = !(brotliBytes <= budget);
  isOver ||= isTooLarge;
  console.log(`${name}: ${brotliBytes} B brotli of ${budget} B${isTooLarge ? ', too large' : ''}`);
}
writeFileSync('dist/sizes.json', `${JSON.stringify(sizes, null, 2)}\n`);
if (isOver) process.exitCode = 1;
if (process.argv.includes('--write-docs')) writeDocs(sizes);
