import { expect, test } from 'vitest';
import { rejection } from '../support/open-test-transport.js';
import { manage, openAdmin, otherWorkspaceId, workspaceId } from './support/open-admin.js';

const lab = { id: 'grp-9', workspace_id: workspaceId, name: 'Lab', source: 'dynamic', member_count: 1, later: {} };
const member = { object: 'compliance.workspace.user', id: 'user-1', email: null, status: 'deactivated' };

test('groups are read as they are sent, with what this version does not know', async () => {
  const { client, asked } = openAdmin(() => ({ data: [lab], cursor: null, has_more: false }));
  expect(await client.groups.iterate({ order: 'asc', limit: 20 }).toArray()).toEqual([lab]);
  expect(asked[0]).toMatchObject({ path: `${manage}/groups`, query: { limit: '20', order: 'asc' } });
});

test('one is read by its id, and its members with those who are deactivated', async () => {
  const { client, asked } = openAdmin(({ path }) =>
    path.endsWith('/users') ? { data: [member], cursor: null, has_more: false } : lab,
  );
  expect(await client.groups.get('grp-9')).toEqual(lab);
  expect(await client.groups.members('grp-9').toArray()).toEqual([member]);
  expect((await client.groups.listMembers('grp-9', { limit: 5 })).items).toEqual([member]);
  expect(asked.map(({ path }) => path)).toEqual([
    `${manage}/groups/grp-9`,
    `${manage}/groups/grp-9/users`,
    `${manage}/groups/grp-9/users`,
  ]);
});

test("another workspace's group is nobody's, in a list and alone", async () => {
  const { client, asked } = openAdmin(({ path }) => {
    const group = { ...lab, workspace_id: otherWorkspaceId };
    return path.endsWith('/groups') ? { data: [lab, group], cursor: null, has_more: false } : group;
  });
  const listed = await rejection(client.groups.iterate().toArray());
  expect(listed).toMatchObject({ code: 'invalid_response', issues: [{ path: ['data', 1, 'workspace_id'] }] });
  expect(await rejection(client.groups.get('grp-9'))).toMatchObject({ issues: [{ path: ['workspace_id'] }] });
  // It is the service that says so: asked again, it would say the same.
  expect(asked).toHaveLength(2);
  expect(JSON.stringify(listed)).not.toContain(otherWorkspaceId);
});

test('a workspace id in other letters is the same one', async () => {
  const { client } = openAdmin(() => ({ ...lab, workspace_id: workspaceId.toUpperCase() }));
  expect((await client.groups.get('grp-9')).name).toBe('Lab');
});

test('an order that there is not is refused', async () => {
  const { client, asked } = openAdmin(() => ({}));
  const wrong = { order: 'ascending' } as unknown as { order: 'asc' };
  expect(await rejection(client.groups.list(wrong))).toMatchObject({ code: 'invalid_input', path: ['order'] });
  expect(asked).toEqual([]);
});
