import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runExample } from '../examples/support/run-example.js';
import { findCodeBlocks } from './support/code-blocks.js';

const imports = [resolve(import.meta.dirname, '../examples/support/workspace-with-seats.ts')];
const guide = await readFile(resolve(import.meta.dirname, '../../docs/guides/seats-and-cost.md'), 'utf8');
const [{ code: program } = { code: '' }, ...others] = findCodeBlocks(guide);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guide-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function run(odd: string) {
  const file = join(folder, 'seats.ts');
  const onEmulator = program.replace(/workspaceIds: .*\n/, '$&  baseUrl: process.env.CHATGPT_COMPLIANCE_BASE_URL,\n');
  await writeFile(file, onEmulator);
  return runExample(file, [], { imports, env: { SEATS: odd } });
}

test('the guide’s program says who holds a seat, who does not use it, and what it cost', {
  timeout: 60_000,
}, async () => {
  expect(others).toEqual([]);
  const { code, stdout, stderr } = await run('');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout.trim().split('\n')).toEqual([
    'Seats held: 5.',
    'Invitations on the list: 1.',
    'bo@northwind.example (chatgpt): not since 2026-10-31',
    'cy@northwind.example (codex): not since 2026-09-02',
    'Credits: 8. US dollars: 3.6. Days without an amount: 1.',
  ]);
});

test('the guide’s program calls nobody idle where use cannot be read', { timeout: 60_000 }, async () => {
  const { code, stdout, stderr } = await run('no use');
  expect(code).toBe(1);
  expect(stdout).not.toContain('not since');
  expect(stderr).toContain('Enterprise analytics API → Read');
});
