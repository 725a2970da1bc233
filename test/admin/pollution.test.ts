import { expect, test } from 'vitest';
import { openAdmin, otherWorkspaceId } from './support/open-admin.js';

/** A call of every method, and what was asked for meanwhile. */
async function callEverything() {
  const { client, asked } = openAdmin(({ path }) =>
    path.endsWith('/x') || path.endsWith('/workspace') ? { id: 'x' } : { data: [{ id: 'x' }], has_more: false },
  );
  const { members, invites, groups, serviceAccounts: accounts, usageLimits: limits, usage } = client;
  const results = await Promise.allSettled([
    ...[members, invites, groups, accounts, limits.groups, limits.users, limits.requests, usage].flatMap((one) => [
      one.list(),
      one.list({}, {}),
      one.iterate().toArray(),
    ]),
    ...[members, invites, groups, accounts].map((one) => one.get('x')),
    ...[members.groups('x'), groups.members('x'), accounts.credentials('x')].map((one) => one.toArray()),
    ...[limits.workspace(), limits.group('x'), limits.user('x'), limits.monthlyUsage('x')],
    client.get('/manage/workspaces/{workspace_id}/x'),
    client.get('/manage/workspaces/{workspace_id}/{id}', { params: { id: 'x' } }),
  ]);
  return { asked, results };
}

const hostile: Readonly<Record<string, unknown>> = {
  ...{ workspaceId: otherWorkspaceId, workspaceIds: otherWorkspaceId, baseUrl: 'https://evil.example/v1' },
  ...{ cursor: 'evil', maxPages: 0, limit: 1, order: 'desc', group: 'workspace', query: 'evil', email: 'evil@b.c' },
  ...{ startTime: '2026-11-01', endTime: '2026-11-02', params: { id: 'evil' }, personalQuery: ['limit'] },
  ...{ wholeDeadlineMs: 1, deadlineMs: 1, next_page: 'evil', last_id: 'evil', headers: { 'x-evil': '1' } },
};

test.each(Object.keys(hostile))('`%s` on the prototype of all objects is no option of any call', async (name) => {
  const usual = await callEverything();
  Object.defineProperty(Object.prototype, name, { value: hostile[name], configurable: true, writable: true });
  try {
    expect(await callEverything()).toEqual(usual);
  } finally {
    Reflect.deleteProperty(Object.prototype, name);
  }
});
