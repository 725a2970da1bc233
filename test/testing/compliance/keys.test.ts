import { describe, expect, test } from 'vitest';
import { connect } from '../../../src/connection/connect.js';
import { parseConnectionConfig } from '../../../src/connection/parse-form.js';
import { createTestClock } from '../../../src/testing/clock.js';
import type { ComplianceBehaviour } from '../../../src/testing/compliance/behaviour.js';
import type { NewComplianceKey } from '../../../src/testing/compliance/keys.js';
import { fileContent } from '../../../src/testing/compliance/log-file.js';
import type { WorkspaceUser } from '../../../src/testing/compliance/workspaces.js';
import { createEmulator } from '../../../src/testing/create-emulator.js';
import { askCompliance, logsOf, otherWorkspaceId, workspaceId } from '../support/ask-compliance.js';

const after = '2026-11-01T00:00:00Z';
const dayMs = 86_400_000;

const member = (name: string, role: string): WorkspaceUser => ({
  id: `user-${name}`,
  email: `${name}@north.example`,
  name,
  created_at: 1,
  role,
  status: 'active',
});
const users = [member('owner', 'account-owner'), member('admin', 'account-admin'), member('member', 'standard-user')];

function open(quirks: Partial<ComplianceBehaviour> = {}) {
  const emulator = createEmulator({
    clock: createTestClock(),
    world: 'empty',
    compliance: { quirks, selfAudit: true },
    workspaces: [{ id: workspaceId, name: 'Northwind', users }, { id: otherWorkspaceId }],
  });
  const { keys } = emulator.compliance;
  const create = (key: NewComplianceKey = {}) => keys.create(key);
  const statusOf = async (secret: string, id = workspaceId, type = 'AUTH_LOG') =>
    (await askCompliance(emulator, logsOf({ event_type: type, after }, id), secret)).status;
  return { emulator, keys, create, statusOf };
}

