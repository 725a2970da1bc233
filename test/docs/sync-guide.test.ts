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

const allowed = '--allow-unknown-owners';
const noCreator = "No key's creator is named: that account is not protected. Add the address after the file.";
const ownersUnknown = (why: string) =>
  `Nobody is switched off, since an owner could be among them: ${why}. --allow-unknown-owners does it anyway.`;

async function sync(people: readonly object[], access = '', part = '', args: readonly string[] = []) {
  const file = join(folder, 'employees.json');
  await writeFile(file, JSON.stringify(people));
  const { code, stdout, stderr } = await runExample(child, [program, access, part, file, ...args]);
  const lines = stdout.trim().split('\n');
  const { users, touched, writes } = JSON.parse(lines.pop() ?? '');
  return { code, stderr: stderr.trim(), lines, users, touched, writes };
}

test('the guide’s program says what it would do while it may only read', { timeout: 60_000 }, async () => {
  const { code, stderr, lines, writes } = await sync([...employees, added], '', '', [allowed]);
  expect({ code, stderr, writes }).toEqual({ code: 0, stderr: noCreator, writes: 0 });
  expect(lines).toEqual([
    `would change ${promoted?.email} title`,
    'would change new.name@northwind.example userName, emails',
    `would create ${added.email}`,
    ...leavers.map((email) => `would deactivate ${email}`),
  ]);
});

