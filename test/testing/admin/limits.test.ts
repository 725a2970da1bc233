import { expect, test } from 'vitest';
import { createTestClock } from '../../../src/testing/clock.js';
import { createEmulator } from '../../../src/testing/create-emulator.js';
import type { EmulatorOptions } from '../../../src/testing/emulator.js';
import { personOf } from '../../../src/testing/people.js';
import { askAdmin, askAllOf } from '../support/ask-admin.js';

function open(options: EmulatorOptions = {}) {
  const emulator = createEmulator({ clock: createTestClock(), ...options });
  const [first = '', second = ''] = emulator.compliance.workspaceIds;
  const { limits } = emulator.store.admin;
  const read = async (number: number) =>
    (await askAdmin(emulator, `/usage_limits/users/${personOf(number).userId}`)).body;
  return { emulator, first, second, limits, read };
}

test('the limit of a member is its own, or else that of a group, or else that of the workspace', async () => {
  const { read } = open();
  expect(await read(3)).toMatchObject({
    override_monthly_usage_limit: [{ type: 'limited', limit: 300 }],
    effective_monthly_usage_limit: { limit: { limit: 300 }, source: { kind: 'individual_override' } },
    inherited_monthly_usage_limit: {
      limit: { type: 'limited', limit: 2000 },
      source: { kind: 'group_default', group_name: 'Engineering' },
    },
  });
  const fromWorkspace = {
    limit: { type: 'limited', limit: 1000 },
    source: { kind: 'workspace_default', seat_type: 'default' },
  };
  expect(await read(8)).toMatchObject({
    override_monthly_usage_limit: null,
    effective_monthly_usage_limit: fromWorkspace,
    inherited_monthly_usage_limit: fromWorkspace,
  });
});

test('unlimited, not limited by itself, and limited by nobody are three states', async () => {
  const { emulator, second, read } = open();
  expect(await read(2)).toMatchObject({
    override_monthly_usage_limit: [{ type: 'unlimited', limit: null }],
    effective_monthly_usage_limit: { limit: { type: 'unlimited', limit: null } },
  });
  const path = `/manage/workspaces/${second}/usage_limits/users/${personOf(0).userId}`;
  expect((await askAdmin(emulator, path, emulator.admin.apiKeys[second])).body).toMatchObject({
    override_monthly_usage_limit: null,
    effective_monthly_usage_limit: null,
    inherited_monthly_usage_limit: null,
  });
});

test('a limit of zero is a limit', async () => {
  const { first, limits, read } = open();
  limits.setWorkspace(first, 0);
  expect((await read(8)).effective_monthly_usage_limit).toMatchObject({ limit: { type: 'limited', limit: 0 } });
  limits.setUser(first, personOf(8).email, 0);
  expect((await read(8)).override_monthly_usage_limit).toEqual([{ type: 'limited', limit: 0 }]);
  limits.setWorkspace(first, undefined);
  limits.setUser(first, personOf(8).email, undefined);
  expect((await read(8)).effective_monthly_usage_limit).toBeNull();
});

test('of several groups the highest limit holds', async () => {
  const { emulator, first, limits, read } = open();
  const everyone = emulator.store.groups.getByName('Everyone');
  limits.setGroup(first, everyone?.id ?? '', 5000);
  expect((await read(0)).effective_monthly_usage_limit).toMatchObject({ limit: { limit: 5000 } });
  const pilot = emulator.store.admin.groups.list(first)[0];
  limits.setGroup(first, pilot?.id ?? '', 'unlimited');
  expect((await read(0)).effective_monthly_usage_limit).toMatchObject({ source: { group_id: pilot?.id } });
});

test('later versions write limits as amounts', async () => {
  const { emulator, read } = open({ admin: { quirks: { limits: 'amounts' } } });
  expect((await read(3)).override_monthly_usage_limit).toEqual([
    { type: 'limited', limit: null, limit_amount: { unit: 'credit', amount: '300' }, limit_expires_at: null },
  ]);
  expect((await askAdmin(emulator, '/usage_limits/workspace')).body.default_user_monthly_usage_limit).toEqual([
    { type: 'limited', limit: null, limit_amount: { unit: 'credit', amount: '1000' }, limit_expires_at: null },
  ]);
});

