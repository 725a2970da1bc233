import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { AuditLogClient } from '../../src/audit-logs/client.js';
import { createTestClock } from '../../src/testing/clock.js';
import { createEmulator } from '../../src/testing/create-emulator.js';
import { fault } from '../../src/testing/faults.js';

const event = (id: string, timestamp: string, type = 'AUTH_LOG') => ({ event_id: id, type, timestamp });

test('reads a user, a page and a filtered list with the token it gives', async () => {
  await using emulator = createEmulator();
  const headers = { authorization: `Bearer ${emulator.scim.token}` };
  const get = async (path: string) => {
    const answer = await emulator.fetch(`${emulator.scim.baseUrl}${path}`, { headers });
    const body = (await answer.json()) as { userName: string; Resources: { id: string; userName: string }[] };
    return { status: answer.status, body };
  };
  const page = await get('/Users?startIndex=2&count=3');
  expect(page.status).toBe(200);
  expect(page.body).toMatchObject({ totalResults: 12, startIndex: 2, itemsPerPage: 3 });
  const [first] = page.body.Resources;
  expect((await get(`/Users/${first?.id}`)).body.userName).toBe(first?.userName);
  expect((await get('/Users/nobody')).status).toBe(404);
});

test('refuses a request without its token', async () => {
  await using emulator = createEmulator();
  expect((await emulator.fetch(`${emulator.scim.baseUrl}/Users`)).status).toBe(401);
});

test('serves a log file by a 307 to a URL on another origin that works once', async () => {
  const clock = createTestClock({ start: '2026-11-23T09:00:00Z' });
  await using emulator = createEmulator({ clock, world: 'default' });
  const [workspaceId = ''] = emulator.compliance.workspaceIds;
  emulator.store.logs.append(workspaceId, [event('e1', '2026-11-23T08:31:00Z'), event('e2', '2026-11-23T08:35:00Z')]);
  const headers = { authorization: `Bearer ${emulator.compliance.apiKey}` };
  const logs = `${emulator.compliance.baseUrl}/compliance/workspaces/${workspaceId}/logs`;
  const list = await emulator.fetch(
    `${logs}?event_type=AUTH_LOG&after=2026-11-23T08:30:30Z&before=2026-11-23T08:41:00Z`,
    { headers },
  );
  const { data } = (await list.json()) as { data: { id: string; file_sha256: string; file_size: number }[] };
  const file = data.at(-1);
  const redirect = await emulator.fetch(`${logs}/${file?.id}`, { headers, redirect: 'manual' });
  expect(redirect.status).toBe(307);
  const location = redirect.headers.get('location') ?? '';
  expect(new URL(location).origin).not.toBe(new URL(logs).origin);
  const download = await emulator.fetch(location);
  const bytes = Buffer.from(await download.arrayBuffer());
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(file?.file_sha256);
  expect(bytes.length).toBe(file?.file_size);
  expect((await emulator.fetch(location)).status).toBe(403);
});

test('complains at close about a key that reached the storage host', async () => {
  const clock = createTestClock({ start: '2026-11-23T09:00:00Z' });
  const emulator = createEmulator({ clock });
  const [workspaceId = ''] = emulator.compliance.workspaceIds;
  const id = emulator.store.logs.addFile(workspaceId, {
    eventType: 'AUTH_LOG',
    endTime: '2026-11-23T08:00:00Z',
    events: [],
  });
  const headers = { authorization: `Bearer ${emulator.compliance.apiKey}` };
  const url = `${emulator.compliance.baseUrl}/compliance/workspaces/${workspaceId}/logs/${id}`;
  const redirect = await emulator.fetch(url, { headers, redirect: 'manual' });
  expect((await emulator.fetch(redirect.headers.get('location') ?? '', { headers })).status).toBe(400);
  await expect(emulator.close()).rejects.toMatchObject({ code: 'leaked_credential' });
});

