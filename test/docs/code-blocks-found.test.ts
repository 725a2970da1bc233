import { expect, test } from 'vitest';
import { findCodeBlocks } from './support/code-blocks.js';

test.each(['ts', 'js', 'mjs', 'typescript'])('each block of %s stands alone, with an import or without', (fence) => {
  const text = `a\n\`\`\`${fence}\nimport a from 'a';\n\`\`\`\n\n\`\`\`${fence}\na();\n\`\`\`\n\`\`\`sh\nls\n\`\`\`\n\`\`\`json\n{}\n\`\`\`\n`;
  expect(findCodeBlocks(text)).toEqual([
    { line: 3, code: "import a from 'a';\n" },
    { line: 7, code: 'a();\n' },
  ]);
});

test('a block in a comment loses its margin and nothing else', () => {
  const text = '/**\n * @example\n * ```ts\n * if (x) {\n *   y();\n * }\n * ```\n */\n';
  expect(findCodeBlocks(text)).toEqual([{ line: 4, code: 'if (x) {\n  y();\n}\n' }]);
});

test('an example without a fence is code up to the next tag', () => {
  const text = "/**\n * Says.\n *\n * @example\n * import a from 'a';\n *\n * a();\n * @throws never\n */\n";
  expect(findCodeBlocks(text)).toEqual([{ line: 5, code: "import a from 'a';\n\na();\n" }]);
});
