import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { personOf } from '../../src/testing/index.js';
import { madeUp, runExample } from './support/run-example.js';

async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'examples-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('the demo shows what the check found, the people, and events by type and workspace', {
  timeout: 60_000,
}, async () => {
  const { code, stdout, stderr } = await runExample('demo.ts');

  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(stdout).toContain('What the check found');
  expect(stdout).toMatch(/12 users, 3 groups: Engineering \(6\), Finance \(3\), Everyone \(12\)/);
  expect(stdout).toMatch(/AUTH_LOG +40 +20 +\d+/);
  expect(stdout.match(/✓ accepts the key of workspace/g)).toHaveLength(2);
  // Lines that are written over belong on a terminal only.
  expect(stdout).not.toContain('\r');
});

test('the demo shows three mistakes, each with what to do, and a plan of three changes that it does not apply', {
  timeout: 60_000,
}, async () => {
  const { stdout } = await runExample('demo.ts');
  const [, wrong = '', plan = ''] = stdout.split(/The same with three mistakes|A plan of three changes, not applied/);

  expect(wrong).toMatch(
    /The form: An Admin key \(sk-admin-…\) opens one workspace only, and here one is entered for 2: [0-9a-f-]{36}, [0-9a-f-]{36}\./,
  );
  expect(wrong).toMatch(/✓ workspace (\S+)\n✗ workspace (\S+)\n✗ workspace \S+\n/);
  const remedies = wrong.split('\n✗ ').filter((part) => part.includes('\n  → '));
  expect(remedies).toEqual([
    expect.stringMatching(
      /^The SCIM token was refused: .*\n {2}→ Compare the URL .* enter the token that was shown there/,
    ),
    expect.stringMatching(
      /^The Admin key is for workspace \S+ and opens no other one\. It is entered for \S+ too\.\n {2}→ In each of these workspaces create an Admin key under admin\.openai\.com/,
    ),
    expect.stringMatching(/^Unknown workspace .* the workspace was renamed.*\n {2}→ Copy the ID again in ChatGPT/),
  ]);
  expect(plan).toContain('3 actions: 1 create, 1 change, 1 deactivate.');
  expect(plan).toMatch(/\+ create hr-2001.*~ change .*title: \S+ -> Head of sales.*- deactivate /s);
  expect(plan).toMatch(/Hash: [0-9a-f]{64}\n\nNothing was changed/);
});

test('on a terminal the demo writes its progress over one line, and takes it away', { timeout: 60_000 }, async () => {
  const terminal = 'data:text/javascript,process.stderr.isTTY = true; process.stderr.columns = 80';
  const { code, stdout, stderr } = await runExample('demo.ts', [], { imports: [terminal] });

  expect(code).toBe(0);
  const lines = stderr.split('\r\x1b[2K');
  expect(lines).toContainEqual(expect.stringMatching(/^AUTH_LOG: [1-9]\d* files, [1-9]\d* kB, [1-9]\d* events$/));
  expect(lines.at(-1)).toBe('');
  expect(stdout).not.toContain('\r');
});

test('the demo reads the workspace of the variables, and never writes, whatever they allow', {
  timeout: 60_000,
}, async () => {
  const imports = [resolve(import.meta.dirname, 'support/emulated-workspace.ts')];
  const { code, stdout, stderr } = await runExample('demo.ts', [], { imports });

  expect(code).toBe(0);
  expect(stdout).toContain('on your workspace, read-only');
  expect(stdout).toContain('3 users, 0 groups');
  expect(stdout).toMatch(/AUTH_LOG +2 +0/);
  expect(stderr).toContain('methods: GET\n');
});

test('the demo exits with 1 and says why when the directory cannot be reached', { timeout: 60_000 }, async () => {
  const env = {
    CHATGPT_SCIM_BASE_URL: `https://127.0.0.1:${await closedPort()}/scim/v2.0/key`,
    CHATGPT_SCIM_TOKEN: 'se_wrong-token-1234567890',
  };
  const { code, stdout, stderr } = await runExample('demo.ts', [], { env });

  expect(code).toBe(1);
  expect(stdout + stderr).toMatch(/Nothing is listening/);
  expect(stdout + stderr).not.toContain('se_wrong-token');
});

