import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

import { expect, test } from '../support/lab.js';
import { docsParts, measureIntegrity } from '../../scripts/integrity.mjs';

const STUB = 'dist/stub.min.js';
const SCRIPT = 'dist/waymark.min.js';

const readIntegrity = async () =>
  JSON.parse(await readFile('dist/integrity.json', 'utf8')) as Awaited<
    ReturnType<typeof measureIntegrity>
  >;

test('dist/integrity.json gives the version and the hash of every file for browsers', async () => {
  const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
  const hashOf = async (file: string) =>
    `sha384-${createHash('sha384')
      .update(await readFile(file))
      .digest('base64')}`;
  expect(await readIntegrity()).toEqual({
    version,
    files: { 'waymark.min.js': await hashOf(SCRIPT), 'stub.min.js': await hashOf(STUB) },
    csp: { stub: expect.stringMatching(/^'sha256-[\w+/]{43}='$/) as unknown },
  });
});

test('docs/script-tag.md has the lines to copy as the build gives them', async () => {
  const page = await readFile('docs/script-tag.md', 'utf8');
  const parts = docsParts(await measureIntegrity(), await readFile(STUB, 'utf8'));
  for (const [name, text] of Object.entries(parts))
    expect(page, `Run "npm run docs" to renew the part "${name}".`).toContain(
      `<!-- ${name} -->\n\n${text}\n\n<!-- /${name} -->`,
    );
});

test('a browser takes the script by its hash and the stub by the hash of the policy, and nothing else', async ({
  lab,
}) => {
  const { files, csp } = await readIntegrity();
  const stub = await readFile(STUB, 'utf8');
  const policy = `script-src ${lab.site.url}/dist/ ${csp.stub}; connect-src ${lab.net.url}`;
  const tag = (integrity: string) =>
    `<script src="/dist/waymark.min.js" integrity="${integrity}" crossorigin="anonymous"
       data-token="T" data-api-host="${lab.net.url}"></script>`;
  const page = (inline: string, integrity = '') => ({
    headers: { 'content-security-policy': policy },
    body: `<!doctype html><link rel="icon" href="data:," /><script>${inline}</script>${tag(integrity)}`,
  });
  lab.site.answer('/pinned', page(stub, files['waymark.min.js']));
  lab.site.answer('/changed', page(`${stub};`, files['stub.min.js']));

  const tab = await lab.tab('/pinned');
  await tab.eval(() =>
    (window as unknown as { waymark: { track(name: string): void } }).waymark.track('Pinned'),
  );
  const [event] = await lab.emulator.waitForEvents(1);
  expect(event?.event).toBe('Pinned');
  await tab.goto('/changed');
  expect(await tab.eval(() => 'waymark' in window)).toBe(false);
});
