import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fault } from '../../src/testing/index.js';
import { ownDirectory, runCommand, type ServedWorkspace, serveWorkspace, startCommand } from './support/command.js';

/** A workspace of which everybody is written to a file, as they are but for what `edit` does. */
async function serveDesired(edit: (users: Record<string, unknown>[]) => Record<string, unknown>[] = (users) => users) {
  const workspace = await serveWorkspace();
  const directory = await ownDirectory();
  const users = workspace.emulator.store.users
    .list()
    .map(({ userName, externalId, title }) => ({ userName, externalId, title }));
  const desired = join(directory, 'desired.json');
  await writeFile(desired, JSON.stringify({ users: edit(users) }));
  const env = { ...workspace.env, CHATGPT_PROVISIONING: 'true', CHATGPT_DEPROVISIONING: 'true' };
  const [plan, journal] = [join(directory, 'plan.json'), join(directory, 'plan.journal')];
  return { ...workspace, env, directory, desired, plan, journal };
}

type Desired = Awaited<ReturnType<typeof serveDesired>>;

const makePlan = ({ desired, plan, env }: Desired, ...words: string[]) =>
  runCommand(['plan', desired, '--out', plan, '--loopback', ...words], { env });

async function wordsToApply({ plan, journal }: Desired, ...words: string[]) {
  const { hash } = JSON.parse(await readFile(plan, 'utf8'));
  return ['apply', plan, '--approve', String(hash), '--journal', journal, '--loopback', ...words];
}

const newcomer = { userName: 'tove.lind@northwind.example', externalId: 'hr-new', title: 'Lead' };
const writesOf = ({ emulator }: ServedWorkspace) =>
  emulator.requests.list().filter(({ method }) => method !== 'GET').length;
const findNewcomers = ({ emulator }: ServedWorkspace) =>
  emulator.store.users.list().filter(({ userName }) => userName === newcomer.userName);

test('a directory that is as it should be: nothing to do, and 0', async () => {
  const desired = await serveDesired();
  const { code, stdout } = await makePlan(desired);
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^Nothing to do\./) });
});

test('plans without a change, and applies what was approved', async () => {
  const desired = await serveDesired((users) => [...users.slice(0, -1), newcomer]);
  const planned = await makePlan(desired, '--key-creator', 'mira.sol@northwind.example', '--made-by', 'nightly run 7');
  expect(planned).toMatchObject({ code: 1, stderr: '' });
  expect(planned.stdout).toContain('+ create hr-new');
  expect(planned.stdout).toContain('- deactivate ');
  expect(planned.stdout).toContain('Made by nightly run 7.');
  expect(writesOf(desired)).toBe(0);
  if (process.platform !== 'win32') expect((await stat(desired.plan)).mode & 0o777).toBe(0o600);

  const applied = await runCommand(await wordsToApply(desired), { env: desired.env });
  expect(applied).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(/^2 done\n/) });
  expect(findNewcomers(desired)).toHaveLength(1);
  const again = await runCommand(await wordsToApply(desired, '--json'), { env: desired.env });
  expect(again.code).toBe(0);
  expect(JSON.parse(again.stdout)).toMatchObject({ finished: true, totals: { done: 2 } });
});

test('reads a CSV, and says in which line it is wrong', async () => {
  const desired = await serveDesired();
  const csv = join(desired.directory, 'people.csv');
  await writeFile(
    csv,
    'id,email,given_name,family_name,groups\nhr-new,tove.lind@northwind.example,Tove,"Lind, T.",Night\n',
  );
  const planned = await runCommand(['plan', csv, '--removal', 'none', '--json', '--loopback'], { env: desired.env });
  expect(planned.code).toBe(1);
  expect(JSON.parse(planned.stdout).actions.map(({ kind }: { kind: string }) => kind)).toEqual([
    'create',
    'create_group',
    'add_members',
  ]);
  await writeFile(csv, 'id,email,given_name,family_name\nhr-1,ada@north.example,Ada\n');
  const { code, stderr } = await runCommand(['plan', csv, '--loopback'], { env: desired.env });
  expect({ code, stderr }).toEqual({ code: 2, stderr: `${csv}: line 2 has 3 fields, and the heading 4.\n` });
});