test('the demo says what is missing when only a part of the variables is set, and shows no emulator instead', {
  timeout: 60_000,
}, async () => {
  for (const [name, missing] of [
    ['CHATGPT_SCIM_TOKEN', 'CHATGPT_SCIM_BASE_URL'],
    ['CHATGPT_WORKSPACE_IDS', 'CHATGPT_COMPLIANCE_API_KEY'],
    ['CHATGPT_SCIM_BASE_ULR', 'CHATGPT_SCIM_BASE_URL'],
  ] as const) {
    const { code, stdout, stderr } = await runExample('demo.ts', [], {
      env: { [name]: '8f5d1a2b-0c3d-4e5f-8a9b-0c1d2e3f4a5b' },
    });
    expect(code, name).toBe(1);
    expect(stderr).toContain(missing);
    expect(stdout).not.toContain('emulator');
  }
});

test('a config that cannot be read is told field by field, and the secret is not repeated', async () => {
  const env = { CHATGPT_COMPLIANCE_API_KEY: 'se_in-the-wrong-field-123456', CHATGPT_WORKSPACE_IDS: 'Northwind' };
  const { code, stderr } = await runExample('check-connection.ts', [], { env });

  expect(code).toBe(1);
  expect(stderr).toContain('CHATGPT_WORKSPACE_IDS');
  expect(stderr).toContain('CHATGPT_COMPLIANCE_API_KEY');
  expect(stderr).not.toContain('se_in-the-wrong-field');
});

test('check-connection ends well when nothing is wrong', async () => {
  const { code, stdout, stderr } = await runExample('check-connection.ts');
  expect({ code, stderr }).toEqual({ code: 0, stderr: madeUp });
  expect(stdout.length).toBeGreaterThan(100);
});

test('people-to-csv writes a line for each person, with the last activity', async () => {
  const { code, stdout, stderr } = await runExample('people-to-csv.ts');
  const [heading, ...lines] = stdout.trim().split('\n');

  expect({ code, stderr }).toEqual({ code: 0, stderr: madeUp });
  expect(heading).toBe(
    'email,user_name,name,kind,status,source,roles,invited_to,groups,last_activity,last_event,conflicts',
  );
  expect(lines).toHaveLength(12);
  for (const line of lines) expect(line).toMatch(/^[^,]+@[^,]+,[^,]+@[^,]+,.+,person,active,both,.*,20\d\d-\d\d-\d\dT/);
});

test('find-leavers names the accounts that are not on the list, and changes nothing', async () => {
  const everyone = (await runExample('people-to-csv.ts')).stdout
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',')[0] ?? '');
  const list = join(folder, 'employees.txt');
  await writeFile(list, `${everyone.slice(3).join('\r\n').toUpperCase()}\n`);

  const { code, stdout } = await runExample('find-leavers.ts', [list]);

  expect(code).toBe(0);
  expect(stdout).toContain('12 accounts are not known to be switched off; 3 of them belong to nobody on the list.');
  for (const [index, email] of everyone.entries()) expect(stdout.includes(email)).toBe(index < 3);
});

test('find-leavers takes no list for one of other people because of how it was saved', async () => {
  const everyone = (await runExample('people-to-csv.ts')).stdout.match(/^[^,\s]+@[^,]+/gm) ?? [];
  const list = join(folder, 'employees.txt');
  await writeFile(list, `\ufeff${everyone.join('\r\n')}`);
  expect((await runExample('find-leavers.ts', [list])).stdout).toContain('; 0 of them belong to nobody on the list.');
  await writeFile(list, Buffer.from(everyone.join('\r\n'), 'utf16le'));
  const { code, stdout, stderr } = await runExample('find-leavers.ts', [list]);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain('employees.txt is not UTF-8. ');
});

