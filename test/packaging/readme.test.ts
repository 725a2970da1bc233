import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { transform } from 'esbuild';
import { expect, test } from 'vitest';
import { findCodeBlocks } from '../docs/support/code-blocks.js';
import { runInProject } from './support/run-in-project.js';

test('what the README shows on the emulator runs, on the installed package', async () => {
  const readme = await readFile(resolve(import.meta.dirname, '../../README.md'), 'utf8');
  const blocks = findCodeBlocks(readme).filter(({ code }) => code.includes('createEmulator'));
  expect(blocks.length).toBeGreaterThan(0);
  for (const { line, code } of blocks) {
    const program = await transform(code, { loader: 'ts', format: 'esm', target: 'node22' });
    const { code: exitCode, output } = await runInProject(`readme-line-${line}.mjs`, program.code);
    expect(exitCode, output).toBe(0);
    expect(output).not.toBe('');
  }
});
