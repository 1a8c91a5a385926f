import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { expect, test } from 'playwright/test';

const PAGES = ['CONTRIBUTING.md', 'SECURITY.md', 'docs/releasing.md', 'docs/script-tag.md'];
const NPM_SCRIPT = /npm run (?:--silent )?([\w:]+)/g;
const FILE = /(?<![\w./-])((?:test|scripts|src|api)\/[\w./-]*\w)/g;
const LINK = /\]\((?!https?:)([^)#]+)/g;

const all = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, found = '']) => found);

for (const page of PAGES) {
  test(`every command, file and link that ${page} names is there`, async () => {
    const text = await readFile(page, 'utf8');
    const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as {
      scripts: Record<string, string>;
    };
    expect(all(text, NPM_SCRIPT).filter((name) => !(name in scripts))).toEqual([]);
    expect(all(text, FILE).filter((path) => !existsSync(path))).toEqual([]);
    const targets = all(text, LINK).map((target) => join(dirname(page), target));
    expect(targets.filter((target) => !existsSync(target))).toEqual([]);
  });
}

test('CONTRIBUTING.md names every command that runs tests', async () => {
  const text = await readFile('CONTRIBUTING.md', 'utf8');
  const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as {
    scripts: Record<string, string>;
  };
  const commands = Object.keys(scripts).filter((name) => name.startsWith('test:'));
  expect(commands.filter((name) => !text.includes(`npm run ${name}\``))).toEqual([]);
});