test('find-leavers lists the accounts of programs apart, and sends nobody to switch one off', async () => {
  const imports = [resolve(import.meta.dirname, 'support/workspace-with-service-accounts.ts')];
  const list = join(folder, 'nobody-works-here.txt');
  await writeFile(list, '');

  const { code, stdout } = await runExample('find-leavers.ts', [list], { imports });

  expect(code).toBe(0);
  expect(stdout).toContain('6 accounts are not known to be switched off; 6 of them belong to nobody on the list.');
  const [leavers = '', programs = ''] = stdout.split(
    '3 accounts of programs, or named like one, on no list of people:',
  );
  expect(leavers).not.toContain('svc-');
  expect(leavers).toMatch(new RegExp(`${personOf(0).email}.*an owner: let another owner decide`));
  expect(leavers).toMatch(
    /new@northwind\.example +provisioned +not in 30 days +in no workspace: perhaps a program, or an owner/,
  );
  for (const name of ['left', 'guest'])
    expect(leavers).toMatch(new RegExp(`${name}@northwind\\.example +invited .*withdraw the invitation in ChatGPT`));
  expect(programs).toMatch(/svc-build@northwind\.example +Build robot +directory/);
  // The workspace shows a member with the name of a program: nobody knows whether that is a person.
  expect(programs).toMatch(/svc-shown@northwind\.example.*workspace/);
});

