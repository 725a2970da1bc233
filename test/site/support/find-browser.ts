import { existsSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { findChromium } from '../../runtimes/browser.js';
import { siteFolder } from './site-folder.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** The file of a Chromium, where one is installed. */
    readonly chromium: string | undefined;
  }
}

/**
 * Looks for what the tests of the site need, and says in one line what is left out without it.
 *
 * @throws where `npm run docs` has made nothing; and without a browser where REQUIRE_SERVICES is 1.
 */
export default async function findBrowser({ provide }: TestProject): Promise<void> {
  if (!existsSync(siteFolder))
    throw new Error('There is no docs/api to look at: run `npm run docs-check`, which makes it.');
  const name = await findChromium();
  // playwright wants the file, and looks up no names.
  const chromium = name === undefined || isAbsolute(name) ? name : inPath(name);
  provide('chromium', chromium);
  if (chromium !== undefined) return;
  const what = 'the site in a browser, since no Chromium was found: install it, or name one in CHROME_PATH.';
  if (process.env.REQUIRE_SERVICES === '1') throw new Error(`Not to be left out: ${what}`);
  console.warn(`Left out: ${what}`);
}

function inPath(name: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}
