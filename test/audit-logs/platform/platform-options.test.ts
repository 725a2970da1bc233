import { expect, test } from 'vitest';
import { AuditLogClient } from '../../../src/audit-logs/client.js';
import { platformEventNames, platformTenantEventNames } from '../../../src/audit-logs/events/platform-event-types.js';
import type { AuditLogClientOptions } from '../../../src/audit-logs/options.js';
import type { PlatformLogOptions } from '../../../src/audit-logs/platform/options.js';
import { rejection } from '../../support/open-test-transport.js';
import { idsOf, openPlatform } from './support/open-platform.js';

const eventTypes = ['PLATFORM_AUDIT_LOG'] as const;
const workspaceIds = '2f1c7a52-5d0e-4b63-9c1e-0d7a4f6b8e11';

/** Where a client sends what, and with which key. */
async function sentBy(options: Omit<AuditLogClientOptions, 'apiKey'> & { apiKey?: string }): Promise<string[]> {
  const sent: string[] = [];
  const client = new AuditLogClient({
    ...(options as AuditLogClientOptions),
    fetch: async (url, init) => {
      const { host, pathname } = new URL(String(url));
      sent.push(`${host}${pathname} ${new Headers(init?.headers).get('authorization')}`);
      return Response.json({ data: [], has_more: false });
    },
  });
  const types = client.principals.flatMap(({ type }) => (type === 'platform' ? 'PLATFORM_AUDIT_LOG' : 'AUTH_LOG'));
  for await (const _ of client.events({ eventTypes: types }));
  return sent.sort();
}

test.each([
  [undefined, 'api.openai.com'],
  ['global', 'api.openai.com'],
  ['us', 'us.api.openai.com'],
  ['eu', 'eu.api.openai.com'],
  ['ae', 'ae.api.openai.com'],
  ['au', 'au.api.openai.com'],
  ['in', 'in.api.openai.com'],
  ['jp', 'jp.api.openai.com'],
] as const)('data kept in %s is asked for at %s', async (dataResidency, host) => {
  const platform = { id: 'org-1', apiKey: 'sk-admin-p', dataResidency };
  expect(await sentBy({ platform })).toEqual([`${host}/v1/organization/audit_logs Bearer sk-admin-p`]);
});

test('each service gets its own key, and never that of the other', async () => {
  const sent = await sentBy({
    apiKey: 'sk-admin-w',
    workspaceIds,
    platform: { id: 'org-1', apiKey: async () => 'sk-admin-p' },
  });
  expect(sent).toEqual([
    `api.chatgpt.com/v1/compliance/workspaces/${workspaceIds}/logs Bearer sk-admin-w`,
    'api.openai.com/v1/organization/audit_logs Bearer sk-admin-p',
  ]);
});

