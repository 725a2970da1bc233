import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addressesIn } from '../repository/addresses.ts';
import type { ListedGuide } from './guides.ts';

/** A guide or a decision on the site. */
export interface SitePage {
  readonly title: string;
  readonly group: string;
  /** Its file. */
  readonly path: string;
  /** On the site. */
  readonly url: string;
}

/** Writes `llms.txt`, a list of what there is to read, and `llms-full.txt`, all guides in one text (https://llmstxt.org). */
export function writeLanguageModelTexts(
  root: URL,
  folder: string,
  pages: readonly SitePage[],
  guides: readonly ListedGuide[],
): void {
  const packageJson = readFileSync(new URL('package.json', root), 'utf8');
  const { name, description, exports } = JSON.parse(packageJson) as {
    readonly name: string;
    readonly description: string;
    readonly exports: Readonly<Record<string, unknown>>;
  };
  const { site } = addressesIn(packageJson);
  const summaries = new Map(guides.map(({ file, summary }) => [file, summary]));
  const sections = Map.groupBy(pages, ({ group }) => group);
  const decisions = sections.get('Decisions') ?? [];
  sections.delete('Decisions');
  const entries = Object.keys(exports).flatMap((entry) => (entry.endsWith('.json') ? [] : [entry.replace(/^\./, name)]));

  const line = ({ title, path, url }: SitePage) => {
    const summary = summaries.get(path.slice(path.lastIndexOf('/') + 1));
    return `- [${title}](${site}${url})${summary === undefined ? '' : `: ${summary}`}`;
  };
  const list = [
    `# ${name}`,
    `> ${description}`,
    `Import paths: ${entries.map((entry) => `\`${entry}\``).join(', ')}. ES modules, Node 22.12 and up and wherever else \`fetch\` is. ` +
      `All guides in one text: [llms-full.txt](${site}llms-full.txt).`,
    ...[...sections].map(([group, own]) => `## ${group}\n\n${own.map(line).join('\n')}`),
    `## Entries\n\n${entries.map((entry) => `- [${entry}](${site}modules/${entry.replaceAll('/', '_')}.html)`).join('\n')}`,
    // What may be left out where there is little room, by the convention.
    `## Optional\n\n${decisions.map(line).join('\n')}`,
  ];
  writeFileSync(join(folder, 'llms.txt'), `${list.join('\n\n')}\n`);

  const texts = [...sections.values()].flat().map(({ path }) => readFileSync(path, 'utf8').replace(/^---\n[\s\S]*?\n---\n+/, ''));
  writeFileSync(join(folder, 'llms-full.txt'), `# ${name}\n\n> ${description}\n\n${texts.join('\n\n')}`);
}
