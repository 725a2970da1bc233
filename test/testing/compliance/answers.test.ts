import { expect, test } from 'vitest';
import { createTestClock } from '../../../src/testing/clock.js';
import type { NewComplianceKey } from '../../../src/testing/compliance/keys.js';
import type { RateLimits } from '../../../src/testing/compliance/rate-limits.js';
import { createEmulator } from '../../../src/testing/create-emulator.js';
import { askCompliance, logsOf, organizationId, otherWorkspaceId, workspaceId } from '../support/ask-compliance.js';

const world = (rateLimits?: RateLimits | 'documented') => {
  const emulator = createEmulator({ clock: createTestClock(), world: 'empty', compliance: { rateLimits } });
  emulator.store.workspaces.add({ id: workspaceId, name: 'Northwind', organizationId });
  emulator.store.workspaces.add({ id: otherWorkspaceId, name: 'Elsewhere', organizationId: 'org-Elsewhere' });
  return emulator;
};
const after = '2026-11-01T00:00:00Z';
const fine = logsOf({ event_type: 'AUTH_LOG', after });
const organizationLogs = (event_type: string) =>
  `/organizations/${organizationId}/logs?${new URLSearchParams({ event_type, after })}`;

test.each([
  ['no key', ''],
  ['a key nobody made', 'sk-admin-nobody'],
])('answers 401 to %s', async (_case, secret) => {
  await using emulator = world();
  const { status, body } = await askCompliance(emulator, fine, secret);
  expect([status, body.error.code]).toEqual([401, 'invalid_api_key']);
});

test.each<[string, NewComplianceKey, number]>([
  ['the broad scope', { scopes: ['chatgpt.enterprise.compliance_logs_platform.read'] }, 200],
  ['the legacy scope', { keyClass: 'legacy_compliance', scopes: ['chatgpt.enterprise.compliance_export.read'] }, 200],
  ['the scope of the type', { scopes: ['chatgpt.enterprise.compliance_logs_platform.auth_log.read'] }, 200],
  ['the scope of another type', { scopes: ['chatgpt.enterprise.compliance_logs_platform.audit_log.read'] }, 403],
  ['the delete scope alone', { scopes: ['chatgpt.enterprise.compliance_export.delete'] }, 403],
  ['a key of another workspace', { workspaceId: otherWorkspaceId }, 403],
  ['a platform admin key', { keyClass: 'platform_admin' }, 401],
  ['a project key', { keyClass: 'project' }, 401],
])('answers a list with %s', async (_case, key, status) => {
  await using emulator = world();
  expect((await askCompliance(emulator, fine, emulator.compliance.keys.create(key))).status).toBe(status);
});

test('refuses the whole request when one of its types is forbidden', async () => {
  await using emulator = world();
  const key = emulator.compliance.keys.create({
    scopes: ['chatgpt.enterprise.compliance_logs_platform.auth_log.read'],
  });
  expect((await askCompliance(emulator, logsOf({ event_type: 'AUTH_LOG,APP_LOG', after }), key)).status).toBe(403);
});

test('reads the analytics types with the one scope they share', async () => {
  await using emulator = world();
  const key = emulator.compliance.keys.create({
    scopes: ['chatgpt.enterprise.compliance_logs_platform.workspace_analytics.read'],
  });
  expect((await askCompliance(emulator, logsOf({ event_type: 'CHATGPT_USER_ANALYTICS', after }), key)).status).toBe(
    200,
  );
});

test('judges a download by the type of the file', async () => {
  await using emulator = world();
  const id = emulator.store.logs.addFile(workspaceId, {
    eventType: 'APP_LOG',
    endTime: '2026-11-22T00:00:00Z',
    events: [],
  });
  const key = emulator.compliance.keys.create({
    scopes: ['chatgpt.enterprise.compliance_logs_platform.auth_log.read'],
  });
  expect((await askCompliance(emulator, `/workspaces/${workspaceId}/logs/${id}`, key)).status).toBe(403);
  expect((await askCompliance(emulator, `/workspaces/${otherWorkspaceId}/logs/${id}`)).status).toBe(404);
  expect((await askCompliance(emulator, `/workspaces/${workspaceId}/logs/eclf_unknown`)).status).toBe(404);
  expect((await askCompliance(emulator, `/workspaces/${workspaceId}/logs/%24`)).status).toBe(400);
});

test('a revoked key is refused from then on', async () => {
  await using emulator = world();
  emulator.compliance.keys.revoke(emulator.compliance.apiKey);
  expect((await askCompliance(emulator, fine)).status).toBe(401);
});

test('answers 404 to a workspace or an organisation nobody has', async () => {
  await using emulator = world();
  expect((await askCompliance(emulator, logsOf({ event_type: 'AUTH_LOG', after }, 'nobody'))).status).toBe(404);
  expect((await askCompliance(emulator, `/organizations/org-nobody/logs?event_type=COSTS&after=${after}`)).status).toBe(
    404,
  );
});

test.each([
  ['without after', { event_type: 'AUTH_LOG' }, ['query', 'after'], 'missing'],
  ['without event_type', { after }, ['query', 'event_type'], 'missing'],
  ['with limit 0', { event_type: 'AUTH_LOG', after, limit: '0' }, ['query', 'limit'], 'greater_than_equal'],
  ['with limit 101', { event_type: 'AUTH_LOG', after, limit: '101' }, ['query', 'limit'], 'less_than_equal'],
  ['with limit as a word', { event_type: 'AUTH_LOG', after, limit: 'all' }, ['query', 'limit'], 'int_parsing'],
])('answers 422 %s, as FastAPI does', async (_case, query, loc, type) => {
  await using emulator = world();
  const { status, body } = await askCompliance(emulator, logsOf(query as Record<string, string>));
  expect(status).toBe(422);
  expect(body.detail).toMatchObject([{ loc, type }]);
});

