import { readFileSync } from 'node:fs';

/** A guide, as docs/guides/README.md lists it. */
export interface ListedGuide {
  /** The heading it stands under, such as `People`. */
  readonly group: string;
  /** Its title in the list. */
  readonly title: string;
  /** The name of its file. */
  readonly file: string;
  /** What is to do for whoever reads it. */
  readonly summary: string;
}

/** The guides in the order in which they are read. The list that people read is the one that the site follows. */
export function listGuides(root: URL): ListedGuide[] {
  const list = readFileSync(new URL('docs/guides/README.md', root), 'utf8');
  return list.split(/^## /m).flatMap((section) => {
    const [group = ''] = section.split('\n');
    const rows = section.matchAll(/^\| (.*) \| \[(.*?)\]\(([\w-]+\.md)\) \|$/gm);
    return [...rows].map(([, summary = '', title = '', file = '']) => ({ group, title, file, summary }));
  });
}

/** The headings, in their order. */
export function groupsOf(guides: readonly ListedGuide[]): string[] {
  return [...new Set(guides.map(({ group }) => group))];
}

/** Where a file of docs/guides belongs; the list itself comes first. `undefined` for what has no place. */
export function placeOf(
  path: string,
  guides: readonly ListedGuide[],
): { readonly group: string; readonly rank: number } | undefined {
  const isList = path.endsWith('/guides/README.md');
  const rank = isList ? 0 : guides.findIndex(({ file }) => path.endsWith(`/guides/${file}`));
  const guide = guides[rank];
  return guide === undefined ? undefined : { group: guide.group, rank: isList ? -1 : rank };
}
