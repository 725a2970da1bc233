import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { fault } from '../../src/testing/index.js';
import { linesOf, program, runCommand, serveWorkspace, startCommand } from './support/command.js';

test('prints each user of the directory as it was sent, one JSON object a line', async () => {
  const { emulator, env } = await serveWorkspace();
  const run = await runCommand(['users', '--loopback'], { env });
  expect(run).toMatchObject({ code: 0, stderr: '' });
  const ids = emulator.store.users.list().map(({ id }) => id);
  expect(linesOf(run).map(({ id }) => id)).toEqual(ids);
  expect(emulator.requests.list().every(({ method }) => method === 'GET')).toBe(true);
});

test('asks for what --filter and --attributes say', async () => {
  const { env } = await serveWorkspace();
  const words = ['--filter', 'userName eq "mira.sol@northwind.example"', '--attributes', 'userName,active'];
  const [user, ...others] = linesOf(await runCommand(['users', '--loopback', ...words], { env }));
  expect(others).toEqual([]);
  expect(user).toMatchObject({ userName: 'mira.sol@northwind.example', active: true });
  expect(user).not.toHaveProperty('title');
});

test('with --roster prints everybody, with status, role and what to look at', async () => {
  const { emulator, env } = await serveWorkspace();
  const [mira] = emulator.store.users.list();
  emulator.store.users.update(mira?.id ?? '', { active: false });
  const run = await runCommand(['users', '--roster', '--last-activity', '--loopback'], { env });
  expect(run).toMatchObject({ code: 0, stderr: '' });
  expect(linesOf(run).find(({ email }) => email === 'mira.sol@northwind.example')).toMatchObject({
    kind: 'person',
    workspaces: [{ role: 'account-owner' }, {}],
    lastActivity: { eventType: expect.any(String) },
    conflicts: [{ code: 'inactive_but_active_in_workspace' }],
  });
});

test('says with 1 what of the roster could not be read', async () => {
  const { emulator, env } = await serveWorkspace();
  emulator.faults.add(fault.status(403), { route: 'GET /compliance/invites', times: Number.POSITIVE_INFINITY });
  emulator.faults.add(fault.status(403), { route: 'GET /manage/invites', times: Number.POSITIVE_INFINITY });
  const run = await runCommand(['users', '--roster', '--loopback'], { env });
  expect(run.code).toBe(1);
  expect(run.stderr).toBe('Some invitations could not be read: who is in no workspace may be invited.\n');
});

test('a filter that the server does not take: why, and 2', async () => {
  const { emulator, env } = await serveWorkspace();
  emulator.faults.add(fault.status(501), { route: 'GET /Users' });
  const { code, stdout, stderr } = await runCommand(['users', '--filter', 'title eq "Lead"', '--loopback'], { env });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^GET \/Users/);
  expect(stderr).not.toContain('    at ');
});

test('with --debug an error says where it comes from', async () => {
  const { env } = await serveWorkspace();
  const wrong = { ...env, CHATGPT_SCIM_TOKEN: 'se_wrong0000000000000000000000000' };
  const { code, stderr } = await runCommand(['users', '--debug', '--loopback'], { env: wrong });
  expect(code).toBe(2);
  expect(stderr).toContain('    at ');
  expect(stderr).not.toContain('se_wrong');
});

test('a reader that has enough ends it quietly', async () => {
  const { emulator, env } = await serveWorkspace({ scim: { mode: 'rfc' } });
  for (let n = 0; n < 800; n += 1)
    emulator.store.users.add({ userName: `user${n}@north.example`, title: 'x'.repeat(800) });
  const { child, ended } = startCommand(['users', '--loopback'], { env });
  child.stdout.once('data', () => child.stdout.destroy());
  expect(await ended).toMatchObject({ code: 0, stderr: '' });
});

test.skipIf(process.platform === 'win32')('SIGTERM ends it with 2, and a second signal at once', async () => {
  const { emulator, env } = await serveWorkspace();
  const first = startCommand(['users', '--loopback'], { env });
  emulator.faults.add(
    fault.meanwhile('it is stopped', () => first.child.kill('SIGTERM')),
    { route: 'GET /Users' },
  );
  emulator.faults.add(fault.latency(60_000), { route: 'GET /Users' });
  expect(await first.ended).toEqual({ code: 2, stdout: '', stderr: expect.stringMatching(/^Stopped by SIGTERM\./) });
  const second = startCommand(['users', '--loopback'], { env });
  // Both are there before it can look at either.
  const both = () => {
    for (const signal of ['SIGSTOP', 'SIGTERM', 'SIGINT', 'SIGCONT'] as const) second.child.kill(signal);
  };
  emulator.faults.add(fault.meanwhile('it is stopped twice', both), { route: 'GET /Users' });
  emulator.faults.add(fault.latency(60_000), { route: 'GET /Users' });
  expect([130, 143]).toContain((await second.ended).code);
});

// util-linux makes a terminal for a program.
const hasScript = await promisify(execFile)('script', ['--version']).then(
  () => true,
  () => false,
);

test.skipIf(!hasScript)('on a terminal prints a table, with colours only where they are wanted', async () => {
  const { env } = await serveWorkspace();
  const onTerminal = async (words: string, more = {}) => {
    const command = `"${process.execPath}" "${program}" ${words} --loopback`;
    const settings = { env: { PATH: process.env.PATH ?? '', TERM: 'xterm', ...env, ...more } };
    return (await promisify(execFile)('script', ['-qec', command, '/dev/null'], settings)).stdout;
  };
  expect(await onTerminal('users')).toMatch(
    /USER NAME +NAME +ACTIVE[\s\S]*mira\.sol@northwind\.example +Mira Sol +true/,
  );
  expect(await onTerminal('users --json')).toMatch(/^\{"schemas"/m);
  expect(await onTerminal('check')).toContain('\u001b[32m✓');
  expect(await onTerminal('check', { NO_COLOR: '1' })).not.toContain('\u001b[32m');
});

test.skipIf(!hasScript)(
  'on a terminal shows how far it is on one line, and takes it away before the result',
  async () => {
    const { env } = await serveWorkspace();
    const onTerminal = async (words: string) => {
      const command = `"${process.execPath}" "${program}" ${words} --loopback`;
      const settings = { env: { PATH: process.env.PATH ?? '', TERM: 'xterm', ...env } };
      return (await promisify(execFile)('script', ['-qec', command, '/dev/null'], settings)).stdout;
    };
    const cleared = '\r\u001b[2K';
    expect(await onTerminal('check')).toContain(`${cleared}Checking …${cleared}`);
    const [before = '', table = ''] = (await onTerminal('users --roster')).split('E-MAIL ');
    expect(before.split(cleared)).toContainEqual(
      expect.stringMatching(/^\d+ members?, \d+ directory users?, .* listed$/),
    );
    expect(table).toContain(cleared);
    // In a pipe there is none of it.
    expect((await runCommand(['check', '--loopback'], { env })).stderr).toBe('');
  },
);