test.each<[string, { readonly [Name in keyof PlatformLogOptions]?: PlatformLogOptions[Name] | undefined }, RegExp]>([
  ['a SCIM token', { apiKey: 'se_1' }, /SCIM token/],
  ['the key of the workspaces', { apiKey: 'sk-admin-w' }, /same key as `apiKey`/],
  ['no key', { apiKey: '' }, /`platform\.apiKey` is missing/],
  ['the Compliance API', { baseUrl: 'https://api.chatgpt.com/v1' }, /address of the Compliance API/],
  ['a whole address', { baseUrl: 'https://api.openai.com/v1/organization/audit_logs' }, /past the version/],
  ['two hosts', { baseUrl: 'https://proxy.example/v1', dataResidency: 'eu' }, /two hosts/],
  ['a residency there is not', { dataResidency: 'mars' as 'eu' }, /dataResidency/],
  ['no id', { id: undefined }, /`platform\.id` is missing.*organization's id/],
  ['an id with a blank', { id: 'my org' }, /`platform\.id`/],
  ['an address without https', { baseUrl: 'http://proxy.example/v1' }, /`platform\.baseUrl` must use https/],
  ['a key as the id', { id: 'sk-admin-p' }, /^(?!.*sk-admin-p).*`platform\.id` starts like a key/s],
  ['a token as the id', { id: ' se_1' }, /`platform\.id` starts like a key or a token/],
  ['a slip', { includeTennant: true } as object, /includeTenant/],
])('%s is refused before anything is sent', async (_what, platform, message) => {
  const make = async () =>
    new AuditLogClient({
      apiKey: 'sk-admin-w',
      workspaceIds,
      platform: { id: 'org-1', apiKey: 'sk-admin-p', ...platform } as never,
    });
  const error = await rejection(make());
  expect(error).toMatchObject({ name: 'InputError' });
  expect(`${error} ${(error as { remedy?: string }).remedy}`).toMatch(message);
});

test('the key of one of several workspaces is refused too', () => {
  const apiKey = { [workspaceIds]: 'sk-admin-p' };
  expect(() => new AuditLogClient({ apiKey, platform: { id: 'org-1', apiKey: 'sk-admin-p' } })).toThrow(
    /same key as `apiKey`/,
  );
});

test('the base URL of the Compliance API is none of the API Platform, in whatever region', () => {
  for (const host of ['api.openai.com', 'eu.api.openai.com']) {
    const make = () => new AuditLogClient({ apiKey: 'sk-admin-w', workspaceIds, baseUrl: `https://${host}/v1` });
    expect(make).toThrow(/another service/);
  }
});

test('without the platform, or without the tenant, its types are refused, and it takes no others', () => {
  const workspaces = new AuditLogClient({ apiKey: 'sk-admin-w', workspaceIds });
  // @ts-expect-error the client has no platform
  expect(() => workspaces.events({ eventTypes })).toThrow('the client has no `platform`');
  const { client } = openPlatform();
  expect(() => client().events({ eventTypes: ['PLATFORM_TENANT_LOG'] })).toThrow('no `platform.includeTenant`');
  // @ts-expect-error the client has no workspaces
  expect(() => client().events({ eventTypes: ['AUTH_LOG'] })).toThrow('the client has no workspace');
});

test("'all' takes in the platform of a client that has it, and the tenant where it is to be read", async () => {
  const { client } = openPlatform();
  const typesOf = async (includeTenant: boolean) => {
    const events = client({ includeTenant, id: 'org-1' }).events({ eventTypes: 'all' });
    await idsOf(events);
    return events.checkpoint().partitions.map(({ principal, eventType }) => `${principal.id} ${eventType}`);
  };
  expect(await typesOf(false)).toEqual(['org-1 PLATFORM_AUDIT_LOG']);
  expect(await typesOf(true)).toEqual(['org-1 PLATFORM_AUDIT_LOG', 'org-1 PLATFORM_TENANT_LOG']);
});

test('it has no files to list and none to download, and `files()` of all leaves it out', async () => {
  const platform = { id: 'org-1', apiKey: 'sk-admin-p' };
  const alone = new AuditLogClient({ platform });
  const both = new AuditLogClient({
    apiKey: 'sk-admin-w',
    workspaceIds,
    platform,
    fetch: async (url) => {
      expect(String(url)).toContain('api.chatgpt.com');
      return Response.json({ data: [], has_more: false });
    },
  });
  expect(() => alone.files({ eventTypes: 'all' })).toThrow('has no files');
  expect(() => both.files({ eventTypes: ['PLATFORM_AUDIT_LOG'] })).toThrow('has no files');
  expect(await both.files({ eventTypes: 'all' }).toArray()).toEqual([]);
  const file = { id: 'e1', event_type: 'PLATFORM_AUDIT_LOG', end_time: '2026-11-23T09:00:00Z' };
  const principal = { type: 'platform', id: 'org-1' } as const;
  expect(() => both.download({ ...file, principal })).toThrow('has no files');
});

test('a key that a function cannot give fails the platform alone', async () => {
  const { client, write } = openPlatform();
  write(1);
  const apiKey = () => Promise.reject(new Error('The vault is shut.'));
  expect(await rejection(idsOf(client({ apiKey }).events({ eventTypes })))).toMatchObject({
    message: 'The vault is shut.',
  });
});

test('the lists have the names of 61 events of an organization and 88 of a tenant, each once', () => {
  expect([platformEventNames.length, platformTenantEventNames.length]).toEqual([61, 88]);
  expect(new Set([...platformEventNames, ...platformTenantEventNames]).size).toBe(149);
});
