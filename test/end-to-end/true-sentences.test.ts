import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { connect, formatCheckReport, isSdkError, parseConnectionConfig, type SdkError } from 'chatgpt-enterprise-sdk';
import { ScimClient } from 'chatgpt-enterprise-sdk/scim';
import { createEmulator } from 'chatgpt-enterprise-sdk/testing';
import { expect, test } from 'vitest';
import { createFakeClock } from '../support/fake-clock.js';
import { rejection } from '../support/open-test-transport.js';

// Sentences that were once printed and were not true. Each stands here so that it does not come back.

const root = resolve(import.meta.dirname, '../..');
const both = { provisioning: true, deprovisioning: true };

const logs = 'chatgpt.enterprise.compliance_logs_platform.read';
const byCompliance = 'compliance_export.read';

test.each([[[logs]], [['chatgpt.enterprise.group.read']], [[logs, 'chatgpt.enterprise.invite.read']]])(
  'a roster that is refused asks for no scope that the key has: %s',
  async (scopes) => {
    await using emulator = createEmulator();
    const [workspaceId = ''] = emulator.compliance.workspaceIds;
    const key = emulator.compliance.keys.create({ workspaceId, scopes: scopes as never });
    const form = emulator.connectionConfig({ complianceApiKeys: { [workspaceId]: key }, workspaceIds: workspaceId });
    const connection = connect(parseConnectionConfig(form, { require: ['compliance'] }), emulator.clientOptions);
    const error = await rejection(
      (async () => {
        for await (const _person of connection.roster());
      })(),
    );
    expect(isSdkError(error)).toBe(true);
    const { message, remedy = '' } = error as SdkError;
    // Either of the two lists of people would do, and nothing else.
    expect(remedy).toMatch(/Users → Read/);
    expect(remedy).toContain(byCompliance);
    // A list of people is what was asked for: no other checkbox is what is missing.
    for (const scope of scopes) expect(`${message} ${remedy}`).not.toContain(scope);
    expect(remedy).not.toMatch(/Compliance Logs|logs_platform/);
  },
);

test('a key of another workspace is not said to be of another organization', async () => {
  await using emulator = createEmulator();
  const [first = '', second = ''] = emulator.compliance.workspaceIds;
  const key = emulator.compliance.apiKeys[first] ?? '';
  const form = emulator.connectionConfig({ complianceApiKeys: { [second]: key }, workspaceIds: second });
  const connection = connect(parseConnectionConfig(form, { require: ['compliance'] }), emulator.clientOptions);
  const { findings } = await connection.check();
  const text = findings.map(({ message, remedy }) => `${message} ${remedy}`).join('\n');
  expect(findings.some(({ severity }) => severity === 'error')).toBe(true);
  expect(text).toMatch(/another workspace|the key was made for another one/);
  expect(text).not.toMatch(/(?<!another workspace, or for )another organization/);
});

test('a report does not say that all is well while nobody knows whether the ticked boxes hold', async () => {
  await using emulator = createEmulator();
  const config = parseConnectionConfig(emulator.connectionConfig(both), { require: ['scim'] });
  const report = await connect(config, emulator.clientOptions).check();
  expect(report.permissions.filter(({ verdict }) => verdict === 'unknown')).toHaveLength(2);
  const [headline] = formatCheckReport({ ...report, verdict: 'ok', findings: [] }).split('\n');
  expect(headline).toMatch(/^Everything that was tried works/);
  expect(formatCheckReport(report)).not.toMatch(/all is well|everything works/i);
});

test('that somebody may be changed does not prove that somebody may be deprovisioned', async () => {
  await using emulator = createEmulator();
  const config = parseConnectionConfig(emulator.connectionConfig(both), { require: ['scim'] });
  const connection = connect(config, emulator.clientOptions);
  const [user] = (await connection.scim.users.list()).items;
  const report = await connection.check({ probeUser: user?.userName ?? '' });
  expect(emulator.requests.list().some(({ method }) => method === 'PATCH')).toBe(true);
  expect(report.permissions.find(({ permission }) => permission === 'deprovisioning')?.verdict).toBe('unknown');
});