test('the workspace and each group have a limit, or none', async () => {
  const { emulator, first } = open();
  expect((await askAdmin(emulator, '/usage_limits/workspace')).body).toEqual({
    object: 'workspace.usage_limit',
    id: first,
    default_user_monthly_usage_limit: [{ type: 'limited', limit: 1000 }],
  });
  const rows = await askAllOf(emulator, '/usage_limits/groups', 2);
  expect(rows.map(({ id }) => id)).toEqual(rows.map(({ id }) => id).sort());
  const byName = Object.fromEntries(rows.map((row) => [String(row.group_name), row]));
  expect(byName.Engineering).toMatchObject({ num_members: 6, default_user_monthly_usage_limit: [{ limit: 2000 }] });
  expect(byName.Finance).toMatchObject({ num_members: 3, default_user_monthly_usage_limit: null });
  const { body } = await askAdmin(emulator, `/usage_limits/groups/${byName.Finance?.id}`);
  expect(body).toEqual(byName.Finance);
  expect((await askAdmin(emulator, '/usage_limits/groups/none')).status).toBe(404);
});

test('a search finds more than the one who was meant: a text in the name or the address, whatever the case', async () => {
  const { emulator } = open();
  const found = async (query: string) =>
    (await askAllOf(emulator, `/usage_limits/users?query=${query}`, 3)).map(({ email }) => email);
  expect(await found('NAIR')).toEqual(['jonas.nair@northwind.example']);
  expect((await found('northwind.example')).length).toBe(12);
  expect(await found('nobody')).toEqual([]);
});

test('a row names the account, and has a seat of another kind than the member list', async () => {
  const { emulator, first } = open();
  const rows = await askAllOf(emulator, '/usage_limits/users', 5);
  const members = await askAllOf(emulator, '/users', 5);
  expect(rows.map(({ id }) => id)).toEqual(members.map(({ id }) => id));
  for (const [index, row] of rows.entries()) {
    expect(row.account_user_id).toBe(`${row.id}__${first}`);
    expect(row.seat_type).toBe(members[index]?.seat_type === 'codex' ? 'usage_based' : 'default');
  }
  expect(new Set(rows.map(({ seat_type }) => seat_type))).toEqual(new Set(['default', 'usage_based']));
});

test('wishes for a higher limit are listed with who asks and who decided', async () => {
  const { emulator, first, limits } = open();
  const rows = await askAllOf(emulator, '/usage_limits/requests', 1);
  expect(rows.map(({ status }) => status)).toEqual(['pending', 'denied']);
  expect(rows[0]).toMatchObject({
    workspace_id: first,
    requester_email: personOf(3).email,
    original_monthly_usage_limit: { type: 'limited', limit: 300 },
    recommended_monthly_usage_limit: { type: 'limited', limit: 800 },
    resolved_by_account_user_id: null,
    resolved_at: null,
  });
  expect(rows[1]).toMatchObject({
    resolved_by_account_user_id: `${personOf(0).userId}__${first}`,
    resolved_at: new Date(emulator.clock.now()).toISOString(),
  });
  const before = emulator.snapshot();
  const id = limits.request(first, { user: personOf(5).email, justification: 'Please.' });
  expect((await askAllOf(emulator, '/usage_limits/requests', 10)).at(-1)).toMatchObject({
    id,
    justification: 'Please.',
  });
  limits.setUser(first, personOf(5).email, 7);
  emulator.restore(before);
  expect(await askAllOf(emulator, '/usage_limits/requests', 10)).toHaveLength(2);
  expect(limits.get(first, 'user', personOf(5).userId)).toBeUndefined();
});

test('what cannot be is refused', () => {
  const { first, limits } = open();
  expect(() => limits.setUser(first, 'nobody', 1)).toThrow('no such member');
  expect(() => limits.setWorkspace('nowhere', 1)).toThrow('no such workspace');
  expect(() => limits.setWorkspace(first, -1)).toThrow('`limit` must be');
  expect(() => limits.setWorkspace(first, '5' as never)).toThrow('`limit` must be');
  expect(() => limits.request(first, { user: 'nobody' })).toThrow('no such member');
  expect(() => limits.request(first, { user: personOf(0).email, state: 'x' } as never)).toThrow(
    '`state` is not an option',
  );
  expect(() => limits.request(first, { user: personOf(0).email, status: 'open' as never })).toThrow('`status` must be');
});
