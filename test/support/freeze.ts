import type { Tab } from './tab.js';

/** Halts the page of a tab as a browser does with one that nobody looks at, or lets it go on. */
export async function setFrozen({ page }: Tab, isFrozen: boolean): Promise<void> {
  if (!page) throw new Error('Only Chromium freezes a page.');
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setWebLifecycleState', { state: isFrozen ? 'frozen' : 'active' });
}
