/** A program made of TypeScript blocks of one document. */
export interface CodeBlock {
  /** Line of the document at which the first block begins, from 1. */
  readonly line: number;
  readonly code: string;
}

/**
 * Finds the TypeScript in a Markdown document or in the comments of a TypeScript file.
 *
 * A block that begins with an import stands alone; one that does not goes on where the block before it ended.
 */
export function findCodeBlocks(document: string): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  const text = fenceBareExamples(document);
  const fence = /^([ \t]*(?:\* ?)?)```(?:ts|typescript)\n([\s\S]*?)^[ \t]*(?:\* ?)?```/gm;
  for (const { 0: whole, 1: margin = '', 2: body = '', index } of text.matchAll(fence)) {
    if (whole === '') continue;
    const code = body
      .split('\n')
      .map((line) => (margin.includes('*') ? line.replace(/^[ \t]*\* ?/, '') : line.slice(margin.length)))
      .join('\n');
    const line = text.slice(0, index).split('\n').length + 1;
    const previous = blocks.at(-1);
    if (/^(?:\/\/.*\n|\s)*import\b/.test(code) || previous === undefined) blocks.push({ line, code });
    else blocks[blocks.length - 1] = { line: previous.line, code: `${previous.code}\n${code}` };
  }
  return blocks;
}

/** An `@example` without a fence is code up to the next tag. The fence takes the place of a line, so lines keep their numbers. */
function fenceBareExamples(text: string): string {
  return text.replace(
    /^([ \t]*\*) @example[ \t]*\n((?:[ \t]*\*(?!\/)(?![ \t]*(?:@\w|```)).*\n)+)(?=[ \t]*\*(?:\/|[ \t]*@\w))/gm,
    (_whole, margin: string, body: string) => `${margin} \`\`\`ts\n${body}${margin} \`\`\`\n`,
  );
}
