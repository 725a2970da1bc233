import { expect, test } from 'vitest';
import type { CheckReport } from '../../src/index.js';
import { fault } from '../../src/testing/index.js';
import { open, runCommand, serveWorkspace, startCommand } from './support/command.js';

test('a form that is right: the report, and 0; nothing was asked that could write', async () => {
  const { emulator, env } = await serveWorkspace();
  const { code, stdout, stderr } = await runCommand(['check', '--loopback'], { env });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^Everything works \(checked in /);
  expect(stdout).not.toContain('\u001b');
  expect(new Set(emulator.requests.list().map(({ method }) => method))).toEqual(new Set(['GET']));
});

test('takes the form as JSON from standard input, as the emulator prints it, and nothing from the environment', async () => {
  const { form } = await serveWorkspace();
  const settings = { stdin: JSON.stringify(form), env: { CHATGPT_SCIM_TOKEN: 'se_that_is_not_looked_at' } };
  const { code, stdout } = await runCommand(['check', '--config', '-', '--loopback', '--json'], settings);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ verdict: 'ok', findings: [] } satisfies Partial<CheckReport>);
});

test('a wrong token: what to do about it, and 1', async () => {
  const { env } = await serveWorkspace();
  const { code, stdout } = await runCommand(['check', '--loopback'], {
    env: { ...env, CHATGPT_SCIM_TOKEN: 'se_wrong0000000000000000000000000' },
  });
  expect(code).toBe(1);
  expect(stdout).toMatch(/→ /);
  expect(stdout).not.toContain('se_wrong');
});

test('a service that is down: it could not be checked, and 2', async () => {
  const { emulator, env } = await serveWorkspace();
  emulator.faults.add(fault.status(503), { times: Number.POSITIVE_INFINITY });
  const { code, stdout } = await runCommand(['check', '--loopback'], { env });
  expect(code).toBe(2);
  expect(stdout).toMatch(/^Could not be checked/);
});

test('a service that is not reached: what is not known has a question mark, and 2', async () => {
  const { env } = await serveWorkspace();
  const nowhere = 'http://127.0.0.1:1';
  const away = { CHATGPT_SCIM_BASE_URL: `${nowhere}/scim/v2.0/x`, CHATGPT_COMPLIANCE_BASE_URL: `${nowhere}/v1` };
  const { code, stdout } = await runCommand(['check', '--loopback'], { env: { ...env, ...away } });
  expect(code).toBe(2);
  const [lines = ''] = stdout.split('\nFindings');
  expect(lines.match(/^ {2}✗ .*/gm)).toEqual(['  ✗ answers', '  ✗ answers']);
  for (const line of ['accepts the token', 'accepts the key', 'read users: unknown', 'its key opens it', 'AUTH_LOG'])
    expect(lines).toContain(`  ? ${line}`);
});

test('one that is not reached hides nothing that was found at another: 1', async () => {
  const { env } = await serveWorkspace();
  const mixed = {
    CHATGPT_SCIM_TOKEN: 'se_wrong0000000000000000000000000',
    CHATGPT_COMPLIANCE_BASE_URL: 'http://127.0.0.1:1/v1',
  };
  const { code, stdout } = await runCommand(['check', '--loopback'], { env: { ...env, ...mixed } });
  expect(code).toBe(1);
  expect(stdout).toMatch(/^Does not work: something needs attention/);
});

test('warnings end with 1 with --strict, and with 0 without', async () => {
  const { emulator, env } = await serveWorkspace();
  emulator.faults.add(fault.status(403), { route: 'GET /Groups', times: Number.POSITIVE_INFINITY });
  const lax = await runCommand(['check', '--loopback'], { env });
  expect(lax.stdout).toMatch(/^Works, with warnings/);
  const strict = await runCommand(['check', '--loopback', '--strict'], { env });
  expect([lax.code, strict.code]).toEqual([0, 1]);
});

test('an empty environment: which variables are wanted, and 2', async () => {
  const { code, stdout, stderr } = await runCommand(['check']);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('Nothing is filled in.');
});

test('every problem of the form is told with its variable, and no secret', async () => {
  const env = { CHATGPT_SCIM_TOKEN: 'se_0123456789abcdef', CHATGPT_COMPLIANCE_API_KEY: 'sk-admin-0123456789abcdef' };
  const { code, stderr } = await runCommand(['check'], { env });
  expect(code).toBe(2);
  expect(stderr).toContain('CHATGPT_SCIM_BASE_URL: ');
  expect(stderr).toContain('CHATGPT_WORKSPACE_IDS: ');
  expect(stderr).not.toMatch(/0123456789/);
});

test('plain http is refused without --loopback', async () => {
  const { env } = await serveWorkspace();
  const { code, stderr } = await runCommand(['check'], { env });
  expect(code).toBe(2);
  expect(stderr).toMatch(/CHATGPT_SCIM_BASE_URL/);
});

test.each(['', '[]', '{"scimToken": "se_0123456789abcdef"', 'se_0123456789abcdef'])(
  'standard input that is no form is refused, and not repeated: %#',
  async (stdin) => {
    const { code, stderr } = await runCommand(['check', '--config', '-'], { stdin });
    expect(code).toBe(2);
    expect(stderr).toContain('Standard input is not the form as JSON');
    expect(stderr).not.toContain('0123456789');
  },
);

test('standard input that is not UTF-8 is refused: a key would have other letters', async () => {
  const stdin = Buffer.from('{ "scimToken": "se_\u00f60123456789" }', 'latin1');
  const { code, stderr } = await runCommand(['check', '--config', '-'], { stdin });
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: expect.stringContaining('Standard input is not the form as JSON'),
  });
});

test.skipIf(process.platform === 'win32').each(['SIGTERM', 'SIGINT'] as const)(
  'while it waits for standard input, the first %s ends it',
  async (signal) => {
    const { child, ended } = startCommand(['check', '--config', '-'], { stdin: open });
    // It is taken once the command reads: a pipe holds less than this until then.
    await new Promise((done) => child.stdin.write(' '.repeat(900_000), done));
    child.kill(signal);
    expect(await ended).toEqual({ code: 2, stdout: '', stderr: expect.stringContaining(`Stopped by ${signal}.`) });
  },
);
