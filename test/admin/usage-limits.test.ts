import { expect, test } from 'vitest';
import { rejection } from '../support/open-test-transport.js';
import { manage, openAdmin, otherWorkspaceId, workspaceId } from './support/open-admin.js';

const accountOf = (user: string, workspace = workspaceId) => `${user}__${workspace}`;
const ada = { id: 'user-Kp1', account_user_id: accountOf('user-Kp1'), override_monthly_usage_limit: null, later: 1 };

test('the caps of the workspace, a group and a person are read, and what was used', async () => {
  const { client, asked } = openAdmin(({ path }) =>
    path.endsWith('/workspace')
      ? { id: workspaceId, default_user_monthly_usage_limit: null }
      : path.includes('/groups/')
        ? { id: 'grp-9', group_name: 'Lab' }
        : ada,
  );
  const { usageLimits } = client;
  expect(await usageLimits.workspace()).toEqual({ id: workspaceId, default_user_monthly_usage_limit: null });
  expect(await usageLimits.group('grp-9')).toEqual({ id: 'grp-9', group_name: 'Lab' });
  expect(await usageLimits.user('user-Kp1')).toEqual(ada);
  expect(await usageLimits.monthlyUsage('user-Kp1')).toEqual(ada);
  expect(asked.map(({ path }) => path.replace(`${manage}/usage_limits`, ''))).toEqual([
    '/workspace',
    '/groups/grp-9',
    '/users/user-Kp1',
    '/users/user-Kp1/monthly-usage',
  ]);
});

test('each of the three lists is asked where it is, that of people with a part of a name', async () => {
  const { client, asked } = openAdmin(() => ({ data: [ada], cursor: null, has_more: false }));
  const { groups, users, requests } = client.usageLimits;
  expect(await groups.iterate().toArray()).toEqual([ada]);
  expect(await users.iterate({ query: 'ada', limit: 10 }).toArray()).toEqual([ada]);
  expect((await requests.list()).items).toEqual([ada]);
  expect(asked.map(({ path, query }) => [path.replace(`${manage}/usage_limits`, ''), query])).toEqual([
    ['/groups', { limit: '100' }],
    ['/users', { limit: '10', query: 'ada' }],
    ['/requests', { limit: '100' }],
  ]);
});

test('the caps of another workspace are no answer', async () => {
  const { client } = openAdmin(() => ({ id: otherWorkspaceId }));
  expect(await rejection(client.usageLimits.workspace())).toMatchObject({ issues: [{ path: ['id'] }] });
});

test.each([
  ['of another workspace', { ...ada, account_user_id: accountOf('user-Kp1', otherWorkspaceId) }],
  ['of another person', { ...ada, account_user_id: accountOf('user-Kp2') }],
  ['without a person', { ...ada, account_user_id: `__${workspaceId}` }],
])('an account %s is no answer, alone and in a list', async (_, row) => {
  const { client } = openAdmin(({ path }) => (path.endsWith('/users') ? { data: [row], has_more: false } : row));
  const { usageLimits } = client;
  const path = ['account_user_id'];
  expect(await rejection(usageLimits.user('user-Kp1'))).toMatchObject({ issues: [{ path }], retryable: false });
  expect(await rejection(usageLimits.monthlyUsage('user-Kp1'))).toMatchObject({ issues: [{ path }] });
  const listed = await rejection(usageLimits.users.list());
  expect(listed).toMatchObject({ issues: [{ path: ['data', 0, 'account_user_id'] }] });
  expect(JSON.stringify(listed)).not.toMatch(/user-K|__/);
});

test('an id with two underscores in it is one id', async () => {
  const id = 'user-a__b';
  const { client } = openAdmin(() => ({ id, account_user_id: accountOf(id) }));
  expect((await client.usageLimits.user(id)).id).toBe(id);
});

test('a request is the one of its requester, in this workspace', async () => {
  const request = {
    id: 'request-1',
    workspace_id: workspaceId,
    requester_user_id: 'user-Kp1',
    requester_account_user_id: accountOf('user-Kp1'),
    status: 'pending',
  };
  const rows: object[] = [request];
  const { client } = openAdmin(() => ({ data: rows, cursor: null, has_more: false }));
  expect(await client.usageLimits.requests.iterate().toArray()).toEqual([request]);
  const { requester_user_id: _, ...ofNobody } = request;
  for (const row of [
    { ...request, requester_account_user_id: accountOf('user-Kp2') },
    { ...ofNobody, requester_account_user_id: accountOf('') },
    { ...ofNobody, requester_account_user_id: `_${workspaceId}` },
  ]) {
    rows[0] = row;
    expect(await rejection(client.usageLimits.requests.iterate().toArray())).toMatchObject({
      issues: [{ path: ['data', 0, 'requester_account_user_id'] }],
    });
  }
});
