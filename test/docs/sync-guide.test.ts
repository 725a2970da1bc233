import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { personOf } from '../../src/testing/index.js';
import { runExample } from '../examples/support/run-example.js';
import { findCodeBlocks } from './support/code-blocks.js';

const root = resolve(import.meta.dirname, '../..');
const child = join(import.meta.dirname, 'support/run-guide-child.ts');

const guide = await readFile(resolve(root, 'docs/guides/sync-users.md'), 'utf8');
let folder: string;
let program: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guide-'));
  program = join(folder, 'sync-users.ts');
  const [block, emulator] = findCodeBlocks(guide);
  await writeFile(program, block?.code ?? '');
  await writeFile(join(folder, 'on-emulator.ts'), emulator?.code ?? '');
});
afterAll(() => rm(folder, { recursive: true }));

// The emulator has the first twelve; the last two left, the first was promoted, the third has another address, one is new.
const employees = Array.from({ length: 10 }, (_none, number) => personOf(number)).map(
  ({ userId, email, givenName, familyName, title }, number) => ({
    id: `hr-${userId.slice(-6)}`,
    email: number === 1 ? email.toUpperCase() : number === 2 ? 'new.name@northwind.example' : email,
    givenName,
    familyName,
    title: number === 0 ? 'Chief' : title,
  }),
);
const [promoted, , renamed] = employees;
const added = { id: 'hr-new', email: 'ada@northwind.example', givenName: 'Ada', familyName: 'Byrne' };
const leavers = [personOf(10).email, personOf(11).email];

async function sync(people: readonly object[], access = '', part = '', keyCreators: readonly string[] = []) {
  const file = join(folder, 'employees.json');
  await writeFile(file, JSON.stringify(people));
  const { code, stdout, stderr } = await runExample(child, [program, access, part, file, ...keyCreators]);
  const lines = stdout.trim().split('\n');
  const last = lines.at(-1) ?? '';
  const { users = [], touched, writes } = last.startsWith('{') ? JSON.parse(lines.pop() ?? '') : {};
  return { code, stderr, lines, users, touched, writes };
}

test('the guide’s program says what it would do while it may only read', { timeout: 60_000 }, async () => {
  const { code, stderr, lines, writes } = await sync([...employees, added]);
  expect({ code, stderr, writes }).toEqual({ code: 0, stderr: '', writes: 0 });
  expect(lines).toEqual([
    `would change ${promoted?.email} title`,
    'would change new.name@northwind.example userName, emails',
    `would create ${added.email}`,
    ...leavers.map((email) => `would deactivate ${email}`),
  ]);
});

test('the guide’s program does so once it may write, and no more than that', { timeout: 60_000 }, async () => {
  const { code, stderr, lines, users, writes } = await sync([...employees, added], 'true');
  expect({ code, stderr, writes }).toEqual({ code: 0, stderr: '', writes: 5 });
  expect(lines).toEqual([
    `updated ${promoted?.email}`,
    `updated ${renamed?.email}`,
    `created ${added.email}`,
    ...leavers.map((email) => `deactivated ${email}`),
  ]);
  expect(users).toContainEqual({ userName: promoted?.email, active: true, title: 'Chief' });
  // The account was kept under its new address: there is no second one, and the old address is gone.
  expect(users).toHaveLength(13);
  expect(users).toContainEqual({ userName: renamed?.email, active: true, title: renamed?.title });
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

test('the guide’s program gives nobody the account of another one who had the address', {
  timeout: 60_000,
}, async () => {
  const people = employees.map((person, number) => (number === 3 ? { ...person, id: 'hr-somebody-else' } : person));
  const { code, stderr, lines } = await sync([...people, added], 'true');
  expect(code).toBe(1);
  expect(stderr).toContain(`${employees[3]?.email} is the address of another account`);
  expect(lines.some((line) => line.includes(employees[3]?.email ?? ''))).toBe(false);
});

test('the guide’s program leaves service accounts, owners and the creator of the key alone, and says so', {
  timeout: 60_000,
}, async () => {
  const [creator] = employees;
  const people = [
    ...employees,
    { ...added, id: 'hr-hand', email: 'by-hand@northwind.example' },
    { ...added, id: 'hr-svc', email: 'SVC-build@northwind.example' },
    { ...added, id: 'hr-robot', email: 'robot@northwind.example' },
  ];
  const run = await sync(people, 'true', 'with workspaces', [creator?.email.toUpperCase() ?? '']);
  expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: '' });
  expect(run.lines).toEqual([
    `left alone ${creator?.email} (created the key)`,
    `updated ${renamed?.email}`,
    'left alone by-hand@northwind.example (an owner)',
    'left alone SVC-build@northwind.example (a service account)',
    'left alone robot@northwind.example (a service account)',
    `left alone ${personOf(10).email} (an owner)`,
    `deactivated ${personOf(11).email}`,
  ]);
  expect(run.touched).toEqual([renamed?.email, personOf(11).email]);
});

test('the guide’s program counts no service account as a leaver, and asks no list for it', {
  timeout: 60_000,
}, async () => {
  const { code, stderr, lines, writes } = await sync(employees, '', 'with workspaces');
  expect({ code, stderr, writes }).toEqual({ code: 0, stderr: '', writes: 0 });
  expect(lines.slice(-4)).toEqual([
    `left alone ${personOf(10).email} (an owner)`,
    'left alone svc-build@northwind.example (a service account)',
    'left alone svc-hr@northwind.example (a service account)',
    `would deactivate ${personOf(11).email}`,
  ]);
});

test('the guide’s program writes nothing where the creator of the key is misspelt', { timeout: 60_000 }, async () => {
  const run = await sync(employees, 'true', 'with workspaces', ['nobody@northwind.example']);
  expect({ code: run.code, lines: run.lines }).toEqual({ code: 1, lines: [''] });
  expect(run.stderr).toContain('Nobody has the address of a key');
});

test('the guide’s program refuses a list in which somebody has no address, or two the same number', {
  timeout: 60_000,
}, async () => {
  const missing = await sync([...employees, { ...added, email: undefined }], 'true');
  expect({ code: missing.code, lines: missing.lines }).toEqual({ code: 1, lines: [''] });
  expect(missing.stderr).toContain('Employee 11 has no email.');
  const twice = await sync([...employees, { ...added, id: employees[0]?.id }], 'true');
  expect(twice.stderr).toContain('Employee 11 has the id of another one.');
});

test('the guide’s program runs on the emulator as the guide says', { timeout: 60_000 }, async () => {
  const file = join(folder, 'three.json');
  await writeFile(file, /```json\n([\s\S]*?)```/.exec(guide)?.[1] ?? '');
  const hooks = [resolve(root, 'test/examples/support/resolve-package.ts'), join(folder, 'on-emulator.ts')];
  const NODE_OPTIONS = hooks.map((hook) => `--import ${pathToFileURL(hook).href}`).join(' ');
  const { code, stdout, stderr } = await runExample(program, [file], { env: { NODE_OPTIONS } });
  expect(code).toBe(1);
  expect(stdout.trim().split('\n')).toEqual(
    ['ada', 'lin', 'sam'].map((name) => `would create ${name}@northwind.example`),
  );
  expect(stderr).toContain('12 of 12 would go');
});
