import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { personOf } from '../../src/testing/index.js';
import { runExample } from '../examples/support/run-example.js';
import { onWindows } from '../support/on-windows.js';
import { findCodeBlocks } from './support/code-blocks.js';

const child = join(import.meta.dirname, 'support/run-guide-child.ts');
const guide = await readFile(resolve(import.meta.dirname, '../../docs/guides/sync-users.md'), 'utf8');
const blocks = findCodeBlocks(guide).map(({ code }) => code);
const [program = ''] = blocks;
const onEmulator = blocks.find((code) => code.includes('createEmulator()')) ?? '';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guide-'));
  await writeFile(join(folder, 'sync-users.ts'), program);
});
afterEach(() => rm(folder, { recursive: true }));

// The emulator has the first twelve; the last two left, the first was promoted, the third has another address, one is new.
const employees = Array.from({ length: 10 }, (_none, number) => personOf(number)).map(
  ({ userId, email, givenName, familyName, title }, number) => ({
    externalId: `hr-${userId.slice(-6)}`,
    userName: number === 1 ? email.toUpperCase() : number === 2 ? 'new.name@northwind.example' : email,
    name: { givenName, familyName },
    title: number === 0 ? 'Chief' : title,
  }),
);
const [promoted, , renamed] = employees;
const added = { externalId: 'hr-new', userName: 'ada@northwind.example', displayName: 'Ada Byrne' };
const keyCreator = promoted?.userName ?? '';

/** Runs the program of the guide; `part` is what the workspaces show. */
async function sync(users: readonly object[], access: string, part: string, creator = keyCreator) {
  await writeFile(join(folder, 'people.json'), JSON.stringify({ users }));
  const { code, stdout, stderr } = await runExample(child, [join(folder, 'sync-users.ts'), access, part], {
    cwd: folder,
    env: { KEY_CREATOR: creator },
  });
  const lines = stdout.trim().split('\n');
  const { users: after, touched, writes } = JSON.parse(lines.pop() ?? '');
  const inactive = after.filter(({ active }: { readonly active?: boolean }) => active === false).length;
  return { code, stderr: stderr.trim(), lines, touched, writes, inactive };
}

test('the program of the guide is ten lines, as the guide says, beside its imports and what it does with an error', () => {
  expect(guide).toMatch(/Such a program is ten\slines/);
  const [, body = ''] = /^try \{\n([\s\S]*?)^\} catch/m.exec(program) ?? [];
  expect(body.trim().split('\n')).toHaveLength(10);
});

test('the program of the guide says what it would do while it may only read', { timeout: 60_000 }, async () => {
  const { code, lines, writes } = await sync([...employees, added], '', 'with members');
  expect({ code, writes }).toEqual({ code: 1, writes: 0 });
  expect(lines.filter((line) => line.startsWith('? '))).toEqual([
    expect.stringMatching(/^\? \+ create hr-new \{ userName: \S+, displayName: .+ \} \(not permitted\)$/),
    expect.stringMatching(/^\? ~ change .*title: .* -> Chief/),
    expect.stringMatching(/^\? ~ rename .*userName: .* -> new\.name@northwind\.example/),
    expect.stringMatching(/^\? - deactivate /),
  ]);
});

test('the program of the guide does so once it may write, and takes nothing from an owner', {
  timeout: 60_000,
}, async () => {
  const run = await sync([...employees, added], 'true', 'with members');
  expect(run.code).toBe(1);
  expect(run.lines.filter((line) => line.startsWith('!'))).toEqual(
    expect.arrayContaining([expect.stringMatching(/^! held: deactivate \S+, \S+ \(owner\)$/)]),
  );
  expect(run.lines).toContainEqual(
    expect.stringMatching(/^Note: \d accounts of the directory are not desired, and stay/),
  );
  const ofUs = [promoted, renamed, added].map((one) => one?.userName);
  expect(run.touched.sort()).toEqual([...ofUs, personOf(11).email].sort());
  const files = await readdir(join(folder, 'plans'));
  expect(files).toHaveLength(2);
  expect(files).toEqual(expect.arrayContaining([expect.stringMatching(/^[\da-f]{64}\.journal$/), 'directory.lock-1']));
  if (onWindows('files have no modes there')) return;
  for (const file of files) expect((await stat(join(folder, 'plans', file))).mode & 0o777).toBe(0o600);
});

