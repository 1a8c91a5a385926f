import { readFile } from 'node:fs/promises';

import ts from 'typescript';

import { expect, test } from '../support/lab.js';

/** The last code block of the page. */
async function snippet(): Promise<string> {
  const page = await readFile('docs/consent-managers.md', 'utf8');
  const [, code = ''] = /## A source of your own[^]*?```ts\n([^]*?)```/.exec(page) ?? [];
  return code;
}

test('the source that the docs show follows the banner that it is for', async ({ lab }) => {
  const { outputText } = ts.transpileModule(await snippet(), {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  });
  lab.site.answer('/own.js', {
    body: outputText,
    headers: { 'content-type': 'text/javascript; charset=utf-8' },
  });
  const tab = await lab.tab('/plain.html');
  const decided = await tab.page?.evaluate(`(async () => {
    const { ownBanner } = await import('/own.js');
    const decided = [];
    const stop = ownBanner((isGranted) => decided.push(String(isGranted)));
    const choose = (choice) => {
      localStorage.setItem('cookie-choice', choice);
      dispatchEvent(new Event('cookie-choice'));
    };
    choose('all');
    choose('none');
    stop();
    choose('all');
    return decided;
  })()`);
  expect(decided).toEqual(['undefined', 'true', 'false']);
});
