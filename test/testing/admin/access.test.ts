import { expect, test } from 'vitest';
import { createTestClock } from '../../../src/testing/clock.js';
import { createEmulator } from '../../../src/testing/create-emulator.js';
import type { EmulatorOptions } from '../../../src/testing/emulator.js';
import { adminRoutes } from '../../../src/testing/routes.js';
import { askAdmin } from '../support/ask-admin.js';
import { askCompliance } from '../support/ask-compliance.js';

function open(options: EmulatorOptions = {}) {
  const emulator = createEmulator({ clock: createTestClock(), ...options });
  const [first = '', second = ''] = emulator.compliance.workspaceIds;
  return { emulator, first, second, keys: emulator.compliance.keys };
}

/** A path of each route that is there in the default world. */
async function pathsOf({ emulator, first }: ReturnType<typeof open>) {
  emulator.store.workspaces.invite(first, 'zoe@north.example');
  emulator.store.users.add({ userName: 'svc-build', active: true, userType: 'ServiceAccount' });
  const idOf = async (path: string) => String((await askAdmin(emulator, path)).body.data[0].id);
  const user = await idOf('/users');
  const group = await idOf('/groups');
  const invite = await idOf('/invites');
  const account = await idOf('/service-accounts');
  const ids = { user, group, invite, account };
  const word: Record<string, string> = { users: ids.user, groups: ids.group, invites: ids.invite };
  return adminRoutes.map((route) => {
    const path = route
      .replace('GET /analytics', `/analytics/workspaces/${first}`)
      .replace('GET /manage', '')
      .replace(/(\w[\w-]*)\/\{id\}/, (_whole, name: string) => `${name}/${word[name] ?? ids.account}`);
    return { route, path };
  });
}

test('every route answers the key of the emulator, and is named in the request log', async () => {
  const world = open();
  for (const { route, path } of await pathsOf(world)) {
    const { status } = await askAdmin(world.emulator, path);
    expect([path, status, world.emulator.requests.last?.route]).toEqual([path, 200, route]);
    expect(world.emulator.requests.last?.service).toBe('admin');
  }
});

const scopes = [
  ['chatgpt.enterprise.user.read', ['/users']],
  ['chatgpt.enterprise.directory.read', ['/groups', '/users/{user}/groups']],
  ['chatgpt.enterprise.service_account.read', ['/service-accounts']],
  ['chatgpt.enterprise.usage_limit.read', ['/usage_limits/users', '/usage_limits/workspace', '/usage_limits/groups']],
  ['enterprise.analytics.usage.read', ['/analytics/workspaces/{first}/usage']],
  ['invitations', ['/invites']],
] as const;

test.each(scopes)('%s opens what is its own, and 403 answers for all others', async (scope, own) => {
  const { emulator, first, keys } = open();
  const [user] = emulator.store.workspaces.users(first);
  const key = keys.create({ scopes: [scope] });
  for (const path of scopes.flatMap(([, paths]) => paths)) {
    const filled = path.replace('{user}', user?.id ?? '').replace('{first}', first);
    const { status, body } = await askAdmin(emulator, filled, key);
    const isOwn = own.some((one) => one === path);
    expect([path, status]).toEqual([path, isOwn ? 200 : 403]);
    if (!isOwn) expect(body.error).toMatchObject({ type: 'invalid_request_error', message: expect.any(String) });
  }
});

test('a key that may read broad compliance and nothing else reads no member here, and the other way round', async () => {
  const { emulator, first, keys } = open();
  const compliance = keys.create({ scopes: ['chatgpt.enterprise.compliance_export.read'] });
  expect((await askAdmin(emulator, '/users', compliance)).status).toBe(403);
  expect((await askCompliance(emulator, `/workspaces/${first}/users`, compliance)).status).toBe(200);
  expect((await askCompliance(emulator, `/workspaces/${first}/users`, emulator.admin.apiKey)).status).toBe(403);
});

test('the Admin key that the Compliance side hands out reads both sides', async () => {
  const { emulator, first } = open();
  const key = emulator.compliance.apiKeys[first] ?? '';
  expect((await askAdmin(emulator, '/users', key)).status).toBe(200);
  expect((await askCompliance(emulator, `/workspaces/${first}/users`, key)).status).toBe(200);
});

test('a key of an admin reads the Admin API, and not what only owners may tick', async () => {
  const { emulator, first, keys } = open();
  const admin = emulator.store.workspaces.users(first).find(({ role }) => role === 'account-admin');
  const key = keys.create({ creator: admin?.id });
  expect((await askAdmin(emulator, '/users', key)).status).toBe(200);
  emulator.store.workspaces.updateUser(first, admin?.id ?? '', { role: 'standard-user' });
  expect((await askAdmin(emulator, '/users', key)).status).toBe(401);
});

test.each([
  ['legacy_compliance', 403],
  ['platform_admin', 401],
  ['project', 401],
  ['service_account', 401],
] as const)('a key of the class %s gets %i, whatever was ticked', async (keyClass, status) => {
  const { emulator, keys } = open();
  const key = keys.create({ keyClass, scopes: ['chatgpt.enterprise.user.read'] });
  const { status: got, body } = await askAdmin(emulator, '/users', key);
  expect(got).toBe(status);
  expect(body.error.message).not.toBe('');
});

test('no key, an unknown one and a revoked one get 401', async () => {
  const { emulator, keys } = open();
  const key = keys.create();
  keys.revoke(key);
  for (const secret of ['', 'sk-admin-unknown', key])
    expect((await askAdmin(emulator, '/users', secret)).status).toBe(401);
});

