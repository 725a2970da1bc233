import { expect, test } from 'vitest';
import { createEmulator } from '../../src/testing/create-emulator.js';
import { fault } from '../../src/testing/faults.js';

test('serves both services on loopback, under URLs of its own', async () => {
  await using emulator = createEmulator();
  const server = await emulator.listen();
  const config = server.connectionConfig();
  expect(new URL(config.scimBaseUrl).hostname).toBe('127.0.0.1');
  const headers = { authorization: `Bearer ${config.scimToken}` };
  const list = await (await fetch(`${config.scimBaseUrl}/Users?count=1`, { headers })).json();
  const [user] = (list as { Resources: { meta: { location: string } }[] }).Resources;
  const again = await fetch(user?.meta.location ?? '', { headers });
  expect(await again.json()).toEqual(user);
  const created = await fetch(`${config.scimBaseUrl}/Users`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/scim+json' },
    body: JSON.stringify({ userName: 'né@a.example' }),
  });
  expect(created.headers.get('location')).toContain(config.scimBaseUrl);
  expect(((await created.json()) as { userName: string }).userName).toBe('né@a.example');
});

test('serves downloads on a second port, and tells of a key that comes there', async () => {
  const emulator = createEmulator();
  const server = await emulator.listen();
  const [workspaceId = ''] = emulator.compliance.workspaceIds;
  const headers = { authorization: `Bearer ${emulator.compliance.apiKey}` };
  const logs = `${server.complianceBaseUrl}/compliance/workspaces/${workspaceId}/logs`;
  const list = await (await fetch(`${logs}?event_type=AUTH_LOG&after=2020-01-01T00:00:00Z`, { headers })).json();
  const [file] = (list as { data: { id: string; file_size: number }[] }).data;
  const location = (await fetch(`${logs}/${file?.id}`, { headers, redirect: 'manual' })).headers.get('location') ?? '';
  expect(new URL(location).origin).toBe(server.storageOrigin);
  expect(server.storageOrigin).not.toBe(new URL(logs).origin);
  expect((await fetch(location, { headers })).status).toBe(400);
  expect((await (await fetch(location)).arrayBuffer()).byteLength).toBe(file?.file_size);
  await expect(emulator.close()).rejects.toMatchObject({ code: 'leaked_credential' });
});

test('cuts connections as a network does', async () => {
  await using emulator = createEmulator();
  const { scimBaseUrl } = await emulator.listen();
  const ask = () => fetch(`${scimBaseUrl}/Users`, { headers: { authorization: `Bearer ${emulator.scim.token}` } });
  emulator.faults.add(fault.cut('after_commit'));
  await expect(ask()).rejects.toMatchObject({ message: 'fetch failed', cause: { code: 'ECONNRESET' } });
  emulator.faults.add(fault.cut('during_body'));
  const answer = await ask();
  await expect(answer.text()).rejects.toThrow('terminated');
  emulator.faults.add(fault.slowBody({ bytes: 2_000, delayMs: 1 }));
  expect(await (await ask()).json()).toMatchObject({ totalResults: 12 });
});

test('answers 501 to what it has not, and tells of it at close', async () => {
  const emulator = createEmulator();
  const { scimBaseUrl } = await emulator.listen();
  const answer = await fetch(`${new URL(scimBaseUrl).origin}/elsewhere`);
  expect([answer.status, await answer.text()]).toEqual([501, expect.stringContaining('/elsewhere')]);
  await expect(emulator.close()).rejects.toMatchObject({ code: 'unhandled_request' });
});

test('stops listening when the emulator is closed', async () => {
  const emulator = createEmulator();
  const { scimBaseUrl } = await emulator.listen();
  await emulator.close();
  await expect(fetch(scimBaseUrl)).rejects.toThrow('fetch failed');
});