test('follows the redirect as fetch does, without the credential', async () => {
  const clock = createTestClock({ start: '2026-11-23T09:00:00Z' });
  await using emulator = createEmulator({ clock });
  const [workspaceId = ''] = emulator.compliance.workspaceIds;
  const body = '{"event_id":"1"}';
  const id = emulator.store.logs.addFile(workspaceId, { eventType: 'AUTH_LOG', endTime: '2026-11-23T08:00:00Z', body });
  const headers = { authorization: `Bearer ${emulator.compliance.apiKey}` };
  const url = `${emulator.compliance.baseUrl}/compliance/workspaces/${workspaceId}/logs/${id}`;
  expect(await (await emulator.fetch(url, { headers })).text()).toBe(body);
});

test('complains at close about a fault that met nothing', async () => {
  const emulator = createEmulator();
  emulator.faults.add(fault.status(503), { route: 'GET /Groups' });
  await expect(emulator.close()).rejects.toThrow('status 503 on GET /Groups');
});

test('refuses a request to an origin it does not serve, and says so again at close', async () => {
  const emulator = createEmulator();
  await expect(emulator.fetch('https://api.workos.com/scim')).rejects.toMatchObject({ code: 'unhandled_request' });
  await expect(emulator.close()).rejects.toMatchObject({ code: 'unhandled_request' });
});

test('a snapshot brings back what a test has changed', async () => {
  await using emulator = createEmulator();
  const before = emulator.snapshot();
  const [user] = emulator.store.users.list();
  emulator.store.users.delete(user?.id ?? '');
  expect(emulator.store.users.size).toBe(11);
  emulator.restore(before);
  expect(emulator.store.users.get(user?.id ?? '')).toEqual(user);
});

test('takes ids from whoever gives some', async () => {
  let count = 0;
  await using emulator = createEmulator({ world: 'empty', createId: (type) => `${type}-${++count}` });
  expect(emulator.store.users.add({ userName: 'mira' })).toBe('User-1');
  expect(emulator.store.groups.add({ displayName: 'Ops' })).toBe('Group-2');
});

test('a snapshot brings back keys, tokens, workspaces, log files and who is held', async () => {
  const clock = createTestClock();
  await using emulator = createEmulator({ clock });
  const [workspaceId = ''] = emulator.compliance.workspaceIds;
  const before = emulator.snapshot();
  const files = emulator.store.logs.list(workspaceId).length;
  emulator.compliance.keys.revoke(emulator.compliance.apiKey);
  emulator.scim.revokeToken(emulator.scim.token);
  emulator.store.logs.addFile(workspaceId, { eventType: 'AUTH_LOG', endTime: '2026-11-23T08:00:00Z', events: [] });
  emulator.store.workspaces.delete(workspaceId);
  emulator.restore(before);
  const scim = { headers: { authorization: `Bearer ${emulator.scim.token}` } };
  expect((await emulator.fetch(`${emulator.scim.baseUrl}/Users`, scim)).status).toBe(200);
  const compliance = { headers: { authorization: `Bearer ${emulator.compliance.apiKey}` } };
  const users = `${emulator.compliance.baseUrl}/compliance/workspaces/${workspaceId}/users`;
  expect((await emulator.fetch(users, compliance)).status).toBe(200);
  expect(emulator.store.logs.list(workspaceId)).toHaveLength(files);
});

test('with `clientOptions` a second full read waits for nothing, on a clock that stands still', async () => {
  await using emulator = createEmulator({ clock: createTestClock() });
  const { apiKey, baseUrl, workspaceIds } = emulator.compliance;
  const [workspaceId = ''] = workspaceIds;
  for (let minute = 0; minute < 60; minute++) {
    const endTime = `2026-11-23T08:${String(minute).padStart(2, '0')}:00Z`;
    const events = [event(`late-${minute}`, endTime)];
    emulator.store.logs.addFile(workspaceId, { eventType: 'AUTH_LOG', endTime, events });
  }
  const client = new AuditLogClient({ apiKey, baseUrl, workspaceIds: workspaceId, ...emulator.clientOptions });
  const readAll = async () => {
    let count = 0;
    for await (const _event of client.events({ eventTypes: ['AUTH_LOG'] })) count += 1;
    return count;
  };
  const first = await readAll();
  expect(first).toBeGreaterThanOrEqual(60);
  expect(await readAll()).toBe(first);
});
