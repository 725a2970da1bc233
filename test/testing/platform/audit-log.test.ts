import { expect, test } from 'vitest';
import { createTestClock } from '../../../src/testing/clock.js';
import { createEmulator } from '../../../src/testing/create-emulator.js';
import type { EmulatorOptions } from '../../../src/testing/emulator.js';
import { generatePlatformEvents } from '../../../src/testing/events/platform-events.js';
import { fault } from '../../../src/testing/faults.js';
import { askPlatform } from '../support/ask-platform.js';

const nowSeconds = Date.parse('2026-11-23T09:00:00Z') / 1000;

function open(options: EmulatorOptions = {}) {
  const emulator = createEmulator({ clock: createTestClock(), world: 'empty', ...options });
  const log = emulator.store.platform;
  /** Events a second apart, the oldest first. */
  const fill = (count: number) =>
    log.append(
      Array.from({ length: count }, (_none, index) => ({
        type: 'project.created',
        id: `e${index + 1}`,
        effective_at: nowSeconds - count + index,
      })),
    );
  return { emulator, log, fill };
}

test('the newest event comes first, twenty to a page, and the page says where the next one begins', async () => {
  const { emulator, fill } = open();
  fill(25);
  const { status, body, ids } = await askPlatform(emulator);
  expect(status).toBe(200);
  expect([ids.length, ids[0], ids.at(-1)]).toEqual([20, 'e25', 'e6']);
  expect(body).toMatchObject({ object: 'list', first_id: 'e25', last_id: 'e6', has_more: true });
  const rest = await askPlatform(emulator, 'after=e6');
  expect(rest.ids).toEqual(['e5', 'e4', 'e3', 'e2', 'e1']);
  expect(rest.body).toMatchObject({ first_id: 'e5', last_id: 'e1', has_more: false });
  expect((await askPlatform(emulator, 'after=e1')).body).toMatchObject({ data: [], first_id: null, last_id: null });
});

test('the page before an event ends right before it', async () => {
  const { emulator, fill } = open();
  fill(10);
  const { ids, body } = await askPlatform(emulator, 'before=e3&limit=4');
  expect(ids).toEqual(['e7', 'e6', 'e5', 'e4']);
  expect(body.has_more).toBe(true);
  expect((await askPlatform(emulator, 'before=e8&limit=4')).body).toMatchObject({ first_id: 'e10', has_more: false });
});

test.each([
  ['effective_at[gte]=@5&effective_at[lt]=@7', ['e6', 'e5']],
  ['effective_at%5Bgt%5D=@8', ['e10', 'e9']],
  ['effective_at[lte]=@2', ['e2', 'e1']],
  ['effective_at[gte]=@5&after=e6', ['e5']],
])('%s', async (query, expected) => {
  const { emulator, fill } = open();
  fill(10);
  const { ids } = await askPlatform(
    emulator,
    query.replace(/@(\d+)/g, (_at, number) => `${nowSeconds - 11 + Number(number)}`),
  );
  expect(ids).toEqual(expected);
});

const key = { type: 'api_key', api_key: { id: 'key_1', type: 'service_account', service_account: { id: 'svc_1' } } };
const session = { type: 'session', session: { user: { id: 'user-1', email: 'ola@north.example' } } };

test.each([
  ['event_types[]=group.deleted&event_types[]=scim.enabled', ['group', 'scim']],
  ['project_ids[]=proj_1', ['group']],
  ['actor_ids[]=svc_1', ['group']],
  ['actor_ids[]=key_1&actor_ids[]=user-1', ['scim', 'group']],
  ['actor_emails[]=ola@north.example', ['scim']],
  ['resource_ids[]=group_1', ['group']],
  ['resource_ids[]=cert_2', ['certs']],
  ['resource_ids[]=cert_2&project_ids[]=proj_1', []],
  ['event_types=group.deleted', ['certs', 'scim', 'group']],
])('%s finds what it names', async (query, expected) => {
  const { emulator, log } = open();
  log.append([
    { id: 'group', type: 'group.deleted', actor: key, project: { id: 'proj_1' }, 'group.deleted': { id: 'group_1' } },
    { id: 'scim', type: 'scim.enabled', actor: session },
    { id: 'certs', type: 'certificates.activated', 'certificates.activated': { certificates: [{ id: 'cert_2' }] } },
  ]);
  const { ids } = await askPlatform(emulator, query);
  expect([...ids].sort()).toEqual([...expected].sort());
});

test('what belongs to the tenant is shown with `tenant_only`, and nothing else is', async () => {
  const { emulator, log } = open();
  log.append([{ type: 'user.added' }, { type: 'role.bound_to_resource' }, { type: 'tenant.user.added' }]);
  log.append([{ type: 'role.created' }], { tenantScoped: true });
  const typesOf = async (query: string) => (await askPlatform(emulator, query)).body.data.map(({ type }) => type);
  expect(await typesOf('')).toEqual(['user.added']);
  expect(await typesOf('tenant_only=false')).toEqual(['user.added']);
  expect(await typesOf('tenant_only=true')).toEqual(['role.created', 'tenant.user.added', 'role.bound_to_resource']);
  expect(await typesOf('tenant_only=true&event_types[]=tenant.user.added')).toEqual(['tenant.user.added']);
  expect(await typesOf('event_types[]=tenant.user.added')).toEqual([]);
});