const heading = 'id,email,given_name,family_name';
const ansi = (text: string) => Buffer.from(text, 'latin1');
const sol = 'hr-1,mira.sol@northwind.example,Mira,S\u00f6l\n';

test.each([
  ['saved by Excel as ANSI', 'people.csv', ansi(`${heading}\n${sol}`), 'line 2 is not UTF-8'],
  ['UTF-16 with its mark', 'people.csv', Buffer.from(`\ufeff${heading}\n${sol}`, 'utf16le'), 'is UTF-16'],
  ['UTF-16 without', 'people.csv', Buffer.from(`${heading}\n${sol}`, 'utf16le'), 'is UTF-16'],
  [
    'JSON in ANSI',
    'people.json',
    ansi('{ "users": [\n\n{ "userName": "s\u00f6l@north.example" }] }'),
    'line 3 is not UTF-8',
  ],
  ['a file with semicolons', 'people.csv', `${heading}\n${sol}`.replaceAll(',', ';'), 'separated by semicolons'],
  ['a file with tabs', 'people.csv', `${heading}\n${sol}`.replaceAll(',', '\t'), 'separated by tabs'],
] as const)('refuses %s, says what to do, and asks no service', async (_what, name, content, reason) => {
  const desired = await serveDesired();
  const path = join(desired.directory, name);
  await writeFile(path, content);
  const { code, stdout, stderr } = await runCommand(['plan', path, '--loopback'], { env: desired.env });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(path);
  expect(stderr).toContain(reason);
  expect(stderr).toMatch(/Save it as UTF-8|Google Sheets writes commas/);
  expect(stderr).not.toMatch(/mira|sol@/);
  expect(desired.emulator.requests.list()).toEqual([]);
});

test('reads UTF-8 with the mark that Excel puts before it, each letter as it is', async () => {
  const desired = await serveDesired();
  const csv = join(desired.directory, 'people.csv');
  await writeFile(csv, `\ufeff${heading}\nhr-new,tove.lind@northwind.example,Tove,S\u00f6l\n`);
  const { stdout } = await runCommand(['plan', csv, '--removal', 'none', '--json', '--loopback'], { env: desired.env });
  expect(stdout).toContain('Tove S\u00f6l');
});

test('a heading may be written as people write it, and a column that is there twice is said', async () => {
  const desired = await serveDesired();
  const csv = join(desired.directory, 'people.csv');
  const row = 'hr-new,tove.lind@northwind.example,Tove,Lind\n';
  const plan = () => runCommand(['plan', csv, '--removal', 'none', '--json', '--loopback'], { env: desired.env });
  await writeFile(csv, `ID,E-Mail,Given Name,familyName\n${row}`);
  const { code, stdout } = await plan();
  expect(code).toBe(1);
  expect(JSON.parse(stdout).actions.map(({ kind }: { kind: string }) => kind)).toEqual(['create']);
  await writeFile(csv, `id,email,given_name,Id\n${row}`);
  expect(await plan()).toMatchObject({ code: 2, stderr: `${csv}: column id is there twice.\n` });
  await writeFile(csv, `id,email,given_name,surname\n${row}`);
  expect(await plan()).toMatchObject({ code: 2, stderr: expect.stringContaining('column 4 is not known') });
});

