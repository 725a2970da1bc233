import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findCodeBlocks } from './support/code-blocks.js';
import { compileBlocks } from './support/compile-blocks.js';

const root = resolve(import.meta.dirname, '../..');
const documents = [
  'README.md',
  ...globSync(['docs/*.md', 'docs/guides/*.md', 'docs/decisions/*.md', 'src/**/*.ts'], { cwd: root }),
].sort();

// A page whose examples all go on from its first block.
const goingOn = 'docs/guides/scim-methods.md';

const blocks = new Map<string, string>();
const blocksOf = new Map<string, string[]>();
for (const document of documents) {
  const found = findCodeBlocks(readFileSync(resolve(root, document), 'utf8'));
  for (const [index, { line, code }] of found.entries()) {
    const name = `documented/${document.replace(/\W+/g, '-')}-line-${line}.ts`;
    blocks.set(name, document === goingOn && index > 0 ? `${found[0]?.code}${code}` : code);
    blocksOf.set(document, [...(blocksOf.get(document) ?? []), name]);
  }
}
const problems = compileBlocks(root, blocks);

describe('every TypeScript block that a reader may copy compiles', () => {
  test.each([...blocksOf])('%s', (_document, names) => {
    for (const name of names) expect(problems.get(name), `${name}\n${blocks.get(name)}`).toEqual([]);
  });
});

test('every example in a comment begins with its import line', () => {
  const bare = [...blocksOf]
    .filter(([document]) => document.startsWith('src/'))
    .flatMap(([, names]) => names)
    .filter((name) => !/^(?:\/\/.*\n)*import /.test(blocks.get(name) ?? ''));
  expect(bare).toEqual([]);
});
