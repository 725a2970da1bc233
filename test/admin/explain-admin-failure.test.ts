import { describe, expect, test } from 'vitest';
import type { AdminClient } from '../../src/admin/client.js';
import { permissionOf } from '../../src/admin/explain-admin-failure.js';
import { permissionMissing } from '../../src/errors/remedies/admin.js';
import { rejection } from '../support/open-test-transport.js';
import { openAdmin } from './support/open-admin.js';

/** What is advised where the service answers so. */
async function remedyOf(
  answer: { readonly status: number; readonly message?: string; readonly code?: string; readonly apiKey?: string },
  ask: (client: AdminClient) => Promise<unknown> = (client) => client.members.list(),
): Promise<string> {
  const { status, message = '', code, apiKey = 'sk-admin-1' } = answer;
  const { open } = openAdmin(() => Response.json({ error: { message, code } }, { status }));
  const { remedy } = (await rejection(ask(open({ apiKey })))) as { readonly remedy: string };
  return remedy;
}

const permissions: readonly (readonly [name: string, ask: (client: AdminClient) => Promise<unknown>])[] = [
  ['Users → Read', (client) => client.members.list()],
  ['Users → Read', (client) => client.members.get('user-1')],
  ['Group Management → Read', (client) => client.members.listGroups('user-1')],
  ['Group Management → Read', (client) => client.groups.list()],
  ['Group Management → Read', (client) => client.groups.get('grp-1')],
  ['Group Management → Read', (client) => client.groups.listMembers('grp-1')],
  ['Invitations → Read', (client) => client.invites.list()],
  ['Service accounts → Read', (client) => client.serviceAccounts.get('sa-1')],
  ['Service accounts → Read', (client) => client.serviceAccounts.listCredentials('sa-1')],
  ['Usage limits → Read', (client) => client.usageLimits.workspace()],
  ['Usage limits → Read', (client) => client.usageLimits.groups.list()],
  ['Usage limits → Read', (client) => client.usageLimits.monthlyUsage('user-1')],
  ['Enterprise analytics API → Read', (client) => client.usage.list()],
  ['Codex analytics API → Read', (client) => client.get('/analytics/codex/workspaces/{workspace_id}/usage')],
];

describe('a refusal says', () => {
  test.each(permissions)('the permission to tick, %s, and who may', async (name, ask) => {
    const missing = await remedyOf({ status: 403, message: 'Missing scope.' }, ask);
    expect(missing).toContain(`its permission ${name} is not ticked`);
    expect(missing).toMatch(/creator or an owner of the workspace tick it under admin\.openai\.com → .*Admin keys/);
    // Where the service does not say why, it is one of several.
    const unknown = await remedyOf({ status: 403, message: 'You do not have permission.' }, ask);
    expect(unknown).toMatch(/has expired, .*another workspace, its permission/);
    expect(unknown).toContain(name);
  });

  test('that a key of another kind is none, by what it looks like and by what the service says', async () => {
    const words = /takes Admin keys of a workspace alone.*Create an Admin key in the workspace/;
    expect(await remedyOf({ status: 403, apiKey: 'sk-proj-1' })).toMatch(words);
    expect(await remedyOf({ status: 401, apiKey: 'sk-proj-1' })).toMatch(words);
    expect(await remedyOf({ status: 403, message: 'This is not an Admin API key.' })).toMatch(words);
    // Nothing is said of it but what it is.
    for (const apiKey of ['sk-proj-1', 'sk-svcacct-1']) {
      const remedy = await remedyOf({ status: 401, apiKey });
      expect(remedy).toContain('this is a key of platform.openai.com');
      expect(remedy).not.toMatch(/SCIM|token|expired/);
      expect(await remedyOf({ status: 404, apiKey })).toContain('No Admin API was found for this workspace');
    }
    const ofUser = await remedyOf({ status: 401, apiKey: 'sk-0123' });
    expect(ofUser).toMatch(/does not begin like an Admin key .+ may be a key of a user or a project of platform/);
    const unknown = await remedyOf({ status: 401, apiKey: '0123' });
    expect(unknown).toMatch(/does not begin like an Admin key .+ may be a token of a service account or of a member/);
    expect(await remedyOf({ status: 401 })).toMatch(/has expired, its creator has left.*platform\.openai\.com/);
  });

  test('that the key is of another workspace, or the address not on the list', async () => {
    expect(await remedyOf({ status: 403, message: 'The key does not belong to this workspace.' })).toMatch(
      /opens the one workspace that it was created in/,
    );
    expect(await remedyOf({ status: 403, message: 'Your IP is not allowed.' })).toMatch(/IP allowlist/);
  });

  test('that the plan may not have the Admin API', async () => {
    expect(await remedyOf({ status: 404 })).toMatch(/Enterprise, Edu and Healthcare include the Admin API; Business/);
  });

  test('that one row is not there, and nothing of the API as a whole', async () => {
    const ofOne = await remedyOf({ status: 404 }, (client) => client.groups.get('grp-1'));
    expect(ofOne).toMatch(/^Nothing that this key can see has this `id`: read the list/);
    expect(ofOne).not.toMatch(/Admin API|plan/);
  });

  test('that an address is no id', async () => {
    expect(await remedyOf({ status: 404 }, (client) => client.members.get('ada@north.example'))).toContain(
      '`members.find({ email })`',
    );
  });

  test.each([
    ['what a directory manages', { status: 409, code: 'scim_managed_resource' }, /directory \(SCIM\)/],
    ['what does not fit', { status: 409 }, /Read it again/],
    ['a cursor of another query', { status: 400 }, /`cursor` belongs to the query/],
    ['a query that is none', { status: 422 }, /did not accept the query/],
    ['too many requests', { status: 429 }, /100 a minute/],
    ['an outage', { status: 503 }, /down or overloaded/],
  ])('%s', async (_, answer, words) => {
    expect(await remedyOf(answer)).toMatch(words);
  });

  test('that a web page answered', async () => {
    const { client } = openAdmin(
      () => new Response('<!doctype html><p>Sign in', { status: 403, headers: { 'content-type': 'text/html' } }),
    );
    expect(await rejection(client.members.list())).toMatchObject({
      remedy: expect.stringContaining('A web page answered'),
    });
  });
});

test('of a route that nobody knows no permission is made up', () => {
  expect(permissionOf('/manage/workspaces/{workspace_id}/roles')).toBe('Roles and permissions → Read');
  expect(permissionMissing('Roles and permissions → Read')).toMatch(/needs a key made by an owner/);
  expect(permissionOf('/manage/workspaces/{workspace_id}/others')).toBe('for this route');
});