test('beyond a limit the plan and its application end with 3, until the limit is raised as both say', async () => {
  const desired = await serveDesired((users) => users.slice(0, 4));
  const planned = await makePlan(desired);
  expect(planned.code).toBe(3);
  expect(planned.stdout).toContain('STOP desired_share');
  const refused = await runCommand(await wordsToApply(desired), { env: desired.env });
  expect(refused).toMatchObject({ code: 3, stdout: '' });
  expect(writesOf(desired)).toBe(0);
  const [, options = ''] = /add to the command: (--.*)\. Or plan again with --policy FILE/.exec(refused.stderr) ?? [];
  const { hash } = JSON.parse(await readFile(desired.plan, 'utf8'));
  const command = `chatgpt-enterprise-sdk apply ${desired.plan} --approve ${hash} --journal ${hash.slice(0, 12)}.journal`;
  expect(planned.stdout.trimEnd()).toMatch(
    /is not applied as it is\. Find out why\. If that is right, within 15 minutes:/,
  );
  expect(planned.stdout.trimEnd().split('\n').at(-1)).toBe(`  ${command} ${options}`);
  for (const { stdout, stderr } of [planned, refused]) expect(`${stdout}${stderr}`).not.toMatch(/`limits|minDesired/);
  const raised = await runCommand(await wordsToApply(desired, ...options.split(' ')), { env: desired.env });
  expect(raised).toMatchObject({ code: 0, stderr: '' });
});

test('a policy in a file is that of the plan, under what the options say', async () => {
  const desired = await serveDesired((users) => users.slice(0, 4));
  const policy = join(desired.directory, 'policy.json');
  await writeFile(policy, JSON.stringify({ limits: { minDesiredShare: 0.1 }, removal: 'delete' }));
  const run = await makePlan(desired, '--policy', policy, '--removal', 'deactivate', '--json');
  expect(run.code).toBe(1);
  expect(JSON.parse(run.stdout).policy).toMatchObject({ removal: 'deactivate', limits: { minDesiredShare: 0.1 } });
  await writeFile(policy, JSON.stringify({ limit: {} }));
  const { code, stderr } = await makePlan(desired, '--policy', policy);
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('limits') });
});

test('changes nothing where the form does not allow it, or another hash is approved', async () => {
  const desired = await serveDesired((users) => [...users, newcomer]);
  await makePlan(desired);
  const words = await wordsToApply(desired);
  const readOnly = { ...desired.env, CHATGPT_PROVISIONING: 'false', CHATGPT_DEPROVISIONING: '' };
  const refused = await runCommand(words, { env: readOnly });
  expect(refused).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('CHATGPT_PROVISIONING=true') });
  const other = words.map((word) => (/^[\da-f]{64}$/.test(word) ? 'f'.repeat(64) : word));
  expect(await runCommand(other, { env: desired.env })).toMatchObject({ code: 2, stdout: '' });
  expect(writesOf(desired)).toBe(0);
});

test('what was not done stands in a table with what to do, and it ends with 1', async () => {
  const desired = await serveDesired((users) => [...users, newcomer]);
  await makePlan(desired);
  desired.emulator.faults.add(fault.status(400), { route: 'POST /Users' });
  const { code, stdout } = await runCommand(await wordsToApply(desired), { env: desired.env });
  expect(code).toBe(1);
  expect(stdout).toMatch(/^1 failed\n\nACTION +OF +OUTCOME +WHY +WHAT TO DO\ncreate +hr-new +failed/);
});

test.skipIf(process.platform === 'win32')(
  'stopped in the middle, the same command goes on, and nobody is made twice',
  async () => {
    const desired = await serveDesired((users) => [...users, newcomer]);
    await makePlan(desired);
    const words = await wordsToApply(desired);
    const { child, ended } = startCommand(words, { env: desired.env });
    desired.emulator.faults.add(
      fault.meanwhile('it is stopped', () => child.kill('SIGTERM')),
      { route: 'POST /Users' },
    );
    desired.emulator.faults.add(fault.cut('after_commit'), { route: 'POST /Users' });
    expect(await ended).toMatchObject({ code: 2, stderr: expect.stringContaining('Stopped by SIGTERM.') });
    const again = await runCommand(words, { env: desired.env });
    expect(again.code, `${again.stdout}${again.stderr}`).toBe(0);
    expect(findNewcomers(desired)).toHaveLength(1);
  },
);
