import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { personOf } from '../../src/testing/index.js';
import { runExample } from '../examples/support/run-example.js';
import { findCodeBlocks } from './support/code-blocks.js';

const child = join(import.meta.dirname, 'support/run-guide-child.ts');
const guide = await readFile(resolve(import.meta.dirname, '../../docs/guides/people.md'), 'utf8');
const code = findCodeBlocks(guide).find((block) => block.code.includes('employees.txt'))?.code ?? '';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guide-'));
});
afterAll(() => rm(folder, { recursive: true }));

// The emulator has the first twelve. The eleventh is an owner; the first created the key.
const creator = personOf(0).email.toLowerCase();
const here = Array.from({ length: 9 }, (_none, number) => personOf(number + 1).email);

/** Runs the report, and the step that switches off, for one address if there is one. */
async function run(leaver?: string, part = 'with members', keyCreator = creator) {
  const program = join(folder, 'leavers.ts');
  await writeFile(program, code.replace('owner@north.example', keyCreator));
  await writeFile(join(folder, 'employees.txt'), `${here.join('\n')}\n`);
  const { stdout, stderr } = await runExample(child, [program, 'true', part, ...(leaver ? [leaver] : [])], {
    cwd: folder,
  });
  const lines = stdout.trim().split('\n');
  const { touched, writes } = JSON.parse(lines.pop() ?? '');
  return { lines, stderr: stderr.trim(), touched, writes };
}

test('the leaver report of the guide says of each account whether a program may switch it off', {
  timeout: 60_000,
}, async () => {
  const { lines, writes } = await run();
  expect(writes).toBe(0);
  expect(lines.toSorted()).toEqual(
    [
      `${creator} active a key's creator`,
      `${personOf(10).email} active an owner`,
      `${personOf(11).email} active may be switched off`,
      'svc-build@northwind.example provisioned a service account',
      'svc-hr@northwind.example provisioned a service account',
      'by-hand@northwind.example active an owner',
    ].toSorted(),
  );
});

test('the leaver report of the guide says where a person has to decide, and why', { timeout: 60_000 }, async () => {
  const { lines, writes } = await run(undefined, 'with doubts');
  expect(writes).toBe(0);
  const shared = 'the address is not theirs alone';
  expect(lines).toContain(`${personOf(11).email} active perhaps an owner: not all roles are known`);
  // The first entry that has an address does not tell that others have it too.
  expect(lines.filter((line) => line.startsWith('both@'))).toEqual([
    `both@northwind.example active ${shared}`,
    `both@northwind.example provisioned ${shared}`,
  ]);
  expect(lines).toContain(`twice@northwind.example active ${shared}`);
  expect(lines).toContain('guest@northwind.example invited only invited: withdraw the invitation in ChatGPT');
  expect(lines.join('\n')).not.toContain('may be switched off');
});

test('the guide’s step switches off a leaver', { timeout: 60_000 }, async () => {
  const { touched, stderr } = await run(personOf(11).email);
  expect({ touched, stderr }).toEqual({ touched: [personOf(11).email], stderr: expect.not.stringContaining('Left') });
});

test.each([
  ['an owner', personOf(10).email, 'with members', 'an owner'],
  ['the creator of a key', creator, 'with members', "a key's creator"],
  ['a service account', 'svc-build@northwind.example', 'with members', 'a service account'],
  ['whom the report does not name', here[0] ?? '', 'with members', 'none of those above'],
  ['whom no workspace shows', personOf(11).email, 'with workspaces', 'in no workspace'],
])('the guide’s step leaves alone %s', { timeout: 60_000 }, async (_who, leaver, part, reason) => {
  const { stderr, writes } = await run(leaver, part);
  expect(writes).toBe(0);
  expect(stderr).toContain(`Left alone: ${reason}`);
});

test('the guide’s step switches nobody off where the creator of the key is misspelt', { timeout: 60_000 }, async () => {
  const { stderr, writes } = await run(personOf(11).email, 'with members', 'nobody@northwind.example');
  expect(writes).toBe(0);
  expect(stderr).toContain('Nobody has the address nobody@northwind.example');
});

test('the guide’s step switches nobody off without the list of members', { timeout: 60_000 }, async () => {
  const { stderr, writes } = await run(personOf(11).email, '');
  expect(writes).toBe(0);
  expect(stderr).toContain('The Compliance API key is missing');
});
