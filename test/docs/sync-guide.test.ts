import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { personOf } from '../../src/testing/index.js';
import { runExample } from '../examples/support/run-example.js';
import { findCodeBlocks } from './support/code-blocks.js';

const root = resolve(import.meta.dirname, '../..');
const child = join(import.meta.dirname, 'support/run-guide-child.ts');

let folder: string;
let program: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guide-'));
  program = join(folder, 'sync-users.ts');
  const [block] = findCodeBlocks(await readFile(resolve(root, 'docs/guides/sync-users.md'), 'utf8'));
  await writeFile(program, block?.code ?? '');
});
afterAll(() => rm(folder, { recursive: true }));

// The emulator has the first twelve; the last two left, the first was promoted, one is new.
const employees = Array.from({ length: 10 }, (_none, number) => personOf(number)).map(
  ({ email, givenName, familyName, title }, number) => ({
    email: number === 1 ? email.toUpperCase() : email,
    givenName,
    familyName,
    title: number === 0 ? 'Chief' : title,
  }),
);
const [promoted] = employees;
const added = { email: 'ada@northwind.example', givenName: 'Ada', familyName: 'Byrne' };
const leavers = [personOf(10).email, personOf(11).email];

async function sync(people: readonly object[], access = '') {
  const file = join(folder, 'employees.json');
  await writeFile(file, JSON.stringify(people));
  const { code, stdout, stderr } = await runExample(child, [program, access, file]);
  const lines = stdout.trim().split('\n');
  const last = lines.at(-1) ?? '';
  const { users, writes } = last.startsWith('{') ? JSON.parse(lines.pop() ?? '') : { users: [], writes: undefined };
  return { code, stderr, lines, users, writes };
}

test('the guide’s program says what it would do while it may only read', { timeout: 60_000 }, async () => {
  const { code, stderr, lines, writes } = await sync([...employees, added]);
  expect({ code, stderr, writes }).toEqual({ code: 0, stderr: '', writes: 0 });
  expect(lines).toEqual([
    `would change ${promoted?.email} title`,
    `would create ${added.email}`,
    ...leavers.map((email) => `would deactivate ${email}`),
  ]);
});

test('the guide’s program does so once it may write, and no more than that', { timeout: 60_000 }, async () => {
  const { code, stderr, lines, users, writes } = await sync([...employees, added], 'true');
  expect({ code, stderr, writes }).toEqual({ code: 0, stderr: '', writes: 4 });
  expect(lines).toEqual([
    `updated ${promoted?.email}`,
    `created ${added.email}`,
    ...leavers.map((email) => `deactivated ${email}`),
  ]);
  expect(users).toContainEqual({ userName: promoted?.email, active: true, title: 'Chief' });
  expect(users.filter(({ active }: { active?: boolean }) => active === false)).toHaveLength(2);
});

test('the guide’s program switches nobody off when the list is too short to be believed', {
  timeout: 60_000,
}, async () => {
  const { code, stderr, lines } = await sync(employees.slice(0, 2), 'true');
  expect(code).toBe(1);
  expect(stderr).toContain('10 of 12 would go');
  expect(lines.some((line) => line.startsWith('deactivated'))).toBe(false);
});
