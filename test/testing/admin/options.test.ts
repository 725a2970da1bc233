import { expect, test } from 'vitest';
import { createEmulator } from '../../../src/testing/create-emulator.js';
import { askAdmin } from '../support/ask-admin.js';

test.each([
  [{ admin: { quirk: {} } }, '`quirk` is not an option of createEmulator({ admin })'],
  [{ admin: { quirks: { staleMembers: 1 } } }, '`staleMembers` is not an option'],
  [{ admin: { quirks: { staleMembersMs: -1 } } }, '`staleMembersMs` must be'],
  [{ admin: { quirks: { unpublishedPaging: 'page' } } }, '`unpublishedPaging` must be "cursor" or "after"'],
  [{ admin: { quirks: { limits: 'usd' } } }, '`limits` must be "credits" or "amounts"'],
  [{ workspaces: [{ hasAdminApi: 'no' }] }, '`hasAdminApi` must be true or false'],
])('%j is refused', (options, message) => {
  expect(() => createEmulator(options as never)).toThrow(message);
});

test('a misspelt seat is refused, and any value of one is taken', () => {
  const emulator = createEmulator();
  const [first = ''] = emulator.compliance.workspaceIds;
  const [user] = emulator.store.workspaces.users(first);
  expect(() => emulator.store.workspaces.updateUser(first, user?.id ?? '', { seat_type: 'codex' } as never)).toThrow(
    'seat',
  );
  expect(emulator.store.workspaces.updateUser(first, user?.id ?? '', { seatType: 'new' }).seatType).toBe('new');
});

test('a form has no Admin key: it knows of none', () => {
  expect(Object.keys(createEmulator().connectionConfig())).not.toContain('adminApiKey');
});

test('it is served on 127.0.0.1 as well, and a write is answered with 501', async () => {
  const emulator = createEmulator();
  const [first] = emulator.compliance.workspaceIds;
  await using server = await emulator.listen();
  const url = `${server.complianceBaseUrl}/manage/workspaces/${first}/users?limit=3`;
  const headers = { authorization: `Bearer ${emulator.admin.apiKey}` };
  const { body } = await askAdmin(emulator, '/users?limit=3');
  expect(await (await fetch(url, { headers })).json()).toEqual(body);
  expect((await fetch(url, { method: 'POST', headers, body: '{}' })).status).toBe(501);
});
