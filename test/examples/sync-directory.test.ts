import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createEmulator, personOf } from '../../src/testing/index.js';
import { onWindows } from '../support/on-windows.js';
import { type ExampleRun, runExample } from './support/run-example.js';

const shipped = resolve(import.meta.dirname, '../../examples/sync-directory.csv');
const workspace = [resolve(import.meta.dirname, 'support/emulated-workspace.ts')];

let folder: string;
let plans: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sync-directory-'));
  plans = join(folder, 'plans');
});
afterEach(() => rm(folder, { recursive: true }));

function sync(args: readonly string[], imports: readonly string[] = []): Promise<ExampleRun> {
  return runExample('sync-directory.ts', ['--plans', plans, ...args], { imports });
}

async function csv(...lines: readonly string[]): Promise<string> {
  const path = join(folder, 'people.csv');
  await writeFile(path, lines.join('\r\n'));
  return path;
}

const hashIn = ({ stdout }: ExampleRun) => /^Hash: ([\da-f]{64})$/m.exec(stdout)?.[1] ?? 'no hash';

test('sync-directory writes and prints a plan, and applies the one that was approved', {
  timeout: 120_000,
}, async () => {
  const planned = await sync([]);
  expect({ code: planned.code, stderr: planned.stderr }).toEqual({ code: 1, stderr: '' });
  expect(planned.stdout).toContain('6 actions: 1 create, 1 change, 1 rename, 2 add to group, 1 deactivate.');
  const hash = hashIn(planned);
  const file = join(plans, `${hash}.json`);
  expect(JSON.parse(await readFile(file, 'utf8')).hash).toBe(hash);
  const hasModes = !onWindows('files have no modes there');
  if (hasModes) expect([(await stat(plans)).mode & 0o777, (await stat(file)).mode & 0o777]).toEqual([0o700, 0o600]);

  const applied = await sync(['--approve', hash]);
  expect(applied).toEqual({ code: 0, stdout: '6 done\n', stderr: '' });
  if (hasModes) expect((await stat(join(plans, `${hash}.journal`))).mode & 0o777).toBe(0o600);
  // By the journal nothing is left to do.
  expect(await sync(['--approve', hash])).toEqual(applied);
});

