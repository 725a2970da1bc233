import { expect, test } from 'vitest';
import { rejection } from '../support/open-test-transport.js';
import { openAdmin, otherWorkspaceId, workspaceId } from './support/open-admin.js';

const day = Date.UTC(2026, 10, 1) / 1_000;
const row = (user_id: string, start_time = day) => ({ start_time, user_id, totals: { credits: 3.2 }, clients: [] });

test('days are asked for as Unix seconds at midnight UTC, whatever they are given as', async () => {
  const { client, asked } = openAdmin(() => ({ object: 'page', data: [], has_more: false, next_page: null }));
  const ways = [
    { startTime: '2026-11-01', endTime: '2026-11-03' },
    { startTime: new Date('2026-11-01'), endTime: new Date('2026-11-03') },
    { startTime: '2026-11-01T00:00:00Z', endTime: '2026-11-03T02:00:00+02:00' },
  ];
  for (const way of ways) await client.usage.list({ ...way, limit: 10 });
  const query = { start_time: '1793491200', end_time: '1793664000', limit: '10' };
  expect(asked.map((one) => one.query)).toEqual([query, query, query]);
  expect(asked[0]?.path).toBe(`/v1/analytics/workspaces/${workspaceId}/usage`);
});

test.each([
  ['startTime', '2026-11-01T12:00:00Z'],
  ['startTime', new Date(1)],
  ['endTime', new Date(Number.NaN)],
  ['endTime', 'yesterday'],
  ['endTime', 1793491200],
])('%s: %j is no day', async (name, value) => {
  const { client, asked } = openAdmin(() => ({}));
  expect(await rejection(client.usage.list({ [name]: value }))).toMatchObject({ code: 'invalid_input', path: [name] });
  expect(asked).toEqual([]);
});

test('an end that is not after the start is refused: the day is not included', async () => {
  const { client } = openAdmin(() => ({}));
  const wrong = { startTime: '2026-11-01', endTime: '2026-11-01' };
  expect(await rejection(client.usage.list(wrong))).toMatchObject({ path: ['endTime'] });
});

test('pages are followed with the same query, and rows keep what they do not say', async () => {
  const { client, asked } = openAdmin(({ query }) =>
    query.page === undefined
      ? { object: 'page', data: [row('user-1')], has_more: true, next_page: 'p2' }
      : { object: 'page', data: [row('user-2')], has_more: false, next_page: null },
  );
  const rows = await client.usage.iterate({ startTime: '2026-11-01' }).toArray();
  expect(rows).toEqual([row('user-1'), row('user-2')]);
  expect(rows[0]?.totals?.cost_usd).toBeUndefined();
  expect(asked.map(({ query }) => query)).toEqual([
    { start_time: `${day}`, limit: '1000' },
    { start_time: `${day}`, limit: '1000', page: 'p2' },
  ]);
});

test('of a person a day comes once, and of everybody a day', async () => {
  const twice = [row('user-1'), row('user-2'), row('user-1')];
  const { client } = openAdmin(({ query }) => ({
    data: query.group === 'workspace' ? [{ start_time: day }, { start_time: day }] : twice,
    has_more: false,
  }));
  expect(await rejection(client.usage.iterate().toArray())).toMatchObject({ reason: 'row_repeated', received: 2 });
  const together = client.usage.iterate({ group: 'workspace' });
  expect(await rejection(together.toArray())).toMatchObject({ reason: 'row_repeated', received: 1 });
});

test.each([
  ['before', day - 86_400],
  ['behind', day + 86_400],
])('a day %s what was asked for is no answer', async (_, start) => {
  const { client } = openAdmin(() => ({ data: [row('user-1', start)], has_more: false }));
  const error = await rejection(client.usage.list({ startTime: '2026-11-01', endTime: '2026-11-02' }));
  expect(error).toMatchObject({ code: 'invalid_response', issues: [{ path: ['data', 0, 'start_time'] }] });
});

test('a row that names two people is nobody’s', async () => {
  const { client } = openAdmin(() => ({ data: [{ ...row('user-1'), actor: { user_id: 'user-2' } }], has_more: false }));
  expect(await rejection(client.usage.list())).toMatchObject({ issues: [{ path: ['data', 0, 'actor'] }] });
});

test('another grouping than there is is refused', async () => {
  const { client } = openAdmin(() => ({}));
  const wrong = { group: 'user' } as unknown as { group: 'workspace' };
  expect(await rejection(client.usage.list(wrong))).toMatchObject({ code: 'invalid_input', path: ['group'] });
});

test.each([
  ['by its address', { start_time: day, actor: { email: 'ada@north.example' } }],
  ['with its day as text', { start_time: `${day}`, user_id: 'user-1' }],
])('a row that is known %s comes once, over all pages', async (_, same) => {
  const { client } = openAdmin(({ query }) => ({
    data: [same],
    ...(query.page === undefined ? { has_more: true, next_page: 'p2' } : { has_more: false }),
  }));
  expect(await rejection(client.usage.iterate().toArray())).toMatchObject({ reason: 'row_repeated', received: 1 });
});

test('a day as text counts for what was asked for too', async () => {
  const { client } = openAdmin(() => ({ data: [{ start_time: `${day - 86_400}` }], has_more: false }));
  expect(await rejection(client.usage.list({ startTime: '2026-11-01' }))).toMatchObject({
    issues: [{ path: ['data', 0, 'start_time'] }],
  });
});

test.each([
  ['an account of another person', { user_id: 'u', account_user_id: `v__${workspaceId}` }, ['account_user_id']],
  ['an actor elsewhere', { actor: { workspace_id: otherWorkspaceId } }, ['actor', 'workspace_id']],
  [
    'an actor with an account elsewhere',
    { actor: { account_user_id: `u__${otherWorkspaceId}` } },
    ['actor', 'account_user_id'],
  ],
])('a row with %s is not believed', async (_, row, path) => {
  const { client } = openAdmin(() => ({ data: [{ start_time: day, ...row }], has_more: false }));
  expect(await rejection(client.usage.list())).toMatchObject({
    code: 'invalid_response',
    retryable: false,
    issues: [{ path: ['data', 0, ...path] }],
  });
});

test('a full page of rows with several clients and models fits into an answer', async () => {
  const part = { id: 'x', a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7, h: 8 };
  const { client } = openAdmin(({ query }) => ({
    data: Array.from({ length: Number(query.limit) }, (_, index) => ({
      ...row(`user-${index}`),
      clients: [part, part, part],
      models: [part, part, part],
    })),
    has_more: false,
  }));
  expect((await client.usage.list()).items.length).toBeGreaterThan(100);
});
