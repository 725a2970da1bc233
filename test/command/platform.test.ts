import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { linesOf, ownDirectory, runCommand, serveWorkspace } from './support/command.js';

/** The form of a workspace with the key of the API Platform too, and that of the platform alone. */
async function servePlatform(seed = 1) {
  const { emulator, form: of, server } = await serveWorkspace({ seed });
  const form = server.connectionConfig({ platformApiKey: emulator.platform.apiKey });
  const { platformApiKey, platformOrganizationId, platformBaseUrl } = form;
  const { scimBaseUrl, scimToken } = of;
  const platform = { platformApiKey, platformOrganizationId, platformBaseUrl };
  return { emulator, form, platform, scim: { scimBaseUrl, scimToken } };
}

const run = (words: readonly string[], form: object) =>
  runCommand([...words, '--config', '-', '--loopback'], { stdin: JSON.stringify(form) });

test('two organizations in one store: the events of both are there, of each once', async () => {
  const [north, south] = [await servePlatform(), await servePlatform(7)];
  const path = join(await ownDirectory(), 'two.sqlite');
  const words = ['export', '--to', `sqlite:${path}`, '--types', 'PLATFORM_AUDIT_LOG', '--json'];
  const written: number[] = [];
  for (const { form } of [north, south, north, south]) {
    const { code, stdout } = await run(words, form);
    expect(code).toBe(0);
    written.push(JSON.parse(stdout).counts.written);
  }
  expect(written).toEqual([59, 59, 0, 0]);
  const database = new DatabaseSync(path);
  onTestFinished(() => database.close());
  const rows = database.prepare('SELECT principal AS id, count(*) AS count FROM audit_log_events GROUP BY 1').all();
  expect(rows.map(({ id, count }) => [id, count])).toEqual(
    [north, south].map(({ form }) => [form.platformOrganizationId, 59]).sort(),
  );
});

test('a key without its organization is refused before anything is asked, and says where the id is', async () => {
  const { emulator, platform } = await servePlatform();
  const { platformOrganizationId: _, ...form } = platform;
  const { code, stderr } = await run(['events', '--types', 'PLATFORM_AUDIT_LOG'], form);
  expect(code).toBe(2);
  expect(stderr).toMatch(/platformOrganizationId: .*\n.*settings of the organization on platform\.openai\.com/);
  expect(emulator.requests.list()).toEqual([]);
});

test('the key of the API Platform alone, or beside a directory, is checked and read', async () => {
  const { platform, scim } = await servePlatform();
  for (const form of [platform, { ...scim, ...platform }]) {
    expect(await run(['check'], form)).toMatchObject({ code: 0, stderr: '' });
    const events = await run(['events', '--types', 'PLATFORM_AUDIT_LOG'], form);
    expect(events).toMatchObject({ code: 0, stderr: '' });
    expect(linesOf(events)).toHaveLength(59);
  }
  const to = await ownDirectory();
  const exported = await run(['export', '--to', to, '--types', 'PLATFORM_AUDIT_LOG'], platform);
  expect(exported).toMatchObject({ code: 0, stdout: expect.stringMatching(/^59 events written/) });
});

test('what another key opens is told as missing, and a directory alone has no log', async () => {
  const { platform, scim, form } = await servePlatform();
  const refused = await run(['events', '--types', 'AUTH_LOG,PLATFORM_AUDIT_LOG'], platform);
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('complianceApiKey: ') });
  const { platformApiKey: _, platformOrganizationId: __, platformBaseUrl: ___, ...others } = form;
  const without = await run(['events', '--types', 'AUTH_LOG,PLATFORM_AUDIT_LOG'], others);
  expect(without).toMatchObject({ code: 2, stderr: expect.stringContaining('platformApiKey: ') });
  const none = await run(['events', '--types', 'all'], scim);
  expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining('CHATGPT_COMPLIANCE_API_KEY') });
});

test('`all` says that the log of the tenant is left out; the box of the form, or its name, takes it in', async () => {
  const { platform } = await servePlatform();
  const without = await run(['events', '--types', 'all'], platform);
  expect(without.stderr).toMatch(/^PLATFORM_TENANT_LOG is left out of `all`: set CHATGPT_PLATFORM_INCLUDE_TENANT=true/);
  expect([without.code, linesOf(without).length]).toEqual([0, 59]);
  const all = await run(['events', '--types', 'all'], { ...platform, platformIncludeTenant: true });
  expect([all.code, all.stderr, linesOf(all).length]).toEqual([0, '', 149]);
  const named = await run(['events', '--types', 'PLATFORM_TENANT_LOG'], platform);
  expect([named.code, named.stderr, linesOf(named).length]).toEqual([0, '', 90]);
  expect(await run(['events', '--types', 'PLATFORM_AUDIT_LOG'], platform)).toMatchObject({ stderr: '' });
});
