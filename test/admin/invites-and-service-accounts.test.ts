import { expect, test } from 'vitest';
import { rejection } from '../support/open-test-transport.js';
import { manage, openAdmin, otherWorkspaceId, workspaceId } from './support/open-admin.js';

const invite = { id: 'inv-1', email_address: 'cy@north.example', anything: { at: 'all' } };
const account = { id: 'sa-31', workspace_id: workspaceId, enabled: true, name: 'Backup' };
const credential = { id: 'cred-7', service_account_id: 'sa-31', workspace_id: workspaceId, expires_at: 1785000000 };

test('invitations come as they are sent', async () => {
  const { client, asked } = openAdmin(({ path }) => (path.endsWith('/invites') ? [invite] : invite));
  expect(await client.invites.iterate().toArray()).toEqual([invite]);
  expect(await client.invites.get('inv-1')).toEqual(invite);
  // Nobody has said that it takes a limit.
  expect(asked).toMatchObject([
    { path: `${manage}/invites`, query: {} },
    { path: `${manage}/invites/inv-1`, query: {} },
  ]);
});

test('an invitation is what the service says, and not another one', async () => {
  const { client } = openAdmin(() => invite);
  expect(await rejection(client.invites.get('inv-2'))).toMatchObject({ issues: [{ path: ['id'] }], retryable: false });
});

test('service accounts and what is known of their tokens come as they are sent', async () => {
  const { client, asked } = openAdmin(({ path }) =>
    path.endsWith('/credentials')
      ? { data: [credential], has_more: false }
      : path.endsWith('/service-accounts')
        ? { data: [account] }
        : account,
  );
  expect(await client.serviceAccounts.iterate().toArray()).toEqual([account]);
  expect(await client.serviceAccounts.get('sa-31')).toEqual(account);
  expect(await client.serviceAccounts.credentials('sa-31').toArray()).toEqual([credential]);
  expect((await client.serviceAccounts.listCredentials('sa-31')).items).toEqual([credential]);
  expect(asked.map(({ path }) => path.replace(manage, ''))).toEqual([
    '/service-accounts',
    '/service-accounts/sa-31',
    '/service-accounts/sa-31/credentials',
    '/service-accounts/sa-31/credentials',
  ]);
});

test.each([
  ['another account', { ...credential, service_account_id: 'sa-32' }, 'service_account_id'],
  ['another workspace', { ...credential, workspace_id: otherWorkspaceId }, 'workspace_id'],
])('a credential of %s is no answer', async (_, row, field) => {
  const { client } = openAdmin(() => [row]);
  expect(await rejection(client.serviceAccounts.credentials('sa-31').toArray())).toMatchObject({
    code: 'invalid_response',
    issues: [{ path: ['data', 0, field] }],
  });
});