test('the guide’s program does so once it may write, and no more than that', { timeout: 60_000 }, async () => {
  const { code, stderr, lines, users, writes } = await sync([...employees, added], 'true', '', [allowed]);
  expect({ code, stderr, writes }).toEqual({ code: 0, stderr: noCreator, writes: 5 });
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

test('the guide’s program writes nothing when the list is too short to be believed', { timeout: 60_000 }, async () => {
  // The first would be promoted, and one made.
  const run = await sync([...employees.slice(0, 2), added], 'true', '', [allowed]);
  expect({ ...run, stderr: '', users: [] }).toEqual({
    ...{ code: 1, stderr: '', lines: [], users: [], touched: [], writes: 0 },
  });
  expect(run.stderr).toContain('10 of 12 would go. Is the list complete? Nothing has been changed.');
});

test('the guide’s program counts nobody who is switched off already among those of whom a quarter may go', {
  timeout: 60_000,
}, async () => {
  const run = await sync([...employees.slice(0, 8), added], 'true', 'with many inactive', [allowed]);
  expect({ code: run.code, writes: run.writes }).toEqual({ code: 1, writes: 0 });
  expect(run.stderr).toContain('4 of 12 would go');
});

test.each([
  ['', 'the form has no compliance half'],
  ['with one unread', 'the members of workspace 99999999-9999-4999-8999-999999999999 cannot be read'],
  ['without owners', 'no workspace shows an owner'],
  ['with a nameless owner', 'an owner, perhaps, has no address'],
])(
  'the guide’s program switches nobody off where owners are not known (%s), says why once, and does the rest',
  {
    timeout: 60_000,
  },
  async (part, why) => {
    const run = await sync([...employees, added], 'true', part, part === '' ? [] : [promoted?.email ?? '']);
    expect(run.code).toBe(1);
    const warned = run.stderr.split('\n').filter((line) => line.startsWith('Nobody'));
    expect(warned).toEqual([ownersUnknown(why)]);
    expect(run.lines).toContain(`created ${added.email}`);
    expect(run.lines).toContain(`left alone ${personOf(11).email} (perhaps an owner)`);
    expect(run.users.filter(({ active }: { active?: boolean }) => active === false)).toEqual([]);
    if (part === 'with one unread')
      expect(run.stderr).toMatch(/^workspace 99999999-9999-4999-8999-999999999999: not_found: /m);
  },
);

test('the guide’s program switches off who left where owners are not known and the caller allows it', {
  timeout: 60_000,
}, async () => {
  const run = await sync(employees, 'true', 'with one unread', [promoted?.email ?? '', allowed]);
  expect(run.code).toBe(0);
  expect(run.stderr).not.toContain('Nobody is switched off');
  // Whoever is known to be an owner is left alone all the same.
  expect(run.lines).toContain(`left alone ${personOf(10).email} (an owner)`);
  expect(run.lines.at(-1)).toBe(`deactivated ${personOf(11).email}`);
});

test('the guide’s program refuses a misspelt option before it reads anything', { timeout: 60_000 }, async () => {
  const run = await sync(employees, 'true', '', ['--allow-unknown-owner']);
  expect({ code: run.code, lines: run.lines, writes: run.writes }).toEqual({ code: 1, lines: [], writes: 0 });
  expect(run.stderr).toContain("Unknown option '--allow-unknown-owner'");
});

test('the guide’s program names the workspace when none can be read', { timeout: 60_000 }, async () => {
  const run = await sync(employees, 'true', 'with none read', [promoted?.email ?? '']);
  expect({ code: run.code, lines: run.lines, writes: run.writes }).toEqual({ code: 1, lines: [], writes: 0 });
  expect(run.stderr.split('\n').at(-1)).toMatch(/^workspace 99999999-9999-4999-8999-999999999999: not_found: /);
});

test('the guide’s program gives nobody the account of another one who had the address', {
  timeout: 60_000,
}, async () => {
  const people = employees.map((person, number) => (number === 3 ? { ...person, id: 'hr-somebody-else' } : person));
  const { code, stderr, lines } = await sync([...people, added], 'true', '', [allowed]);
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

test('the guide’s program leaves alone who may be an owner, since the role is one that nobody knows', {
  timeout: 60_000,
}, async () => {
  const run = await sync(employees, 'true', 'with an unknown role', [promoted?.email ?? '']);
  expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: '' });
  expect(run.lines).toContain(`left alone ${personOf(11).email} (perhaps an owner: the role is not known)`);
  expect(run.lines.filter((line: string) => line.startsWith('deactivated'))).toEqual([]);
});

test('the guide’s program counts no service account as a leaver, and asks no list for it', {
  timeout: 60_000,
}, async () => {
  const { code, stderr, lines, writes } = await sync(employees, '', 'with workspaces');
  expect({ code, stderr, writes }).toEqual({ code: 0, stderr: noCreator, writes: 0 });
  expect(lines.slice(-4)).toEqual([
    `left alone ${personOf(10).email} (an owner)`,
    'left alone svc-build@northwind.example (a service account)',
    'left alone svc-hr@northwind.example (a service account)',
    `would deactivate ${personOf(11).email}`,
  ]);
});

test('the guide’s program writes nothing where the creator of the key is misspelt', { timeout: 60_000 }, async () => {
  const run = await sync(employees, 'true', 'with workspaces', ['nobody@northwind.example']);
  expect({ code: run.code, lines: run.lines }).toEqual({ code: 1, lines: [] });
  expect(run.stderr).toContain('Nobody has the address of a key');
});

test('the guide’s program refuses a list in which somebody has no address, or two the same number', {
  timeout: 60_000,
}, async () => {
  const missing = await sync([...employees, { ...added, email: undefined }], 'true');
  expect({ code: missing.code, lines: missing.lines }).toEqual({ code: 1, lines: [] });
  expect(missing.stderr).toContain('Employee 11 has no email.');
  const twice = await sync([...employees, { ...added, id: employees[0]?.id }], 'true');
  expect(twice.stderr).toContain('Employee 11 has the id of another one.');
});

test('the guide’s program runs on the emulator as the guide says', { timeout: 60_000 }, async () => {
  const file = join(folder, 'three.json');
  await writeFile(file, /```json\n([\s\S]*?)```/.exec(guide)?.[1] ?? '');
  const hooks = [resolve(root, 'test/examples/support/resolve-package.ts'), join(folder, 'on-emulator.ts')];
  const NODE_OPTIONS = hooks.map((hook) => `--import ${pathToFileURL(hook).href}`).join(' ');
  const refused = await runExample(program, [file], { env: { NODE_OPTIONS } });
  expect({ code: refused.code, stdout: refused.stdout }).toEqual({ code: 1, stdout: '' });
  expect(refused.stderr).toContain('12 of 12 would go');

  const emulator = await readFile(join(folder, 'on-emulator.ts'), 'utf8');
  const empty = emulator.replace('createEmulator()', "createEmulator({ world: 'empty' })");
  expect(empty).not.toBe(emulator);
  await writeFile(join(folder, 'on-emulator.ts'), empty);
  const { code, stdout } = await runExample(program, [file], { env: { NODE_OPTIONS } });
  expect(code).toBe(0);
  expect(stdout.trim().split('\n')).toEqual(
    ['ada', 'lin', 'sam'].map((name) => `would create ${name}@northwind.example`),
  );
});