test.each([
  ['limit=0', 'limit'],
  ['limit=101', 'limit'],
  ['limit=many', 'limit'],
  ['tenant_only=yes', 'tenant_only'],
  ['effective_at[gte]=2026-11-23T09:00:00Z', 'effective_at[gte]'],
  ['effective_at[since]=1', 'effective_at[since]'],
  ['effective_at=1', 'effective_at'],
  ['event_types[]=user.renamed', 'event_types[]'],
  ['event_types[]=user.added&tenant_only=true', 'event_types[]'],
  ['after=e0', 'after'],
  ['before=e0', 'before'],
])('%s is refused, and the answer says which parameter it is', async (query, param) => {
  const { status, body } = await askPlatform(open().emulator, query);
  expect(status).toBe(400);
  expect(body.error).toEqual({ message: expect.any(String), type: 'invalid_request_error', param, code: null });
});

test('an event of a type that is not documented is listed, and may be asked for', async () => {
  const { emulator, log } = open();
  log.append([{ type: 'invoice.paid', 'invoice.paid': { id: 'in_1' } }]);
  const { body } = await askPlatform(emulator, 'event_types[]=invoice.paid');
  expect(body.data).toMatchObject([{ type: 'invoice.paid', effective_at: nowSeconds, 'invoice.paid': { id: 'in_1' } }]);
});

test('a key of another kind is refused, and so is one that was revoked or may not read the log', async () => {
  const { emulator } = open({ world: 'default' });
  const { keys, apiKey, apiKeys } = emulator.compliance;
  const statusOf = async (secret: string) => (await askPlatform(emulator, '', secret)).status;
  for (const other of [
    apiKey,
    ...Object.values(apiKeys),
    emulator.admin.apiKey,
    keys.create({ keyClass: 'project' }),
  ]) {
    expect(await statusOf(other)).toBe(401);
  }
  expect(await statusOf('sk-admin-nobody')).toBe(401);
  const narrow = await askPlatform(emulator, '', keys.create({ keyClass: 'platform_admin', scopes: [] }));
  expect(narrow.status).toBe(403);
  expect(narrow.body.error.message).toContain('api.audit_logs.read');
  keys.revoke(emulator.platform.apiKey);
  expect(await statusOf(emulator.platform.apiKey)).toBe(401);
});

test('its key is refused by the Compliance and the Admin side', async () => {
  const { emulator } = open({ world: 'default' });
  const [id] = emulator.compliance.workspaceIds;
  const headers = { authorization: `Bearer ${emulator.platform.apiKey}` };
  for (const path of [`compliance/workspaces/${id}/users`, `manage/workspaces/${id}/users`]) {
    expect((await emulator.fetch(`${emulator.compliance.baseUrl}/${path}`, { headers })).status).toBe(401);
  }
});

test('while logging is off nothing is recorded, and the list is empty or refused as the quirk has it', async () => {
  const { emulator, log } = open({ platform: { logging: false } });
  expect(log.append([{ type: 'user.added' }])).toEqual([]);
  expect((await askPlatform(emulator)).body).toMatchObject({ data: [], has_more: false, last_id: null });
  log.enable();
  const [event] = log.append([{ type: 'user.deleted' }]);
  expect((await askPlatform(emulator)).body.data).toEqual([event]);
  log.disable();
  expect(log.isEnabled).toBe(false);
  expect((await askPlatform(emulator)).body.data).toEqual([event]);
  for (const loggingOff of [401, 403] as const) {
    const refusing = open({ platform: { logging: false, quirks: { loggingOff } } });
    expect((await askPlatform(refusing.emulator)).status).toBe(loggingOff);
    refusing.log.enable();
    expect((await askPlatform(refusing.emulator)).status).toBe(200);
  }
});

test('events without a time of their own are a burst within one second, the last one first', async () => {
  const { emulator, log } = open();
  const written = log.append([{ type: 'user.added' }, { type: 'user.updated' }, { type: 'user.deleted' }]);
  expect(new Set(written.map(({ effective_at }) => effective_at))).toEqual(new Set([nowSeconds]));
  expect((await askPlatform(emulator)).ids).toEqual(written.map(({ id }) => id).reverse());
});

test('a late event stands where its time is, unless the list runs by arrival', async () => {
  const late = { id: 'late', type: 'user.added', effective_at: nowSeconds - 2 };
  const place = async (listOrder: 'newest_first' | 'by_arrival' | 'oldest_first') => {
    const { emulator, log, fill } = open({ platform: { quirks: { listOrder } } });
    fill(3);
    log.append([late]);
    return (await askPlatform(emulator)).ids;
  };
  expect(await place('newest_first')).toEqual(['e3', 'late', 'e2', 'e1']);
  expect(await place('by_arrival')).toEqual(['late', 'e3', 'e2', 'e1']);
  expect(await place('oldest_first')).toEqual(['e1', 'e2', 'late', 'e3']);
});