const parseLines = (text: string): unknown[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
const authLog = 'chatgpt.enterprise.compliance_logs_platform.auth_log.read';

describe('an Admin key', () => {
  test('opens its one workspace, and no other', async () => {
    const { create, statusOf } = open();
    const key = create({ workspaceId: otherWorkspaceId });
    expect(key).toMatch(/^sk-admin-/);
    expect([await statusOf(key), await statusOf(key, otherWorkspaceId)]).toEqual([403, 200]);
    expect(await statusOf(create())).toBe(200);
  });

  test('is there for each workspace from the beginning', async () => {
    const { emulator, statusOf } = open();
    const { apiKeys, apiKey, workspaceIds } = emulator.compliance;
    expect(Object.keys(apiKeys)).toEqual([workspaceId, otherWorkspaceId]);
    for (const id of workspaceIds) {
      const opened = await Promise.all(workspaceIds.map((other) => statusOf(String(apiKeys[id]), other)));
      expect(opened).toEqual(workspaceIds.map((other) => (other === id ? 200 : 403)));
      expect(await statusOf(apiKey, id)).toBe(200);
    }
  });

  test('reads what its workspace has on the route of its organization, and no other organization', async () => {
    const { emulator, create } = open();
    const key = create({ scopes: ['chatgpt.enterprise.compliance_logs_platform.costs.read'] });
    emulator.store.workspaces.add({
      id: '9b0d3c11-1c2a-4f7e-8a5d-3e6f9c2b7d41',
      name: 'Far',
      organizationId: 'org-Far',
    });
    const costsOf = async (id: string) =>
      (await askCompliance(emulator, `/organizations/${id}/logs?event_type=COSTS&after=${after}`, key)).status;
    expect([await costsOf(emulator.compliance.organizationId), await costsOf('org-Far')]).toEqual([200, 403]);
  });

  test('can look as if the other workspace did not exist', async () => {
    const { create, statusOf } = open({ otherWorkspaceStatus: 404 });
    expect(await statusOf(create(), otherWorkspaceId)).toBe(404);
  });

  test.each([undefined, 401, 403] as const)('is refused from the day on which it expires: %s', async (status) => {
    const { emulator, keys, create, statusOf } = open(status && { expiredKeyStatus: status });
    const key = create({ expiresInDays: 30 });
    emulator.clock.advance(30 * dayMs - 1);
    expect([await statusOf(key), keys.get(key)?.status]).toEqual([200, 'active']);
    emulator.clock.advance(1);
    expect([await statusOf(key), keys.get(key)?.status]).toEqual([status ?? 401, 'expired']);
  });

  test('is refused once it is revoked, and known no longer', async () => {
    const { keys, create, statusOf } = open();
    const key = create();
    keys.revoke(key);
    expect([await statusOf(key), keys.get(key)]).toEqual([401, undefined]);
    expect(keys.list().map(({ secret }) => secret)).not.toContain(key);
  });

  test('needs a workspace', () => {
    const { keys } = createEmulator({ world: 'empty' }).compliance;
    expect(() => keys.create()).toThrow('An Admin key is for one workspace');
    expect(() => open().create({ workspaceId: 'nobody' })).toThrow('there is no such workspace');
  });
});

describe('the creator of an Admin key', () => {
  const endings: Record<string, (emulator: ReturnType<typeof open>['emulator'], email: string) => void> = {
    'leaves the workspace': ({ store }, email) => store.workspaces.removeUser(workspaceId, email),
    'is deactivated there': ({ store }, email) =>
      store.workspaces.updateUser(workspaceId, email, { status: 'inactive' }),
    'loses the role': ({ store }, email) => store.workspaces.updateUser(workspaceId, email, { role: 'standard-user' }),
    'is deactivated in the directory': ({ store }, email) =>
      store.users.update(String(store.users.getByName(email)?.id), { active: false }),
    'is deleted from the directory': ({ store }, email) => store.users.delete(String(store.users.getByName(email)?.id)),
  };

  test.each(Object.entries(endings))('%s: the key is refused', async (_how, end) => {
    for (const status of [401, 403] as const) {
      const { emulator, keys, create, statusOf } = open({ creatorGoneStatus: status });
      emulator.store.users.add({ userName: 'admin@north.example', active: true });
      const key = create({ creator: 'admin@north.example' });
      expect(keys.get(key)).toMatchObject({ creatorId: 'user-admin', workspaceId, status: 'active' });
      expect(await statusOf(key)).toBe(200);
      end(emulator, 'admin@north.example');
      expect([await statusOf(key), keys.get(key)?.status]).toEqual([status, 'creator_gone']);
    }
  });

  test('keeps the key alive as an admin who was an owner, unless it has what only owners may tick', async () => {
    const { emulator, create, statusOf } = open();
    const [narrow, broad] = [create({ creator: 'user-owner', scopes: [authLog] }), create({ creator: 'user-owner' })];
    emulator.store.workspaces.updateUser(workspaceId, 'user-owner', { role: 'account-admin' });
    expect([await statusOf(narrow), await statusOf(broad)]).toEqual([200, 401]);
  });

  test.each(['member@north.example', 'nobody@north.example'])(
    'is no ordinary member, and no stranger: %s',
    (creator) => {
      expect(() => open().create({ creator })).toThrow('Only an active owner or admin of the workspace');
    },
  );

  test.each([
    'chatgpt.enterprise.compliance_logs_platform.read',
    'chatgpt.enterprise.compliance_export.read',
    'chatgpt.enterprise.compliance_export.delete',
    'chatgpt.enterprise.compliance_logs_platform.conversation_message.read',
    'roles',
  ])('must be an owner to tick %s', (scope) => {
    const { create } = open();
    expect(() => create({ creator: 'user-admin', scopes: [authLog, scope] })).toThrow('only owners may');
    expect(create({ creator: 'user-owner', scopes: [authLog, scope] })).toMatch(/^sk-admin-/);
  });

  test('as an admin gets single logs by default', async () => {
    const { create, statusOf } = open();
    const key = create({ creator: 'user-admin' });
    const types = ['AUTH_LOG', 'AUDIT_LOG', 'APP_LOG', 'CONVERSATION_MESSAGE'];
    expect(await Promise.all(types.map((type) => statusOf(key, workspaceId, type)))).toEqual([200, 200, 200, 403]);
  });
});

test.each([undefined, 401, 403] as const)('a legacy Compliance key waits for OpenAI: %s', async (status) => {
  const { keys, create, statusOf } = open(status && { notEnabledStatus: status });
  const key = create({ keyClass: 'legacy_compliance', enabled: false });
  expect([await statusOf(key), keys.get(key)?.status]).toEqual([status ?? 403, 'not_enabled']);
  keys.enable(key);
  expect([await statusOf(key), await statusOf(key, otherWorkspaceId)]).toEqual([200, 200]);
  expect(() => keys.enable('sk-proj-nobody')).toThrow('no such legacy Compliance key');
});

test.each([
  ['platform_admin', /^sk-admin-/],
  ['project', /^sk-proj-/],
  ['service_account', /^\w{40}$/],
] as const)('a credential of the class %s is refused with 401', async (keyClass, shape) => {
  const { keys, create, statusOf } = open();
  const key = create({ keyClass });
  expect(key).toMatch(shape);
  expect([await statusOf(key), keys.get(key)?.status]).toEqual([401, 'wrong_class']);
});

test('a SCIM token is refused with 401', async () => {
  const { emulator, statusOf } = open();
  expect(await statusOf(emulator.scim.token)).toBe(401);
});

test('what a key was refused leaves no trace in the audit log, and what it read one with its last letters', async () => {
  const { emulator, create, statusOf } = open();
  const [dead, live] = [create({ expiresInDays: 1 }), create()];
  const narrow = create({ scopes: [] });
  emulator.clock.advance(dayMs);
  await statusOf(dead);
  await statusOf(live, otherWorkspaceId);
  await statusOf(narrow);
  await statusOf(live);
  emulator.clock.advance(11 * 60_000);
  const files = emulator.store.logs.list(workspaceId, { eventTypes: new Set(['AUDIT_LOG']) });
  const { body } = await askCompliance(emulator, logsOf({ event_type: 'AUDIT_LOG', after }), live);
  expect([files.length, body.data.length]).toEqual([1, 1]);
  const text = files.map(({ source }) => new TextDecoder().decode(fileContent(source))).join('');
  expect(parseLines(text)).toMatchObject([{ actor: { type: 'API_KEY', redacted_id: `sk-...${live.slice(-4)}` } }]);
});

test('a workspace begins with the keys that it is given', async () => {
  const emulator = createEmulator({
    world: 'empty',
    clock: createTestClock(),
    workspaces: [
      {
        id: workspaceId,
        users,
        keys: [{ creator: 'user-admin', expiresInDays: 7 }, { keyClass: 'legacy_compliance' }],
      },
      { keys: [] },
    ],
  });
  const { keys, apiKeys, workspaceIds } = emulator.compliance;
  expect(workspaceIds).toHaveLength(2);
  expect(Object.keys(apiKeys)).toEqual([workspaceId]);
  expect(keys.get(String(apiKeys[workspaceId]))).toMatchObject({ creatorId: 'user-admin', workspaceId });
  const [, , legacy] = keys.list();
  expect(legacy).toMatchObject({ keyClass: 'legacy_compliance', principalIds: new Set([workspaceId]) });
});

test('keys come back with the world', async () => {
  const { emulator, keys, create } = open();
  const key = create({ expiresInDays: 3 });
  const before = emulator.snapshot();
  keys.revoke(key);
  emulator.restore(before);
  expect(keys.get(key)).toMatchObject({ status: 'active', workspaceId });
});

test.each<[NewComplianceKey, string]>([
  [{ expiresInDays: 366 }, 'at most 365'],
  [{ expiresInDays: 0 }, '1 or more'],
  [{ principalIds: [workspaceId] }, 'A key of the class workspace_admin has no'],
  [{ enabled: false }, 'A key of the class workspace_admin has no'],
  [{ keyClass: 'legacy_compliance', workspaceId }, 'A key of the class legacy_compliance has no'],
  [{ keyClass: 'project', expiresInDays: 3 }, 'A key of the class project has no'],
  [{ keyClass: 'workspace-admin' as never }, '`keyClass` must be'],
])('refuses what no key can be: %o', (key, message) => {
  expect(() => open().create(key)).toThrow(message);
});

test('the form that the emulator fills in takes a key for each workspace, and has none by itself', async () => {
  await using emulator = createEmulator();
  const { apiKeys } = emulator.compliance;
  expect(emulator.connectionConfig()).not.toHaveProperty('complianceApiKeys');
  const form = emulator.connectionConfig({ complianceApiKey: 'sk-proj-0123456789', complianceApiKeys: apiKeys });
  const { auditLogs } = connect(parseConnectionConfig(form, { require: ['compliance'] }), emulator.clientOptions);
  await auditLogs.maxEventTime({ eventTypes: ['AUTH_LOG'] });
  const opened = auditLogs.principals.map(({ id }) => id);
  expect(opened).toEqual(Object.keys(apiKeys));
});
