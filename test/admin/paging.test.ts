import { expect, test } from 'vitest';
import { rejection } from '../support/open-test-transport.js';
import { openAdmin, otherWorkspaceId } from './support/open-admin.js';

test('nothing is asked for before the first row is wanted, and each loop begins anew', async () => {
  const { client, asked } = openAdmin(() => ({ data: [{ id: '1' }], has_more: false, cursor: null }));
  const list = client.groups.iterate();
  expect(asked).toEqual([]);
  expect(await list.toArray()).toEqual(await list.toArray());
  expect(asked).toHaveLength(2);
});

test('what lies behind the first so many is not asked for', async () => {
  const { client, asked } = openAdmin((_, count) => ({
    data: [{ id: `${count}` }],
    has_more: true,
    cursor: `${count}`,
  }));
  expect(await client.groups.iterate().toArray({ limit: 2 })).toHaveLength(2);
  expect(asked).toHaveLength(2);
});

test('maxPages ends the reading with an error', async () => {
  const { client } = openAdmin((_, count) => ({ data: [{ id: `${count}` }], has_more: true, cursor: `${count}` }));
  expect(await rejection(client.groups.iterate({ maxPages: 3 }).toArray())).toMatchObject({
    name: 'IncompleteListError',
    reason: 'page_limit',
    received: 3,
    requests: 3,
  });
});

test.each([
  ['no list', { has_more: false }, ['data']],
  ['a bare list', [{ id: '1' }], ['data']],
  ['no word of whether there is more', { data: [], last_id: null }, ['has_more']],
  ['a word that is neither yes nor no', { data: [], has_more: 'false' }, ['has_more']],
  ['a row that is no object', { data: [{ id: '1' }, 'two'], has_more: false }, ['data', 1]],
  ['a row without an id', { data: [{ id: '1' }, { name: 'two' }], has_more: false }, ['data', 1, 'id']],
  ['a cursor that is a number', { data: [{ id: '1' }], has_more: true, cursor: 12 }, ['cursor']],
])('%s is no list of groups, and asked for again', async (_, body, path) => {
  const { open, asked } = openAdmin(() => body);
  const error = await rejection(open({ maxRetries: 1 }).groups.list());
  expect(error).toMatchObject({ name: 'ResponseValidationError', issues: [{ path }] });
  expect(asked).toHaveLength(2);
});

test.each([
  ['a bare array', [{ id: 'inv-1', anything: true }], {}],
  ['rows alone', { data: [{ id: 'inv-1', anything: true }] }, {}],
  [
    'rows, with others in the envelope',
    { data: [{ id: 'inv-1', anything: true }], has_more: false, total: 1 },
    { has_more: false, total: 1 },
  ],
])('a list that nobody has described may be %s', async (_, body, envelope) => {
  const { client } = openAdmin(() => body);
  expect(await client.invites.list()).toEqual({ items: [{ id: 'inv-1', anything: true }], envelope });
  expect(await client.serviceAccounts.iterate().toArray()).toEqual([{ id: 'inv-1', anything: true }]);
});

test('such a list ends where the cursor that led so far is absent, whatever else stands there', async () => {
  const { client, asked } = openAdmin(({ query }) =>
    query.cursor === undefined
      ? { data: [{ id: '1' }], cursor: 'a', last_id: '1' }
      : { data: [{ id: '2' }], cursor: null, last_id: '2' },
  );
  expect(await client.invites.iterate().toArray()).toEqual([{ id: '1' }, { id: '2' }]);
  expect(asked).toHaveLength(2);
});

test('such a list with a last id alone does not say whether there is more', async () => {
  const { client } = openAdmin(() => ({ data: [{ id: '1' }], last_id: '1' }));
  expect(await rejection(client.invites.list())).toMatchObject({ issues: [{ path: ['has_more'] }] });
});

test('rows without an id are kept where nobody has said that they have one', async () => {
  const { client } = openAdmin(() => [{ email: 'a@north.example' }, { email: 'a@north.example' }]);
  expect(await client.invites.iterate().toArray()).toHaveLength(2);
});

test.each(['', 1, null])('%j is no cursor', async (cursor) => {
  const { client, asked } = openAdmin(() => ({}));
  const wrong = { cursor } as { cursor: string };
  expect(await rejection(client.groups.list(wrong))).toMatchObject({ code: 'invalid_input', path: ['cursor'] });
  expect(asked).toEqual([]);
});

test('a cursor of another list is refused where lists have several ways to go on', async () => {
  const { client, asked } = openAdmin(() => ({}));
  expect(await rejection(client.invites.list({ cursor: 'inv-1' }))).toMatchObject({ path: ['cursor'] });
  expect(asked).toEqual([]);
});

test.each([
  ['members', 1001],
  ['groups', 101],
  ['usage', 30_001],
] as const)('more rows of %s than the service gives in one answer are refused', async (name, limit) => {
  const { client, asked } = openAdmin(() => ({}));
  expect(await rejection(client[name].list({ limit }))).toMatchObject({ code: 'invalid_input', path: ['limit'] });
  expect(await rejection(client[name].list({ limit: 0 }))).toMatchObject({ path: ['limit'] });
  expect(asked).toEqual([]);
});

test.each(['the call', 'the client'])('a deadline of %s is for all pages together', async (whose) => {
  const world = openAdmin(async (_, count) => {
    await world.clock.sleep(400);
    return { data: [{ id: `${count}` }], has_more: true, cursor: `${count}` };
  });
  const deadlineMs = 1_000;
  const list =
    whose === 'the call'
      ? world.client.groups.iterate({}, { deadlineMs })
      : world.open({ deadlineMs }).groups.iterate();
  expect(await rejection(list.toArray())).toMatchObject({
    code: 'timeout',
    message: expect.stringContaining('1000 ms'),
  });
  expect(world.asked).toHaveLength(3);
});