test('find-leavers says why a person has to decide, and of whom no activity is known', async () => {
  const imports = [resolve(import.meta.dirname, 'support/workspace-with-doubtful-people.ts')];
  const list = join(folder, 'nobody-works-here.txt');
  await writeFile(list, '');
  const [owner, admin, unknown] = [0, 1, 2].map((number) => personOf(number).email.toLowerCase());

  const { code, stdout } = await runExample('find-leavers.ts', [list, admin?.toUpperCase() ?? ''], { imports });

  expect(code).toBe(0);
  const lineOf = (email: string | undefined) => stdout.split('\n').filter((line) => line.startsWith(`${email} `));
  expect(lineOf(owner)).toEqual([expect.stringMatching(/ an owner: let another owner decide *$/)]);
  expect(lineOf(admin)).toEqual([expect.stringMatching(/ a key's creator: make a new key first *$/)]);
  expect(lineOf(unknown)).toEqual([expect.stringMatching(/ perhaps an owner: not all roles are known *$/)]);
  // Whose activity it was, the address does not tell: of neither is it said.
  expect(lineOf('both@northwind.example')).toEqual(
    Array.from({ length: 2 }, () => expect.stringMatching(/ not known +the address is not theirs alone/)),
  );
  expect(lineOf('plain@northwind.example')).toEqual([
    expect.stringMatching(/ active +20\d\d-\S+ +deactivate in the directory *$/),
  ]);
});

test('find-leavers sends nobody to switch off an account where no workspace was read, nor says what no log shows', async () => {
  const withoutCompliance =
    'data:text/javascript,for (const name of Object.keys(process.env)) if (/COMPLIANCE|WORKSPACE/.test(name)) delete process.env[name]';
  const imports = [resolve(import.meta.dirname, 'support/workspace-with-doubtful-people.ts'), withoutCompliance];
  const list = join(folder, 'nobody-works-here.txt');
  await writeFile(list, '');

  const { code, stdout } = await runExample('find-leavers.ts', [list], { imports });

  expect(code).toBe(0);
  expect(stdout).toMatch(/6 of them belong to nobody on the list/);
  expect(stdout.match(/provisioned +not known +perhaps an owner: no workspace was read/g)).toHaveLength(4);
  expect(stdout.match(/provisioned +not known +the address is not theirs alone/g)).toHaveLength(2);
  expect(stdout).not.toMatch(/deactivate|in 30 days/);
  expect(stdout).toContain("No key's creator is named, so none is marked");
});

test('find-leavers ends where the creator of a key is misspelt', async () => {
  const { code, stdout, stderr } = await runExample('find-leavers.ts', ['README.md', 'nobody@northwind.example']);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain("Nobody has the address of a key's creator: nobody@northwind.example.");
});

test('the other programs tell the accounts of programs from those of people', async () => {
  const imports = [resolve(import.meta.dirname, 'support/workspace-with-service-accounts.ts')];
  const csv = await runExample('people-to-csv.ts', [], { imports });
  expect(csv.stdout).toMatch(/^,svc-build@northwind\.example,Build robot,service_account,provisioned,directory,/m);
  expect(csv.stdout).toMatch(
    /^guest@northwind\.example,,,unknown,invited,workspace,,[\w-]{36},,.*,invited_but_not_in_directory$/m,
  );
  const demo = await runExample('demo.ts', [], { imports });
  expect(demo.stdout).toMatch(/svc-build@northwind\.example +Build robot +active, service account/);
  expect(demo.stdout).toContain('7 users, 2 service accounts among them, 0 groups');
});

test('export-audit-logs writes every event once, cuts off what a crash left behind, and goes on', async () => {
  const target = join(folder, 'logs.jsonl');
  const first = await runExample('export-audit-logs.ts', [target]);
  expect({ code: first.code, stderr: first.stderr }).toEqual({ code: 0, stderr: madeUp });
  const exported = await readFile(target, 'utf8');
  const ids = exported
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).event_id);
  expect(ids.length).toBeGreaterThan(200);
  expect(new Set(ids).size).toBe(ids.length);

  await writeFile(target, `${exported}{"event_id":"written after the checkpoi`);
  const second = await runExample('export-audit-logs.ts', [target]);

  expect(second.code).toBe(0);
  const again = (await readFile(target, 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).event_id);
  expect(again.slice(0, ids.length)).toEqual(ids);
  expect(new Set(again).size).toBe(again.length);
});

test('export-audit-logs begins a rotated file anew, and refuses one that was cut or is not its own', {
  timeout: 60_000,
}, async () => {
  const target = join(folder, 'rotated.jsonl');
  await runExample('export-audit-logs.ts', [target]);
  const old = await readFile(target, 'utf8');
  await rename(target, `${target}.1`);
  const afterRotation = await runExample('export-audit-logs.ts', [target]);
  expect({ code: afterRotation.code, stderr: afterRotation.stderr }).toEqual({ code: 0, stderr: madeUp });
  const fresh = await readFile(target, 'utf8');
  expect(fresh).not.toContain('\0');
  const oldIds = new Set(old.match(/"event_id":"[^"]+"/g));
  expect((fresh.match(/"event_id":"[^"]+"/g) ?? []).filter((id) => oldIds.has(id))).toEqual([]);

  await writeFile(target, 'x');
  await writeFile(
    `${target}.state.json`,
    (await readFile(`${target}.state.json`, 'utf8')).replace(/"bytes":\d+/, '"bytes":9'),
  );
  const afterCut = await runExample('export-audit-logs.ts', [target]);
  expect(afterCut.code).toBe(1);
  expect(afterCut.stderr).toContain('holds 1 bytes, and 9 were written to it');
  expect(await readFile(target, 'utf8')).toBe('x');

  await rm(`${target}.state.json`);
  const foreign = await runExample('export-audit-logs.ts', [target]);
  expect(foreign.code).toBe(1);
  expect(foreign.stderr).toContain('this program did not write it');
  expect(await readFile(target, 'utf8')).toBe('x');
});

test('of several exports of one file one writes, the others say so, and the lock of a dead process holds up nobody', {
  timeout: 60_000,
}, async () => {
  const target = join(folder, 'contested.jsonl');
  await writeFile(`${target}.lock`, JSON.stringify({ pid: 999_999_999, host: hostname(), token: 'killed' }));
  const runs = await Promise.all(Array.from({ length: 4 }, () => runExample('export-audit-logs.ts', [target])));
  const ids = (await readFile(target, 'utf8')).match(/"event_id":"[^"]+"/g) ?? [];
  expect(ids.length).toBeGreaterThan(200);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { code, stderr } of runs) {
    if (code !== 0) expect(stderr).toContain('Another run writes to');
  }
  expect(runs.some(({ code }) => code === 0)).toBe(true);
  expect((await readdir(folder)).filter((name) => name.includes('.lock'))).toEqual([]);
});

test('an export whose process has the number of one that was killed, as in a container, takes over its lock', async () => {
  const target = join(folder, 'container.jsonl');
  const killed = `{ pid: process.pid, host: os.hostname(), token: 'killed' }`;
  const leaveLock = `import fs from 'node:fs'; import os from 'node:os';
    fs.writeFileSync(${JSON.stringify(`${target}.lock`)}, JSON.stringify(${killed}));`;
  const imports = [`data:text/javascript,${encodeURIComponent(leaveLock)}`];
  const { code, stderr } = await runExample('export-audit-logs.ts', [target], { imports });
  expect({ code, stderr }).toEqual({ code: 0, stderr: madeUp });
});

test('export-audit-logs does not cut a file that is not the one of which it knows the size', {
  timeout: 60_000,
}, async () => {
  const target = join(folder, 'exchanged.jsonl');
  await runExample('export-audit-logs.ts', [target]);
  const { size } = await stat(target);
  await rename(target, `${target}.1`);
  const other = `${JSON.stringify({ event_id: 'of another file', text: 'x'.repeat(size) })}\n`;
  await writeFile(target, other);
  const { code, stderr } = await runExample('export-audit-logs.ts', [target]);
  expect(code).toBe(1);
  expect(stderr).toContain('it is another file');
  expect(await readFile(target, 'utf8')).toBe(other);
});

test.each(['moved away', 'emptied'] as const)(
  'a file that is %s while export-audit-logs runs loses nothing',
  { timeout: 60_000 },
  async (how) => {
    const target = join(folder, `${how}.jsonl`);
    const rotate = `import fs from 'node:fs'; import { syncBuiltinESMExports } from 'node:module';
    const target = ${JSON.stringify(target)};
    const { rename } = fs.promises;
    let saves = 0;
    fs.promises.rename = async (from, to) => {
      // Killed between what it writes to the emptied file and the state of that.
      if (${how === 'emptied'} && saves >= 2 && fs.statSync(target).size > 0) process.exit(9);
      await rename(from, to);
      if (!to.endsWith('.state.json') || ++saves !== 2) return;
      fs.copyFileSync(target, target + '.copy');
      if (${how === 'emptied'}) fs.truncateSync(target);
      else fs.renameSync(target, target + '.moved');
    };
    syncBuiltinESMExports();`;
    const imports = [`data:text/javascript,${encodeURIComponent(rotate)}`];
    const run = await runExample('export-audit-logs.ts', [target], { imports });
    expect({ code: run.code, stderr: run.stderr }).toEqual({ code: how === 'emptied' ? 9 : 0, stderr: madeUp });
    expect((await runExample('export-audit-logs.ts', [target])).code).toBe(0);
    const parts = how === 'emptied' ? [`${target}.copy`, target] : [`${target}.moved`, target];
    const texts = await Promise.all(parts.map((part) => readFile(part, 'utf8')));
    const ids = texts
      .join('')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).event_id);
    expect(ids.length).toBeGreaterThan(200);
    expect(new Set(ids).size).toBe(ids.length);
  },
);

test('watch-failed-logins prints failures and ends when it has caught up with the emulator', async () => {
  const { code, stdout, stderr } = await runExample('watch-failed-logins.ts');
  expect({ code, stderr }).toEqual({ code: 0, stderr: madeUp });
  expect(stdout).toMatch(/^20\d\d\S+ {2}\w+ {2}\S+@\S+/);
  expect(stdout).toMatch(/60 log-in events, [1-9]\d* of them failures\.\n$/);
});

test('find-leavers says in a sentence that a file is not found', async () => {
  const { code, stdout, stderr } = await runExample('find-leavers.ts', [join(folder, 'nobody.txt')]);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/\nThe list of employees \S+nobody\.txt cannot be read: file not found\.\n$/);
});

test('what is written to a file is written without npm’s own lines', async () => {
  const documents = ['examples/people-to-csv.ts', 'examples/seat-report.ts', 'docs/guides/people.md'];
  for (const document of [...documents, 'docs/guides/seats-and-cost.md', 'examples/README.md']) {
    const text = await readFile(resolve(import.meta.dirname, '../..', document), 'utf8');
    const commands = text.split('\n').filter((line) => /npm run .*example .*>/.test(line));
    expect(commands.length, document).toBeGreaterThan(0);
    for (const command of commands) expect(command).toContain('npm run --silent example');
  }
});
