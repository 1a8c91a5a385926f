// Part of `npm run build`: writes dist/integrity.json, with which a page can pin what it loads. With `--write-docs` it also
// puts the lines to copy into docs/script-tag.md.
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';

const PAGE = 'docs/script-tag.md';
const BROWSER_FILES = ['waymark.min.js', 'stub.min.js'];
const STUB = 'stub.min.js';

const digest = (algorithm, content) =>
  `${algorithm}-${createHash(algorithm).update(content).digest('base64')}`;

/**
 * @typedef {object} Integrity
 * @property {string} version Of the package.
 * @property {Record<string, string>} files Each file for browsers with its value of the attribute `integrity`.
 * @property {{ stub: string }} csp What `script-src` needs for the stub where a page inlines it, quotes included.
 */

/** @returns {Promise<Integrity>} Of what is built. */
export async function measureIntegrity() {
  const { version } = JSON.parse(await readFile('package.json', 'utf8'));
  const contents = await Promise.all(BROWSER_FILES.map((name) => readFile(`dist/${name}`)));
  return {
    version,
    files: Object.fromEntries(
      BROWSER_FILES.map((name, index) => [name, digest('sha384', contents[index])]),
    ),
    csp: { stub: `'${digest('sha256', contents[BROWSER_FILES.indexOf(STUB)])}'` },
  };
}

const CDNS = {
  jsdelivr: (version, file) => `https://cdn.jsdelivr.net/npm/waymark@${version}/dist/${file}`,
  unpkg: (version, file) => `https://unpkg.com/waymark@${version}/dist/${file}`,
};

/**
 * The parts of docs/script-tag.md that follow from the build, by the name of their marks.
 *
 * @param {Integrity} integrity
 * @param {string} stub The text of the stub.
 * @returns {Record<string, string>}
 */
export function docsParts({ version, files, csp }, stub) {
  const tag = (url) =>
    [
      '<script',
      '  async',
      `  src="${url}"`,
      `  integrity="${files['waymark.min.js']}"`,
      '  crossorigin="anonymous"',
      '  data-token="PROJECT_TOKEN"',
      '></script>',
    ].join('\n');
  const html = (...lines) => ['```html', ...lines, '```'].join('\n');
  return {
    cdn: html(`<script>${stub}</script>`, tag(CDNS.jsdelivr(version, 'waymark.min.js'))),
    unpkg: html(tag(CDNS.unpkg(version, 'waymark.min.js'))),
    csp: [
      '```text',
      `Content-Security-Policy: script-src 'self' ${csp.stub}; connect-src https://api-js.mixpanel.com`,
      '```',
    ].join('\n'),
  };
}

async function writeDocs(integrity) {
  let page = await readFile(PAGE, 'utf8');
  const stub = await readFile(`dist/${STUB}`, 'utf8');
  for (const [name, text] of Object.entries(docsParts(integrity, stub))) {
    const place = new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`);
    if (!place.test(page)) throw new Error(`${PAGE} has no place for "${name}".`);
    page = page.replace(place, (_, start, end) => `${start}\n${text}\n\n${end}`);
  }
  await writeFile(PAGE, page);
}

if (process.argv[1] === import.meta.filename) {
  const integrity = await measureIntegrity();
  await writeFile('dist/integrity.json', `${JSON.stringify(integrity, null, 2)}\n`);
  if (process.argv.includes('--write-docs')) await writeDocs(integrity);
}