test.each([401, 403] as const)('an expired key gets %i, as the Compliance side has it', async (expiredKeyStatus) => {
  const { emulator, keys } = open({ compliance: { quirks: { expiredKeyStatus } } });
  const key = keys.create({ expiresInDays: 1 });
  expect((await askAdmin(emulator, '/users', key)).status).toBe(200);
  emulator.clock.advance(86_400_000);
  expect((await askAdmin(emulator, '/users', key)).status).toBe(expiredKeyStatus);
});

test.each([403, 404] as const)('the key of another workspace gets %i', async (otherWorkspaceStatus) => {
  const { emulator, first, second } = open({ compliance: { quirks: { otherWorkspaceStatus } } });
  const path = (id: string) => `/manage/workspaces/${id}/users`;
  const key = emulator.admin.apiKeys[second];
  expect((await askAdmin(emulator, path(first), key)).status).toBe(otherWorkspaceStatus);
  expect((await askAdmin(emulator, path(second), key)).status).toBe(200);
  expect((await askAdmin(emulator, path('2f1c7a52-5d0e-4b63-9c1e-0d7a4f6b8e11'), key)).status).toBe(404);
});

test('a workspace whose plan has no Admin API answers 404, and its Compliance side goes on', async () => {
  const id = '2f1c7a52-5d0e-4b63-9c1e-0d7a4f6b8e11';
  const emulator = createEmulator({ world: 'empty', workspaces: [{ id, hasAdminApi: false }] });
  expect((await askAdmin(emulator, '/users')).status).toBe(404);
  expect((await askAdmin(emulator, `/analytics/workspaces/${id}/usage`)).status).toBe(404);
  expect((await askCompliance(emulator, `/workspaces/${id}/users`)).status).toBe(200);
});

test('in a world that began without a workspace the key of the emulator opens nothing', async () => {
  const id = '2f1c7a52-5d0e-4b63-9c1e-0d7a4f6b8e11';
  const emulator = createEmulator({ world: 'empty' });
  emulator.store.workspaces.add({ id, name: 'Late', organizationId: emulator.compliance.organizationId });
  const path = `/manage/workspaces/${id}/users`;
  expect(emulator.admin.apiKeys).toEqual({});
  expect((await askAdmin(emulator, path)).status).toBe(401);
  expect((await askAdmin(emulator, path, emulator.compliance.keys.create())).status).toBe(200);
});

test.each(['POST', 'PUT', 'PATCH', 'DELETE'])('%s is not served, and told at close', async (method) => {
  const { emulator, first } = open();
  const [user] = emulator.store.workspaces.users(first);
  for (const path of ['/users', `/users/${user?.id}`, '/invites', '/groups', '/usage_limits/workspace']) {
    await expect(askAdmin(emulator, path, undefined, method)).rejects.toThrow('does not serve');
  }
  expect(emulator.store.workspaces.users(first)).toContain(user);
  await expect(emulator.close()).rejects.toThrow('does not serve');
});

test.each([
  '/users/',
  '/groups//users',
  '/usage_limits',
  '/users/a/b',
  '/manage/organizations/x/users',
  '/analytics/codex/workspaces/x/usage',
])('%s is no route', async (path) => {
  const { emulator } = open();
  await expect(askAdmin(emulator, path)).rejects.toThrow('does not serve');
});

test('the same limits hold as on the Compliance side, for each route of its own', async () => {
  const { emulator } = open({ compliance: { rateLimits: { requestsPerMinute: 1 } } });
  expect((await askAdmin(emulator, '/users')).status).toBe(200);
  expect((await askAdmin(emulator, '/groups')).status).toBe(200);
  const { status, headers } = await askAdmin(emulator, '/users');
  expect([status, headers.get('retry-after')]).toEqual([429, '60']);
});

test('what was answered stands in the audit log, under the names that are published', async () => {
  const { emulator, first } = open({ compliance: { selfAudit: true } });
  const audited = async () => {
    emulator.store.logs.flush(first);
    const files = emulator.store.logs.list(first, { eventTypes: new Set(['AUDIT_LOG']) });
    const lines = files.flatMap(({ source }) => (source.kind === 'lines' ? source.lines : []));
    return lines
      .map((line) => JSON.parse(line))
      .filter(({ actor }) => actor.redacted_id?.startsWith('sk-...') === true);
  };
  const before = (await audited()).length;
  const { body } = await askAdmin(emulator, '/groups?limit=1');
  const [group] = body.data;
  await askAdmin(emulator, `/groups/${group.id}/users`);
  await askAdmin(emulator, '/users?limit=2');
  await askAdmin(emulator, '/invites');
  await askAdmin(emulator, '/groups', 'sk-admin-unknown');
  const made = (await audited()).slice(before);
  expect(made.map(({ action, action_data }) => [action, action_data])).toEqual([
    ['LIST_WORKSPACE_DIRECTORY_GROUPS', { workspace_id: first, limit: '1' }],
    ['LIST_WORKSPACE_DIRECTORY_GROUP_USERS', { workspace_id: first, group_id: group.id }],
    ['LIST_WORKSPACE_USERS', { workspace_id: first, limit: '2' }],
  ]);
});

test('the seed makes the keys, and they change nothing else of the world', () => {
  const [one, same, other] = [open(), open(), open({ seed: 2 })];
  expect(one.emulator.admin).toEqual(same.emulator.admin);
  expect(one.emulator.admin.apiKey).not.toBe(other.emulator.admin.apiKey);
  expect(one.emulator.admin.apiKeys[one.first]).toBe(one.emulator.admin.apiKey);
  expect(one.emulator.admin.baseUrl).toBe(one.emulator.compliance.baseUrl);
  expect(one.emulator.admin.workspaceIds).toEqual(one.emulator.compliance.workspaceIds);
});
