import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

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

/** Puts what has a place in the list where it belongs, under the heading it has there. The list itself comes first. */
export function placeOf(path: string, guides: readonly ListedGuide[]): { readonly group: string; readonly rank: number } {
  if (path.includes('/decisions/')) return { group: 'Decisions', rank: guides.length + 1 };
  const rank = guides.findIndex(({ file }) => file === basename(path));
  return { group: guides[rank]?.group ?? guides[0]?.group ?? '', rank };
}
