import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addressesIn } from '../repository/addresses.ts';

/** Pages of the site under one heading. */
export interface SiteSection {
  readonly title: string;
  readonly pages: readonly SitePage[];
}

interface SitePage {
  readonly title: string;
  /** On the site. */
  readonly url: string;
  /** What it is for. */
  readonly summary: string | undefined;
  /** The file of a document, or empty. */
  readonly path: string;
}

/**
 * Writes `llms.txt`, a list of what there is to read, and `llms-full.txt`, all guides in one text (https://llmstxt.org). What is
 * under the heading "Optional" may be left out where there is little room.
 */
export function writeLanguageModelTexts(root: URL, folder: string, sections: readonly SiteSection[]): void {
  const packageJson = readFileSync(new URL('package.json', root), 'utf8');
  // What is read is our own.
  const { name, description } = JSON.parse(packageJson) as { readonly name: string; readonly description: string };
  const { site } = addressesIn(packageJson);
  const head = `# ${name}\n\n> ${description}\n`;

  const lists = sections.map(({ title, pages }) => {
    const lines = pages.map(
      (page) => `- [${page.title}](${site}${page.url})${page.summary ? `: ${page.summary}` : ''}`,
    );
    return `## ${title === 'Decisions' ? 'Optional' : title}\n\n${lines.join('\n')}\n`;
  });
  const all = `All guides in one text: [llms-full.txt](${site}llms-full.txt)\n`;
  writeFileSync(join(folder, 'llms.txt'), [head, all, ...lists].join('\n'));

  const texts = sections
    .filter(({ title }) => title !== 'Decisions')
    .flatMap(({ pages }) => pages.flatMap(({ path }) => (path === '' ? [] : [path])))
    .map((path) => readFileSync(path, 'utf8').replace(/^---\n[\s\S]*?\n---\n+/, ''));
  writeFileSync(join(folder, 'llms-full.txt'), [head, ...texts].join('\n'));
}
