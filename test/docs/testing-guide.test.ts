import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { runExample } from '../examples/support/run-example.js';
import { findCodeBlocks } from './support/code-blocks.js';

test('the guide’s follower sees the event that is added, on a clock that is moved', { timeout: 60_000 }, async () => {
  const guide = await readFile(resolve(import.meta.dirname, '../../docs/guides/testing.md'), 'utf8');
  const program = findCodeBlocks(guide).find(({ code }) => code.includes('.follow('))?.code ?? '';
  const folder = await mkdtemp(join(tmpdir(), 'guide-'));
  try {
    await writeFile(join(folder, 'follow.ts'), program);
    expect(await runExample(join(folder, 'follow.ts'))).toEqual({ code: 0, stdout: '1\n', stderr: '' });
  } finally {
    await rm(folder, { recursive: true });
  }
});