test('where seconds are ordered by id, what comes later may stand behind what was read', async () => {
  const { emulator, log } = open({ platform: { quirks: { listOrder: 'seconds_by_id' } } });
  log.append([
    { id: 'b', type: 'user.added' },
    { id: 'd', type: 'user.added' },
  ]);
  expect((await askPlatform(emulator, 'limit=1')).ids).toEqual(['b']);
  log.append([
    { id: 'a', type: 'user.added' },
    { id: 'c', type: 'user.added' },
  ]);
  expect((await askPlatform(emulator, 'after=b')).ids).toEqual(['c', 'd']);
});

test('pages move while they are read: what comes in between stands above, and is in no later page', async () => {
  const { emulator, log, fill } = open();
  fill(4);
  emulator.faults.add(
    fault.meanwhile('a new event', () => log.append([{ id: 'new', type: 'user.added' }])),
    { route: 'GET /organization/audit_logs', skip: 1 },
  );
  const first = await askPlatform(emulator, 'limit=2');
  const second = await askPlatform(emulator, `limit=2&after=${first.body.last_id}`);
  expect([...first.ids, ...second.ids]).toEqual(['e4', 'e3', 'e2', 'e1']);
  expect((await askPlatform(emulator, 'limit=1')).ids).toEqual(['new']);
});

test('too many requests in a minute are answered 429 until the minute is over', async () => {
  const { emulator } = open({ platform: { requestsPerMinute: 2 } });
  for (const status of [200, 200, 429]) expect((await askPlatform(emulator)).status).toBe(status);
  const { headers } = await askPlatform(emulator);
  expect(headers.get('retry-after')).toBe('60');
  emulator.clock.advance(60_000);
  expect((await askPlatform(emulator)).status).toBe(200);
});

test('faults meet it as they meet the other sides, and its own are told from those of the others', async () => {
  const { emulator, fill } = open();
  fill(6);
  emulator.faults.add(fault.status(503), { service: 'platform' });
  const { status, body } = await askPlatform(emulator);
  expect([status, body.error.type]).toEqual([503, 'server_error']);
  emulator.faults.add(fault.missingCursor(), { route: 'GET /organization/audit_logs' });
  expect((await askPlatform(emulator, 'limit=2')).body).toMatchObject({ last_id: null, has_more: true });
  emulator.faults.add(fault.driftingPage(), { route: 'GET /organization/audit_logs', skip: 1 });
  const first = await askPlatform(emulator, 'limit=2');
  expect((await askPlatform(emulator, `limit=2&after=${first.body.last_id}`)).ids[0]).toBe(first.body.last_id);
  expect(emulator.requests.last).toMatchObject({ service: 'platform', route: 'GET /organization/audit_logs' });
  await emulator.close();
});

test('a world that is brought back has the log that it had, and whether it was on', async () => {
  const { emulator, log, fill } = open();
  fill(2);
  const before = emulator.snapshot();
  log.append([{ id: 'e3', type: 'user.added' }]);
  log.disable();
  emulator.restore(before);
  expect(log.isEnabled).toBe(true);
  expect((await askPlatform(emulator)).ids).toEqual(['e2', 'e1']);
  expect(log.append([{ id: 'e3', type: 'user.added' }])).toHaveLength(1);
});

test('it is served over HTTP too, at one origin with all others', async () => {
  await using emulator = createEmulator({ clock: createTestClock() });
  await using server = await emulator.listen();
  const headers = { authorization: `Bearer ${emulator.platform.apiKey}` };
  const response = await fetch(`${server.platformBaseUrl}/organization/audit_logs?limit=100&tenant_only=true`, {
    headers,
  });
  const { data } = await response.json();
  expect(data).toHaveLength(90);
  expect(emulator.requests.last?.service).toBe('platform');
  const form = server.connectionConfig({ platformApiKey: emulator.platform.apiKey });
  expect(form.platformBaseUrl).toBe(server.platformBaseUrl);
  expect(server.connectionConfig().platformBaseUrl).toBeUndefined();
});

test('refuses what is misspelt, no event, and an id twice', () => {
  const { log, fill } = open();
  fill(1);
  expect(() => createEmulator({ platform: { loging: false } as never })).toThrow('loging');
  expect(() => createEmulator({ platform: { quirks: { loggingOff: 404 as never } } })).toThrow('loggingOff');
  expect(() => log.append([{ effective_at: 1 } as never])).toThrow('`type` must be a text');
  expect(() => log.append([{ type: 'user.added', effective_at: -1 }])).toThrow('effective_at');
  expect(() => log.append([{ type: 'user.added', id: 'e1' }])).toThrow('an event with this ID');
  const [from, to] = ['2026-11-23T08:00:00Z', '2026-11-23T09:00:00Z'];
  log.append(generatePlatformEvents({ from, to }));
  expect(() => log.append(generatePlatformEvents({ from, to }))).toThrow('an event with this ID');
  expect(log.append(generatePlatformEvents({ from, to, seed: 2 }))).toHaveLength(149);
});
