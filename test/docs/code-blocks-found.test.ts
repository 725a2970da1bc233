import { expect, test } from 'vitest';
import { findCodeBlocks } from './support/code-blocks.js';

test('a block with an import stands alone, one without goes on', () => {
  const text =
    "a\n```ts\nimport a from 'a';\n```\n\n```ts\na();\n```\n```sh\nls\n```\n```ts\nimport b from 'b';\n```\n";
  expect(findCodeBlocks(text)).toEqual([
    { line: 3, code: "import a from 'a';\n\na();\n" },
    { line: 13, code: "import b from 'b';\n" },
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