test.each([
  ['an unknown type', logsOf({ event_type: 'CONVERSATION_LOG', after }), 'invalid event_type'],
  ['a malformed after', logsOf({ event_type: 'AUTH_LOG', after: 'yesterday' }), 'Invalid timestamp'],
  [
    'an offset whose + was not encoded',
    `/workspaces/${workspaceId}/logs?event_type=AUTH_LOG&after=2026-11-01T00:00:00+01:00`,
    'Invalid timestamp',
  ],
  [
    'a malformed before',
    logsOf({ event_type: 'AUTH_LOG', after, before: '2026-13-01T00:00:00Z' }),
    'Invalid timestamp',
  ],
  [
    'a workspace type on the organisation route',
    organizationLogs('AUTH_LOG'),
    'AUTH_LOG is a workspace-scoped event type. Use /v1/compliance/workspaces/',
  ],
  ['COSTS on the workspace route', logsOf({ event_type: 'COSTS', after }), '/v1/compliance/organizations/'],
])('answers 400 to %s', async (_case, path, text) => {
  await using emulator = world();
  const { status, body } = await askCompliance(emulator, path);
  expect(status).toBe(400);
  expect(body.error.message).toContain(text);
});

test.each([
  '2026-11-01T00:00:00',
  '2026-11-01T00:00:00.123456789Z',
  '2026-11-01T01:00:00+01:00',
  '2026-11-01t00:00:00z',
])('takes %s for after', async (spelling) => {
  await using emulator = world();
  expect((await askCompliance(emulator, logsOf({ event_type: 'AUTH_LOG', after: spelling }))).status).toBe(200);
});

test('takes several types in one parameter or in several', async () => {
  await using emulator = world();
  const path = `/organizations/${organizationId}/logs?event_type=COSTS,APP_LOG&event_type=APP_AUTH_LOG&after=${after}`;
  expect((await askCompliance(emulator, path)).status).toBe(200);
});

test('answers 410 where the list of conversations was', async () => {
  await using emulator = world();
  expect((await askCompliance(emulator, `/workspaces/${workspaceId}/conversations`)).status).toBe(410);
});

test('lists members by id, page by page', async () => {
  await using emulator = world();
  const member = (id: string) => ({
    id,
    email: `${id}@a.example`,
    name: id,
    created_at: 1.5,
    role: 'standard-user',
    status: 'active',
  });
  emulator.store.workspaces.setUsers(workspaceId, ['user-c', 'user-a', 'user-b'].map(member));
  const page = async (query: string) =>
    (await askCompliance(emulator, `/workspaces/${workspaceId}/users?${query}`)).body;
  const first = await page('limit=2');
  expect(first).toMatchObject({ object: 'list', has_more: true, last_id: 'user-b' });
  expect(first.data[0]).toEqual({ object: 'compliance.workspace.user', ...member('user-a') });
  const second = await page(`limit=2&after=${first.last_id}`);
  expect([second.data.length, second.has_more]).toEqual([1, false]);
  const key = emulator.compliance.keys.create({ scopes: ['chatgpt.enterprise.compliance_logs_platform.read'] });
  expect((await askCompliance(emulator, `/workspaces/${workspaceId}/users`, key)).status).toBe(403);
});

test('answers 429 with Retry-After to the 51st download in a minute, and lets it through when the time is over', async () => {
  await using emulator = world('documented');
  const id = emulator.store.logs.addFile(workspaceId, {
    eventType: 'AUTH_LOG',
    endTime: '2026-11-22T00:00:00Z',
    events: [],
  });
  const path = `/workspaces/${workspaceId}/logs/${id}`;
  for (let count = 0; count < 50; count++) expect((await askCompliance(emulator, path)).status).toBe(307);
  const { status, headers } = await askCompliance(emulator, path);
  expect([status, headers.get('retry-after')]).toEqual([429, '60']);
  expect((await askCompliance(emulator, fine)).status).toBe(200);
  emulator.clock.advance(60_000);
  expect((await askCompliance(emulator, path)).status).toBe(307);
});

test('a signed URL expires after five minutes', async () => {
  await using emulator = world();
  const id = emulator.store.logs.addFile(workspaceId, {
    eventType: 'AUTH_LOG',
    endTime: '2026-11-22T00:00:00Z',
    events: [],
  });
  const { headers } = await askCompliance(emulator, `/workspaces/${workspaceId}/logs/${id}`);
  emulator.clock.advance(300_001);
  const answer = await emulator.fetch(headers.get('location') ?? '');
  expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('ExpiredToken')]);
});

test('can leave an audit event for every request, without the key in it', async () => {
  const clock = createTestClock();
  await using emulator = createEmulator({ clock, world: 'empty', compliance: { selfAudit: true } });
  emulator.store.workspaces.add({ id: workspaceId, name: 'Northwind', organizationId });
  const query = logsOf({ event_type: 'AUDIT_LOG', after, limit: '7' });
  expect((await askCompliance(emulator, query)).body.data).toEqual([]);
  clock.advance(11 * 60_000);
  const [file] = (await askCompliance(emulator, query)).body.data;
  const { headers } = await askCompliance(emulator, `/workspaces/${workspaceId}/logs/${file.id}`);
  const text = await (await emulator.fetch(headers.get('location') ?? '')).text();
  expect(JSON.parse(text)).toMatchObject({
    actor: { type: 'API_KEY', redacted_id: expect.stringMatching(/^sk-\.{3}\w{4}$/) },
    action: 'LIST_WORKSPACE_LOG_FILES',
    action_data: { event_type: 'AUDIT_LOG', after, limit: '7' },
  });
  expect(text).not.toContain(emulator.compliance.apiKey);
});
