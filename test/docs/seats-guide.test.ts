import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runExample } from '../examples/support/run-example.js';
import { findCodeBlocks } from './support/code-blocks.js';

const imports = [resolve(import.meta.dirname, '../examples/support/workspace-with-seats.ts')];
const guide = await readFile(resolve(import.meta.dirname, '../../docs/guides/seats-and-cost.md'), 'utf8');
const programs = findCodeBlocks(guide);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guide-'));
});
afterAll(() => rm(folder, { recursive: true }));

function run(odd: string) {
  return Promise.all(
    programs.map(async ({ code, line }) => {
      const file = join(folder, `seats-${line}.ts`);
      const onEmulator = code.replace(/workspaceIds: .*\n/, '$&  baseUrl: process.env.CHATGPT_COMPLIANCE_BASE_URL,\n');
      await writeFile(file, onEmulator);
      return runExample(file, [], { imports, env: { SEATS: odd } });
    }),
  );
}

test('the guide’s programs say who holds a seat, who does not use it, and what it cost', {
  timeout: 60_000,
}, async () => {
  const runs = await run('');
  expect(runs.map(({ code, stdout, stderr }) => ({ code, stderr, said: stdout.trim().split('\n') }))).toEqual(
    [
      ['Seats held, chatgpt: 4.', 'Seats held, codex: 1.', 'Invitations on the list: 1.'],
      ['bo@northwind.example (chatgpt): not since 2026-10-31', 'cy@northwind.example (codex): not since 2026-09-02'],
      ['Credits: 8. US dollars: 3.6. Days without an amount: 1.'],
    ].map((said) => ({ code: 0, stderr: '', said })),
  );
});

test('the guide’s programs call nobody idle where use cannot be read', { timeout: 60_000 }, async () => {
  const runs = await run('no use');
  expect(runs.map(({ code }) => code)).toEqual([0, 1, 1]);
  for (const { stdout } of runs) expect(stdout).not.toContain('not since');
  for (const { stderr } of runs.slice(1)) expect(stderr).toContain('Enterprise analytics API → Read');
});
