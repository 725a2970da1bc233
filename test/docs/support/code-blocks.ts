/** A TypeScript block of a document. */
export interface CodeBlock {
  /** Line of the document at which it begins, from 1. */
  readonly line: number;
  readonly code: string;
}

/**
 * Finds the code in a Markdown document or in the comments of a TypeScript file. Each block stands alone: a reader copies one.
 * What is fenced as JavaScript is found too, so that nothing escapes the compiler by its fence.
 */
export function findCodeBlocks(document: string): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  const text = fenceBareExamples(document);
  const fence = /^([ \t]*(?:\* ?)?)```(?:[mc]?[jt]s|javascript|typescript|tsx|jsx)\n([\s\S]*?)^[ \t]*(?:\* ?)?```/gm;
  for (const { 0: whole, 1: margin = '', 2: body = '', index } of text.matchAll(fence)) {
    if (whole === '') continue;
    const code = body
      .split('\n')
      .map((line) => (margin.includes('*') ? line.replace(/^[ \t]*\* ?/, '') : line.slice(margin.length)))
      .join('\n');
    const line = text.slice(0, index).split('\n').length + 1;
    blocks.push({ line, code });
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