test('the program of the guide writes nothing when the list is too short to be believed', {
  timeout: 60_000,
}, async () => {
  const run = await sync([...employees.slice(0, 2), added], 'true', 'with members');
  expect({ code: run.code, writes: run.writes }).toEqual({ code: 3, writes: 0 });
  expect(run.lines.find((line) => line.startsWith('STOP'))).toMatch(
    /^STOP desired_share: 25 %, and the limit is 80 %\./,
  );
  expect(run.stderr).toMatch(
    /^brake_holds The plan goes beyond a limit: desired_share \(25 %, and the limit is 80 %\)\./,
  );
  expect((await sync([], 'true', 'with members')).code).toBe(3);
});

test.each(['', 'with one unread', 'with none read', 'without owners', 'with a nameless owner', 'with an unknown role'])(
  'the program of the guide switches nobody off who may be an owner (%s), and does the rest',
  { timeout: 60_000 },
  async (part) => {
    const run = await sync([...employees, added], 'true', part);
    expect({ code: run.code, inactive: run.inactive }).toEqual({ code: 1, inactive: 0 });
    expect(run.touched).toContain(added.userName);
    expect(run.lines.some((line) => /^! held: deactivate .*\(owners_unknown\)$/.test(line))).toBe(true);
  },
);

test('the program of the guide gives nobody the account of another one who had the address', {
  timeout: 60_000,
}, async () => {
  const people = employees.map((one, number) => (number === 3 ? { ...one, externalId: 'hr-somebody-else' } : one));
  const { code, lines, touched } = await sync([...people, added], 'true', 'with members');
  expect(code).toBe(1);
  expect(lines.some((line) => line.startsWith('! held: change hr-somebody-else (address_moved)'))).toBe(true);
  expect(touched).not.toContain(employees[3]?.userName);
});

test('the program of the guide leaves service accounts, owners and the maker of the key alone, and says so', {
  timeout: 60_000,
}, async () => {
  const namesakes = [
    { externalId: 'hr-svc', userName: 'SVC-build@northwind.example' },
    { externalId: 'hr-robot', userName: 'robot@northwind.example' },
  ];
  const run = await sync([...employees, ...namesakes], 'true', 'with workspaces', personOf(11).email.toUpperCase());
  expect(run.code).toBe(1);
  const held = run.lines.filter((line) => line.startsWith('!'));
  expect(held.map((line) => /\((\w+)\)$/.exec(line)?.[1]).sort()).toEqual([
    'key_creator',
    'owner',
    'service_account',
    'service_account',
  ]);
  expect(run.touched.sort()).toEqual([promoted?.userName, renamed?.userName].sort());
});

test('the program of the guide runs on the emulator as the guide says', { timeout: 60_000 }, async () => {
  const run = async (access: string, emulator: string) => {
    const file = join(folder, 'on-emulator.ts');
    await writeFile(file, emulator);
    return runExample(join(folder, 'sync-users.ts'), [], {
      cwd: folder,
      imports: [file],
      env: { CHATGPT_PROVISIONING: access, CHATGPT_DEPROVISIONING: access },
    });
  };
  const dry = await run('', onEmulator);
  expect(dry.code).toBe(1);
  expect(dry.stdout).toContain('3 actions not permitted');
  const real = await run('true', onEmulator);
  expect({ code: real.code, stderr: real.stderr }).toEqual({ code: 0, stderr: '' });
  expect(real.stdout).toContain('3 actions: 1 create, 1 change, 1 deactivate.');
  const short = onEmulator.replace('others.slice(0, -1)', 'others.slice(0, 3)');
  expect(short).not.toBe(onEmulator);
  const braked = await run('true', short);
  expect(braked.code).toBe(3);
  expect(braked.stderr).toContain('brake_holds');
});

test('the people of the guide are a desired state that can be planned', { timeout: 60_000 }, async () => {
  const { users } = JSON.parse(/```json\n([\s\S]*?)```/.exec(guide)?.[1] ?? '');
  const { code, lines } = await sync(users, '', '');
  expect(code).toBe(3);
  expect(lines.filter((line) => /^\? \+ create hr-1001 \{.*\} \(not permitted\)$/.test(line))).toHaveLength(1);
});