test('no page calls a checkpoint small, and one says how large it is', () => {
  const pages = globSync(['README.md', 'docs/**/*.md', 'src/audit-logs/**/*.ts', 'examples/**/*.ts'], { cwd: root });
  const texts = pages
    .filter((page) => !page.startsWith('docs/api'))
    .map((page) => readFileSync(join(root, page), 'utf8').replaceAll(/\s*\n[ */]*/g, ' '));
  for (const text of texts) expect(text).not.toMatch(/checkpoint is (a )?(small|tiny|little)|small JSON/i);
  expect(texts.join(' ')).toMatch(/the checkpoint carries the last 10,000 ids of each type, about 110 KB/);
});

test('a call that only found the client’s own queue full is not told to come back later', async () => {
  await using emulator = createEmulator();
  const { baseUrl, token } = emulator.scim;
  const rateLimit = { requests: 1, intervalMs: 60_000, maxQueued: 1 };
  const { fetch, clock } = emulator;
  const client = new ScimClient({ baseUrl, token, fetch, clock, rateLimit });
  const ended = new AbortController();
  const { signal } = ended;
  const calls = Array.from({ length: 4 }, () => client.users.list({}, { signal }).catch((error: unknown) => error));
  const full = (await Promise.race(calls.slice(2))) as SdkError;
  ended.abort();
  await Promise.all(calls);
  expect(full.code).toBe('queue_full');
  expect(`${full.message} ${full.remedy}`).not.toMatch(/try again later|firewall/i);
  expect(full.remedy).toMatch(/maxQueued/);
});

test('the page of errors says of a timeout when the wait in the client’s own queue counts, and when not', async () => {
  await using emulator = createEmulator();
  const { baseUrl, token } = emulator.scim;
  const clock = createFakeClock(Date.now(), { autoAdvance: true });
  const fetch: typeof globalThis.fetch = async (...request) => {
    await clock.advance(5);
    return emulator.fetch(...request);
  };
  const limits = { rateLimit: { requests: 1, intervalMs: 600_000 }, timeoutMs: 1_000, deadlineMs: 1_000 };
  const client = new ScimClient({ baseUrl, token, fetch, clock, access: { provisioning: true }, ...limits });
  // The second one waits ten minutes for its turn.
  await client.users.list();
  await client.users.list();
  const [user] = emulator.store.users.list();
  const change = client.users.patch(user?.id ?? '', [{ op: 'replace', path: 'title', value: 'Lead' }], {
    verify: true,
  });
  expect(await rejection(change)).toMatchObject({ code: 'timeout' });
  const guide = readFileSync(join(root, 'docs/guides/what-an-error-means.md'), 'utf8');
  const row = guide.split('\n').find((line) => line.startsWith('| `timeout` '));
  expect(row).toContain(
    'counts for neither; of a call of several requests, such as a write with `verify`, it counts for',
  );
});

test('the guide says which filters are answered with 501, and those that it names are not', async () => {
  const guide = readFileSync(join(root, 'docs/guides/scim.md'), 'utf8').replaceAll('\n', ' ');
  const [, named = ''] = /\*\*What WorkOS takes\.\*\*(.*?)are what its own programs/.exec(guide) ?? [];
  const filters = [...named.matchAll(/`(\w+) eq`/g)].map(([, attribute]) => attribute);
  expect(filters).toEqual(['userName', 'displayName']);
  expect(guide).toMatch(/any other may be refused as not supported \(`not_implemented`, status 501\)/);
  await using emulator = createEmulator();
  const { baseUrl, token } = emulator.scim;
  const client = new ScimClient({ baseUrl, token, ...emulator.clientOptions });
  await client.users.list({ filter: 'userName eq "nobody@northwind.example"' });
  await client.groups.list({ filter: 'displayName eq "Nobody"' });
  expect(await rejection(client.users.list({ filter: 'title eq "Nobody"' }))).toMatchObject({
    code: 'not_implemented',
    status: 501,
  });
});