test('an abort while pages are read rejects with its reason, and nothing more is asked for', async () => {
  const stop = new AbortController();
  const { client, asked } = openAdmin((_, count) => {
    if (count === 2) stop.abort(new Error('enough'));
    return { data: [{ id: `${count}` }], has_more: true, cursor: `${count}` };
  });
  const seen: unknown[] = [];
  const read = (async () => {
    for await (const row of client.groups.iterate({}, { signal: stop.signal })) seen.push(row);
  })();
  expect(await rejection(read)).toMatchObject({ message: 'enough' });
  expect(seen).toEqual([{ id: '1' }]);
  expect(asked).toHaveLength(2);
});

test('the signal of the client cancels what it has under way', async () => {
  const stop = new AbortController();
  const { open, asked } = openAdmin(() => ({}));
  const client = open({ signal: stop.signal });
  stop.abort(new Error('closed'));
  expect(await rejection(client.members.list())).toMatchObject({ message: 'closed' });
  expect(asked).toEqual([]);
});

test.each([
  ['a way on by another word', { has_more: false, next_cursor: 'c1' }, 'end_unclear'],
  ['more rows than there were', { has_more: false, total: 500 }, 'rows_missing'],
])('a list that says it ends and names %s is not whole, and its rows are delivered', async (_, envelope, reason) => {
  const { client } = openAdmin(() => ({ data: [{ id: '1' }], ...envelope }));
  for (const resource of [client.members, client.groups, client.usage, client.invites, client.serviceAccounts]) {
    const seen: unknown[] = [];
    const read = (async () => {
      for await (const row of resource.iterate()) seen.push(row);
    })();
    expect(await rejection(read)).toMatchObject({ name: 'IncompleteListError', reason, received: 1 });
    expect(seen).toEqual([{ id: '1' }]);
  }
});

test('that nobody has an address is no answer of a service that says that somebody has', async () => {
  const { client } = openAdmin(() => ({ data: [], has_more: false, total: 1 }));
  expect(await rejection(client.members.find({ email: 'ada@north.example' }))).toMatchObject({
    reason: 'rows_missing',
    totalResults: 1,
  });
});

test('a cursor beside an end says nothing: by its description it is for a page that has more behind it', async () => {
  const { client } = openAdmin(() => ({ data: [{ id: '1' }], has_more: false, cursor: 'c1' }));
  expect(await client.groups.iterate().toArray()).toHaveLength(1);
});

test('a total is of all pages together, and says nothing where the reading began in the middle', async () => {
  const { client } = openAdmin(({ query }) =>
    query.cursor === undefined
      ? { data: [{ id: '1' }], has_more: true, cursor: 'a', total: 2 }
      : { data: [{ id: '2' }], has_more: false, cursor: null, total: 2 },
  );
  expect(await client.groups.iterate().toArray()).toHaveLength(2);
  expect(await client.groups.iterate({ cursor: 'a' }).toArray()).toHaveLength(1);
});

test.each([
  ['next_cursor', { next_cursor: 'c1' }, 'end_unclear'],
  ['next', { next: 'https://api.chatgpt.com/v1/x' }, 'end_unclear'],
  ['a total', { total: 40 }, 'rows_missing'],
  ['a number as cursor', { cursor: 7 }, 'end_unclear'],
  ['an object as cursor', { cursor: {} }, 'end_unclear'],
])('a list that nobody has described and that has %s does not end there', async (_, envelope, reason) => {
  const { client } = openAdmin(() => ({ data: [{ id: '1' }], ...envelope }));
  expect(await rejection(client.invites.iterate().toArray())).toMatchObject({ reason, received: 1 });
  expect(await rejection(client.serviceAccounts.credentials('x').toArray())).toMatchObject({ reason });
});

test('such a list that goes on by another word than it began with does not end there', async () => {
  const { client } = openAdmin(({ query }) =>
    query.cursor === undefined ? { data: [{ id: '1' }], cursor: 'a' } : { data: [{ id: '2' }], next_page: 'n' },
  );
  expect(await rejection(client.invites.iterate().toArray())).toMatchObject({ reason: 'end_unclear', received: 2 });
});

test('a list that says that it is of another workspace is not believed, whatever its rows say', async () => {
  const { client } = openAdmin(() => ({ workspace_id: otherWorkspaceId, data: [{ id: '1' }], has_more: false }));
  for (const resource of [client.members, client.groups, client.usage, client.invites]) {
    expect(await rejection(resource.list())).toMatchObject({
      code: 'invalid_response',
      retryable: false,
      issues: [{ path: ['workspace_id'] }],
    });
  }
});

test('an account is read by the id of its workspace, and one of another form says nothing of it', async () => {
  const { open } = openAdmin(() => ({
    data: [
      { id: 'u1', account_user_id: 'u1__ws__1' },
      { id: 'u2', account_user_id: 'au_123' },
    ],
    has_more: false,
  }));
  expect((await open({ workspaceIds: 'ws__1' }).usageLimits.users.list()).items).toHaveLength(2);
  expect(await rejection(open({ workspaceIds: 'ws__2' }).usageLimits.users.list())).toMatchObject({
    issues: [{ path: ['data', 0, 'account_user_id'] }],
  });
});
