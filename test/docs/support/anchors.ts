/** The anchors that GitHub makes of the headings of a Markdown document. */
export function anchorsOf(document: string): Set<string> {
  const used = new Map<string, number>();
  const prose = document.replace(/^```[\s\S]*?^```/gm, '');
  return new Set(
    [...prose.matchAll(/^#{1,6} (.*)$/gm)].map(([, heading = '']) => {
      const text = heading.replace(/\[(.*?)\]\(.*?\)/g, '$1').toLowerCase();
      const anchor = text.replace(/[^\p{L}\p{N}\s_-]/gu, '').replace(/\s/g, '-');
      const before = used.get(anchor) ?? 0;
      used.set(anchor, before + 1);
      return before === 0 ? anchor : `${anchor}-${before}`;
    }),
  );
}

/** Where the links of a Markdown document lead. */
export function linksIn(document: string): string[] {
  const prose = document.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
}
