import { expect, test } from 'vitest';
import { rejection } from '../support/open-test-transport.js';
import { openAdmin, workspaceId } from './support/open-admin.js';

test('a route that has no method is asked for, with its parameters encoded', async () => {
  const { client, asked } = openAdmin(() => ({ anything: [1] }));
  const route = '/manage/workspaces/{workspace_id}/roles/{role_id}/users/{user_id}';
  const answer = await client.get(route, {
    params: { role_id: 'röle', user_id: 'user-1' },
    query: { limit: 5, kind: ['a', 'b'], active: true, nothing: undefined },
  });
  expect(answer).toEqual({ anything: [1] });
  expect(asked).toEqual([
    {
      method: 'GET',
      path: `/v1/manage/workspaces/${workspaceId}/roles/r%C3%B6le/users/user-1`,
      query: { limit: '5', kind: 'b', active: 'true' },
      key: 'sk-admin-1',
    },
  ]);
});

test.each([
  '/analytics/workspaces/{workspace_id}/usage',
  '/analytics/codex/workspaces/{workspace_id}/code_reviews',
] as const)('%s is one of them', async (route) => {
  const { client, asked } = openAdmin(() => ({}));
  await client.get(route);
  expect(asked[0]?.path).toBe(`/v1${route.replace('{workspace_id}', workspaceId)}`);
});

test.each([
  '/compliance/workspaces/{workspace_id}/users',
  '/manage/workspaces/another/users',
  '/manage/workspaces/{workspace_id}',
  '/manage/workspaces/{workspace_id}/',
  '/manage/workspaces/{workspace_id}/../users',
  '/manage/workspaces/{workspace_id}/users?limit=1',
  '/manage/workspaces/{workspace_id}/users#x',
  '/manage/workspaces/{workspace_id}/users/%2e%2e',
  '/manage/workspaces/{workspace_id}/us ers',
  'https://elsewhere.example/manage/workspaces/{workspace_id}/users',
  '',
  undefined,
])('%j is no route', async (route) => {
  const { client, asked } = openAdmin(() => ({}));
  const wrong = route as '/manage/workspaces/{workspace_id}/users';
  expect(await rejection(client.get(wrong))).toMatchObject({ code: 'invalid_input', path: ['route'] });
  expect(asked).toEqual([]);
});

test('a parameter that is missing, or that the route has not, is refused by its name', async () => {
  const { client, asked } = openAdmin(() => ({}));
  const route = '/manage/workspaces/{workspace_id}/users/{user_id}';
  const ask = (params: object) => rejection(client.get(route, { params: params as { user_id: string } }));
  expect(await ask({})).toMatchObject({ code: 'invalid_input', path: ['user_id'] });
  expect(await ask({ user_ids: 'user-1' })).toMatchObject({ path: ['user_ids'], remedy: 'Write `user_id`.' });
  expect(await ask({ user_id: 'user-1', workspace_id: 'w' })).toMatchObject({ path: ['workspaceId'] });
  expect(asked).toEqual([]);
});

test('a value of the query that is no text, number or boolean is refused', async () => {
  const { client } = openAdmin(() => ({}));
  const query = { at: new Date() } as unknown as { at: string };
  expect(await rejection(client.get('/manage/workspaces/{workspace_id}/x', { query }))).toMatchObject({
    path: ['query'],
  });
});

test('any number of routes share one limit, so that nothing grows with them', async () => {
  const { open, clock } = openAdmin(() => ({}));
  const client = open({ rateLimit: { requests: 2, intervalMs: 1_000 } });
  const startMs = clock.now();
  for (const name of ['a', 'b', 'c'] as const) await client.get(`/manage/workspaces/{workspace_id}/${name}`);
  expect(clock.now() - startMs).toBeGreaterThanOrEqual(1_000);
});

test('it fails as every method does', async () => {
  const { client } = openAdmin(() => Response.json({ error: { message: 'Missing scope.' } }, { status: 403 }));
  expect(await rejection(client.get('/manage/workspaces/{workspace_id}/groups'))).toMatchObject({
    code: 'forbidden',
    route: '/manage/workspaces/{workspace_id}/groups',
    remedy: expect.stringContaining('Group Management'),
  });
});

test.each([
  ['URLSearchParams', new URLSearchParams({ limit: '1' })],
  ['a Map', new Map([['limit', 1]])],
  ['a date', new Date(0)],
  ['what inherits its values', Object.create({ limit: 1 })],
  ['a list', [['limit', 1]]],
  ['a number that is none', { limit: Number.NaN }],
  ['an endless number', { limit: Number.POSITIVE_INFINITY }],
])('a query that is %s is refused, where it would ask for everybody', async (_, query) => {
  const { client, asked } = openAdmin(() => ({}));
  const wrong = { query } as unknown as { query: { limit: number } };
  expect(await rejection(client.get('/manage/workspaces/{workspace_id}/users', wrong))).toMatchObject({
    code: 'invalid_input',
    path: ['query'],
  });
  expect(asked).toEqual([]);
});

test('a route that names the workspace a second time is refused: the client fills in its own once', async () => {
  const { client, asked } = openAdmin(() => ({}));
  const route = '/analytics/workspaces/{workspace_id}/users/{workspace_id}';
  for (const params of [{}, { workspace_id: 'w' }]) {
    expect(await rejection(client.get(route, { params }))).toMatchObject({ code: 'invalid_input', path: ['route'] });
  }
  expect(asked).toEqual([]);
});

test('parameters for a route without braces are refused with what to do', async () => {
  const { client } = openAdmin(() => ({}));
  const wrong = { params: { x: '1' } };
  expect(await rejection(client.get('/manage/workspaces/{workspace_id}/users', wrong))).toMatchObject({
    path: ['x'],
    remedy: expect.stringContaining('Leave `params` out'),
  });
});

test.each(['..;', 'a;b', '\uFF0F', '\uFF0E\uFF0E', 'a\uFF3Cb', 'a\uFF03', '\u2100', '\u2026'])(
  '%j is no part of a path, nor what looks like one',
  async (id) => {
    const { client, asked } = openAdmin(() => ({}));
    expect(await rejection(client.members.get(id))).toMatchObject({ code: 'invalid_input', path: ['id'] });
    const route = '/manage/workspaces/{workspace_id}/users/{user_id}';
    expect(await rejection(client.get(route, { params: { user_id: id } }))).toMatchObject({ path: ['user_id'] });
    expect(asked).toEqual([]);
  },
);