test('sync-directory plans with reading alone, and writes on the workspace of the variables once approved', {
  timeout: 120_000,
}, async () => {
  const people = [0, 1, 2].map((number) => {
    const { email, givenName, familyName } = personOf(number);
    return `hr-${number},${email},${givenName},"${familyName}"`;
  });
  const file = await csv(
    '\uFEFFid,email,given_name,family_name',
    ...people,
    '',
    'n-1,new@north.example,"Ane ""A.""",Ny',
    '',
  );
  const planned = await sync([file, '--key-creator', personOf(0).email, '--group', 'Night shift'], workspace);
  expect(planned.stderr).toBe('methods: GET\n');
  expect(planned.code).toBe(1);
  expect(planned.stdout).toMatch(/^\+ create n-1 \{ userName: new@north\.example, /m);
  expect(planned.stdout).toMatch(/^\+ create group Night shift$/m);
  expect(planned.stdout).not.toContain('is not known, and no route tells it');

  const applied = await sync(['--approve', hashIn(planned)], workspace);
  expect(applied.stdout).toBe('2 done\n');
  expect(applied.stderr).toMatch(/^methods: .*POST/);
  expect(applied.code).toBe(0);
});

test('sync-directory applies nothing over a brake, and ends with 3, unless the limit is raised for that plan', {
  timeout: 120_000,
}, async () => {
  const [heading = '', ...lines] = (await readFile(shipped, 'utf8')).trim().split('\n');
  const everybody = await csv(heading, ...lines.map((line) => line.replace(/,Everyone.*$/, ',')));
  const braked = await sync([everybody, '--group', 'Everyone']);
  expect(braked.code).toBe(3);
  expect(braked.stdout).toMatch(/^STOP removals: 1\d, and the limit is 10\./m);
  const hash = hashIn(braked);
  const refused = await sync(['--approve', hash]);
  expect({ code: refused.code, stdout: refused.stdout }).toEqual({ code: 3, stdout: '' });
  expect(refused.stderr).toMatch(/goes beyond a limit: removals.*\n.+/);
  expect((await readdir(plans)).filter((name) => name.endsWith('.journal'))).toEqual([]);
  const raised = await sync(['--approve', hash, '--removals', '12', '--members-per-group', '12']);
  expect(raised.stdout).toMatch(/^\d+ done$/m);
  expect(raised.stderr).toBe('');
});

test('sync-directory names all limits that hold, and each has its option', { timeout: 120_000 }, async () => {
  const planned = await sync([await csv('id,email,given_name,family_name', 'n-1,new@north.example,Ane,Ny')]);
  expect(planned.code).toBe(3);
  const refused = await sync(['--approve', hashIn(planned), '--removals', '40']);
  expect([refused.code, refused.stderr]).toEqual([
    3,
    expect.stringMatching(/desired_share \(.* %, and the limit is 80 %\)/),
  ]);
  const released = ['--removals', '40', '--removal-share', '1', '--min-desired-share', '0'];
  expect((await sync(['--approve', hashIn(planned), ...released])).code).not.toBe(3);
});

test('sync-directory undoes nothing that somebody has changed since, and says so', { timeout: 120_000 }, async () => {
  const hash = hashIn(await sync([]));
  expect((await sync(['--approve', hash])).code).toBe(0);
  // The emulator has forgotten what was applied: somebody has changed it since.
  const back = await sync(['--revert', join(plans, `${hash}.journal`)]);
  expect(back.code).toBe(1);
  expect(back.stdout).toContain('(changed_since)');
  const nothing = await sync(['--revert', join(plans, 'none.journal')]);
  expect([nothing.code, nothing.stderr]).toEqual([2, expect.stringContaining('none.journal cannot be read')]);
});

test('sync-directory undoes what was applied: the plan that it makes of the journal is approved and applied like any other', {
  timeout: 120_000,
}, async () => {
  await using emulator = createEmulator();
  const server = await emulator.listen();
  const { scimBaseUrl, scimToken, complianceApiKey, complianceBaseUrl, workspaceIds } = emulator.connectionConfig();
  const env = {
    CHATGPT_SCIM_BASE_URL: scimBaseUrl,
    CHATGPT_SCIM_TOKEN: scimToken,
    CHATGPT_PROVISIONING: 'true',
    CHATGPT_DEPROVISIONING: 'true',
    CHATGPT_COMPLIANCE_API_KEY: complianceApiKey,
    CHATGPT_COMPLIANCE_BASE_URL: complianceBaseUrl,
    CHATGPT_WORKSPACE_IDS: workspaceIds,
    FROM: `${scimBaseUrl} ${complianceBaseUrl}`,
    TO: `${server.scimBaseUrl} ${server.complianceBaseUrl}`,
  };
  const onServer = (...args: readonly string[]) =>
    runExample('sync-directory.ts', ['--plans', plans, ...args], {
      imports: [resolve(import.meta.dirname, 'support/served-workspace.ts')],
      env,
    });
  const state = () => ({
    users: emulator.store.users.list().map(({ meta: _meta, ...user }) => user),
    groups: emulator.store.groups.list().map(({ meta: _meta, members, ...group }) => ({
      ...group,
      members: members?.map(({ value }) => value).toSorted(),
    })),
  });
  const before = state();
  const hash = hashIn(await onServer(shipped));
  expect((await onServer('--approve', hash)).stdout).toBe('6 done\n');
  expect(state()).not.toEqual(before);

  const back = await onServer('--revert', join(plans, `${hash}.journal`));
  expect({ code: back.code, stderr: back.stderr }).toEqual({ code: 1, stderr: '' });
  expect(back.stdout).toContain('1 reactivate, 1 change, 1 rename');
  const undone = await onServer('--approve', hashIn(back));
  expect({ code: undone.code, stderr: undone.stderr }).toEqual({ code: 0, stderr: '' });
  // All is as it was, but for the account that was made: it is off, as an invitation cannot be taken back.
  const after = state();
  const added = after.users.filter(({ id }) => !before.users.some((one) => one.id === id));
  expect(added).toMatchObject([{ active: false }]);
  expect({ ...after, users: after.users.filter((one) => !added.includes(one)) }).toEqual(before);
});

const heading = 'id,email,given_name,family_name';

test.each([
  ['an unknown column', [`${heading},salary`], /people\.csv: column "salary" is not known\. Columns are: id, email, /],
  ['a missing column', ['id,email,given_name'], /people\.csv: it has no column "family_name"\./],
  ['a line with too few fields', [heading, '1,a@north.example,Ada,Byrne', '2,b@north.example'], /line 3 has 2 fields/],
  ['a line without an id', [heading, ',a@north.example,Ada,Byrne'], /people\.csv: line 2 has no id\./],
  ['a quote that does not end', [heading, '1,a@north.example,"Ada,Byrne'], /line 2 has a quote that does not end/],
  ['an empty file', [''], /people\.csv: it is empty/],
] as const)('sync-directory says in a sentence where there is %s', async (_what, lines, message) => {
  const { code, stdout, stderr } = await sync([await csv(...lines)]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/^\s+at /m);
});

test.each([
  [
    'ANSI',
    Buffer.from(`${heading}\n1,a@north.example,Mira,S\u00f6l`, 'latin1'),
    /people\.csv is not UTF-8\. .*"CSV UTF-8/,
  ],
  ['UTF-16', Buffer.from(`\ufeff${heading}`, 'utf16le'), /people\.csv is not UTF-8\. .*"CSV UTF-8/],
  [
    'a file with semicolons',
    `${heading}\n`.replaceAll(',', ';'),
    /people\.csv: its fields are separated by semicolons/,
  ],
] as const)('sync-directory refuses %s', async (_what, content, message) => {
  const path = join(folder, 'people.csv');
  await writeFile(path, content);
  expect(await sync([path])).toEqual({ code: 2, stdout: '', stderr: expect.stringMatching(message) });
});

test('sync-directory leaves alone whom it does not find as planned, and says so', { timeout: 120_000 }, async () => {
  // Of the same directory by now only three others are left.
  const { code, stdout } = await sync(['--approve', hashIn(await sync([]))], workspace);
  expect(code).toBe(1);
  expect(stdout).toMatch(/^1 done, .*4 drifted$/m);
  expect(stdout).toMatch(/^rename +hr-p13twc +drifted +not_found +Look at what is there by now, and plan again\.$/m);
});

test('sync-directory says in a sentence what is wrong with its arguments, and with a stored plan', {
  timeout: 120_000,
}, async () => {
  const planned = await sync([]);
  const hash = hashIn(planned);
  const file = join(plans, `${hash}.json`);
  const text = await readFile(file, 'utf8');
  const sentences: [string, ExampleRun][] = [
    ['nobody.csv cannot be read: file not found.', await sync([join(folder, 'nobody.csv')])],
    ['--approve takes the hash of a plan', await sync(['--approve', 'yes'])],
    [`${'0'.repeat(64)}.json cannot be read: file not found.`, await sync(['--approve', '0'.repeat(64)])],
    ["Unknown option '--aprove'", await sync(['--aprove', hash])],
    ['Name the CSV file', await sync([], workspace)],
  ];
  await writeFile(file, text.replace('"Lead"', '"Boss"'));
  sentences.push(['was changed after it was made', await sync(['--approve', hash])]);
  await writeFile(file, text.slice(0, 200));
  sentences.push(['is not JSON: it was cut', await sync(['--approve', hash])]);
  for (const [sentence, { code, stdout, stderr }] of sentences) {
    expect({ code, stdout }, sentence).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(sentence);
    expect(stderr).not.toMatch(/^\s+at /m);
  }
});
