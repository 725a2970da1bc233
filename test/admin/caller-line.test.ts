import { expect, test } from 'vitest';
import type { AdminClient } from '../../src/admin/client.js';
import { openAdmin } from './support/open-admin.js';

const calls: Readonly<Record<string, (client: AdminClient) => Promise<unknown>>> = {
  'members.list': ({ members }) => members.list(),
  'members.iterate': ({ members }) => members.iterate().toArray(),
  'members.get': ({ members }) => members.get('x'),
  'members.find': ({ members }) => members.find({ email: 'a@b.c' }),
  'members.listGroups': ({ members }) => members.listGroups('x'),
  'members.groups': ({ members }) => members.groups('x').toArray(),
  'invites.list': ({ invites }) => invites.list(),
  'invites.iterate': ({ invites }) => invites.iterate().toArray(),
  'invites.get': ({ invites }) => invites.get('x'),
  'groups.list': ({ groups }) => groups.list(),
  'groups.iterate': ({ groups }) => groups.iterate().toArray(),
  'groups.get': ({ groups }) => groups.get('x'),
  'groups.listMembers': ({ groups }) => groups.listMembers('x'),
  'groups.members': ({ groups }) => groups.members('x').toArray(),
  'serviceAccounts.list': ({ serviceAccounts }) => serviceAccounts.list(),
  'serviceAccounts.iterate': ({ serviceAccounts }) => serviceAccounts.iterate().toArray(),
  'serviceAccounts.get': ({ serviceAccounts }) => serviceAccounts.get('x'),
  'serviceAccounts.listCredentials': ({ serviceAccounts }) => serviceAccounts.listCredentials('x'),
  'serviceAccounts.credentials': ({ serviceAccounts }) => serviceAccounts.credentials('x').toArray(),
  'usageLimits.workspace': ({ usageLimits }) => usageLimits.workspace(),
  'usageLimits.group': ({ usageLimits }) => usageLimits.group('x'),
  'usageLimits.user': ({ usageLimits }) => usageLimits.user('x'),
  'usageLimits.monthlyUsage': ({ usageLimits }) => usageLimits.monthlyUsage('x'),
  'limits.list': ({ usageLimits }) => usageLimits.users.list(),
  'limits.iterate': ({ usageLimits }) => usageLimits.users.iterate().toArray(),
  'usage.list': ({ usage }) => usage.list(),
  'usage.iterate': ({ usage }) => usage.iterate().toArray(),
  'client.get': (client) => client.get('/manage/workspaces/{workspace_id}/x'),
};

const ofClass = (owner: string, object: object) =>
  Object.entries(Object.getOwnPropertyDescriptors(Object.getPrototypeOf(object))).flatMap(([name, { value }]) =>
    typeof value === 'function' && name !== 'constructor' ? [`${owner}.${name}`] : [],
  );

test('every method has a call here', () => {
  const { client } = openAdmin(() => ({}));
  const { members, invites, groups, serviceAccounts, usageLimits, usage } = client;
  const objects = { client, members, invites, groups, serviceAccounts, usageLimits, limits: usageLimits.users, usage };
  const methods = Object.entries(objects).flatMap(([owner, object]) => ofClass(owner, object));
  expect(methods.toSorted()).toEqual(Object.keys(calls).toSorted());
});

test.each(Object.entries(calls))('the stack of a failure leads to its caller: %s', async (_, call) => {
  const { client } = openAdmin(() => new Response(null, { status: 401 }));
  async function callerOfIt() {
    return await call(client);
  }
  const error: unknown = await callerOfIt().catch((failure: unknown) => failure);
  expect(error).toMatchObject({ code: 'unauthorized', stack: expect.stringContaining('callerOfIt') });
});
