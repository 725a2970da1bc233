import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readingOnly } from '../../src/admin/guard.js';
import { InputError } from '../../src/errors/input-errors.js';
import { Transport } from '../../src/transport/transport.js';
import { rejection } from '../support/open-test-transport.js';
import { openAdmin, workspaceId } from './support/open-admin.js';

const baseUrl = 'https://api.chatgpt.com/v1';
const guard = readingOnly(baseUrl);
const passes = (method: string, url: string, body?: unknown) => {
  try {
    guard({ method, body } as Parameters<typeof guard>[0], url);
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return false;
  }
};

const readable = [
  `/manage/workspaces/${workspaceId}/users`,
  `/manage/workspaces/${workspaceId}/users/user-1/groups`,
  `/manage/workspaces/${workspaceId}/usage_limits/users/user-1/monthly-usage?x=1`,
  `/analytics/workspaces/${workspaceId}/usage?start_time=1782000000`,
  `/analytics/codex/workspaces/${workspaceId}/usage`,
];

describe('the guard of the Admin API', () => {
  test.each(readable)('lets GET %s through, and no other method', (path) => {
    expect(passes('GET', baseUrl + path)).toBe(true);
    for (const method of ['POST', 'PATCH', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'QUERY', 'get', ''])
      expect(passes(method, baseUrl + path), method).toBe(false);
    expect(passes('GET', baseUrl + path, {})).toBe(false);
  });

  test.each([
    '/manage',
    '/manage/workspaces',
    `/manage/workspaces/${workspaceId}`,
    '/manage/workspaces//users',
    `/manage/workspaces/${workspaceId}/`,
    `/manage/workspaces/${workspaceId}/users/../../../../compliance/workspaces`,
    `/manage/workspaces/${workspaceId}/%2e%2e/%2e%2e/%2e%2e/compliance`,
    `/manage/workspaces/${workspaceId}/users%2Fuser-1`,
    `/manage/workspaces/${workspaceId}/users/%252e%252e`,
    `/manage/workspaces/${workspaceId}/users/a%3Fb`,
    `/manage/workspaces/${workspaceId}/users/a%5Cb`,
    `/manage/workspaces/${workspaceId}/users/a%0Ab`,
    '/manage/tenants/1/users',
    '/analytics',
    '/compliance/workspaces/1/users',
    '/organization/admin_api_keys',
    '/manages/workspaces/1/users',
  ])('stops GET %s', (path) => {
    expect(passes('GET', baseUrl + path)).toBe(false);
  });

  test('goes by the path that will be asked for, below the base URL', () => {
    const path = `/manage/workspaces/${workspaceId}/users`;
    expect(passes('GET', `https://api.chatgpt.com/v2${path}`)).toBe(false);
    expect(passes('GET', `https://api.chatgpt.com${path}`)).toBe(false);
    const below = readingOnly('https://gateway.example/openai/v1//');
    expect(() => below({ method: 'GET', body: undefined }, `https://gateway.example/openai/v1${path}`)).not.toThrow();
    expect(() => below({ method: 'GET', body: undefined }, `https://gateway.example/v1${path}`)).toThrow(InputError);
  });

  test('whatever is sent, no other method leaves, and no path outside of what reads', async () => {
    const sent: { readonly method: string; readonly path: string }[] = [];
    const transport = new Transport({
      service: 'admin',
      baseUrl,
      credential: 'sk-admin-1',
      guard,
      fetch: async (input, init) => {
        const request = new Request(input, init);
        sent.push({ method: request.method, path: new URL(request.url).pathname });
        return Response.json({});
      },
    });
    const part = fc.oneof(
      fc.constantFrom('manage', 'workspaces', 'users', 'analytics', '..', '.', '{id}', '%2e%2e'),
      fc.string(),
    );
    const request = fc.record({
      method: fc.constantFrom('GET', 'GET', 'POST', 'PUT', 'PATCH', 'DELETE') as fc.Arbitrary<'GET'>,
      route: fc.oneof(
        fc.array(part, { maxLength: 6 }).map((parts) => `/${parts.join('/')}`),
        fc.array(part, { maxLength: 4 }).map((parts) => `/manage/workspaces/${['w', ...parts].join('/')}`),
      ),
      params: fc.record({ id: part }),
    });
    await fc.assert(
      fc.asyncProperty(request, async (one) => {
        await transport.send(one).catch((error: unknown) => expect(error).toMatchObject({ code: 'invalid_input' }));
        for (const { method, path } of sent) {
          expect(method).toBe('GET');
          expect(path).toMatch(/^\/v1\/(?:manage\/workspaces\/[^/]+|analytics)\/./);
          expect(path.split('/')).not.toContain('..');
        }
      }),
      { numRuns: 300 },
    );
    // Otherwise nothing was shown.
    expect(sent.length).toBeGreaterThan(0);
  });

  test('no method of a client sends anything but GET', async () => {
    const { client, asked } = openAdmin(() => ({ id: 'x', data: [], has_more: false }));
    const { members, invites, groups, serviceAccounts: accounts, usageLimits: limits, usage } = client;
    await Promise.allSettled([
      ...[members, invites, groups, accounts, limits.groups, limits.users, limits.requests, usage].map((one) =>
        one.list(),
      ),
      ...[members, invites, groups, accounts].map((one) => one.get('x')),
      ...[members.groups('x'), groups.members('x'), accounts.credentials('x')].map((one) => one.toArray()),
      ...[limits.workspace(), limits.group('x'), limits.user('x'), limits.monthlyUsage('x')],
      ...[members.find({ email: 'a@b.c' }), client.get('/manage/workspaces/{workspace_id}/roles')],
    ]);
    expect(asked).toHaveLength(21);
    expect(new Set(asked.map(({ method }) => method))).toEqual(new Set(['GET']));
  });

  test.each(['..', '.', '', 'a/b', 'a\\b', 'a%2fb', 'a?b', 'a#b', ' ', 'a\nb'])('%j is no id', async (id) => {
    const { client, asked } = openAdmin(() => ({}));
    for (const read of [
      () => client.members.get(id),
      () => client.invites.get(id),
      () => client.groups.members(id).toArray(),
      () => client.serviceAccounts.credentials(id).toArray(),
      () => client.usageLimits.monthlyUsage(id),
      () => client.get('/manage/workspaces/{workspace_id}/roles/{id}', { params: { id } }),
    ])
      expect(await rejection((async () => read())())).toMatchObject({ code: 'invalid_input', path: ['id'] });
    expect(asked).toEqual([]);
  });
});
