import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** What `npm run docs` makes. */
export const siteFolder = resolve(import.meta.dirname, '../../../docs/api');

/** The paths of all pages, with slashes. */
export function pagesOfSite(): string[] {
  const files = readdirSync(siteFolder, { recursive: true, encoding: 'utf8' });
  return files.filter((file) => file.endsWith('.html')).map((file) => file.replaceAll('\\', '/'));
}

/** The text of a file of the site. */
export function readPage(path: string): string {
  return readFileSync(join(siteFolder, path), 'utf8');
}
