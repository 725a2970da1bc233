import { expect, test } from 'vitest';
import { rejection } from '../support/open-test-transport.js';
import { manage, openAdmin, workspaceId } from './support/open-admin.js';

const ada = { id: 'user-Kp1', email: 'Ada@north.example', name: 'Ada Fir', seat_type: 'chatgpt', later: [1] };
const ben = { id: 'user-Qx2', email: 'ben@north.example', name: null, seat_type: 'codex' };
const page = (...data: readonly object[]) => ({ object: 'list', data, last_id: data.length, has_more: false });

test('members are read to the end, each page after the last id of the one before', async () => {
  const { client, asked } = openAdmin(({ query }) =>
    query.after === undefined
      ? { object: 'list', data: [ada], first_id: ada.id, last_id: ada.id, has_more: true }
      : { object: 'list', data: [ben], first_id: ben.id, last_id: ben.id, has_more: false },
  );
  expect(await client.members.iterate().toArray()).toEqual([ada, ben]);
  expect(asked).toEqual([
    { method: 'GET', path: `${manage}/users`, query: { limit: '1000' }, key: 'sk-admin-1' },
    { method: 'GET', path: `${manage}/users`, query: { limit: '1000', after: ada.id }, key: 'sk-admin-1' },
  ]);
});

test('a page says where to go on, and keeps what else was sent', async () => {
  const { client } = openAdmin(() => ({ object: 'list', data: [ada], last_id: ada.id, has_more: true, later: 1 }));
  expect(await client.members.list({ limit: 1 })).toEqual({
    items: [ada],
    nextCursor: ada.id,
    envelope: { object: 'list', last_id: ada.id, has_more: true, later: 1 },
  });
});

test('one is read by its id', async () => {
  const { client, asked } = openAdmin(() => ada);
  expect(await client.members.get(ada.id)).toEqual(ada);
  expect(asked[0]?.path).toBe(`${manage}/users/${ada.id}`);
});

test('what is answered for one id and is another is nobody', async () => {
  const { client, asked } = openAdmin(() => ben);
  const error = await rejection(client.members.get(ada.id));
  expect(error).toMatchObject({ name: 'ResponseValidationError', retryable: false, issues: [{ path: ['id'] }] });
  expect(asked).toHaveLength(1);
});

test('the address is asked for as it is, and compared without case', async () => {
  const { client, asked } = openAdmin(() => page(ada));
  expect(await client.members.find({ email: 'ada@NORTH.example', workspaceId })).toEqual(ada);
  expect(asked[0]?.query).toEqual({ email: 'ada@NORTH.example', limit: '1000' });
});

test('who is not there is undefined', async () => {
  const { client } = openAdmin(() => page());
  expect(await client.members.find({ email: 'cy@north.example' })).toBeUndefined();
});

test.each([
  ['another address', { ...ada, email: 'ben@north.example' }],
  ['no address', { ...ada, email: null }],
])('a row with %s is not taken for the one who was looked for, nor for an answer', async (_, row) => {
  const { client } = openAdmin(() => page(row));
  expect(await rejection(client.members.find({ email: 'ada@north.example' }))).toMatchObject({
    code: 'invalid_response',
    issues: [{ path: ['data', 0, 'email'] }],
  });
});

test('of two with one address none is chosen', async () => {
  const { client } = openAdmin(() => page(ada, { ...ben, email: 'ada@north.example' }));
  const error = await rejection(client.members.find({ email: 'ada@north.example' }));
  expect(error).toMatchObject({ name: 'NaturalKeyConflictError', reason: 'shared_address' });
  expect((error as { ids(): string[] }).ids()).toEqual([ada.id, ben.id]);
  expect(JSON.stringify(error)).not.toContain('user-');
});

test.each(['', ' ', 'ada', '@', 'ada@north.example, ben@north.example'])(
  '%j is no address to look for',
  async (email) => {
    const { client, asked } = openAdmin(() => page(ada));
    expect(await rejection(client.members.find({ email }))).toMatchObject({ code: 'invalid_input', path: ['email'] });
    expect(asked).toEqual([]);
  },
);

test('the groups of a member are read page by page', async () => {
  const groups = [{ id: 'grp-1', workspace_id: workspaceId }, { id: 'grp-2' }];
  const { client, asked } = openAdmin(({ query }) =>
    query.cursor === undefined
      ? { data: [groups[0]], last_id: 'grp-1', cursor: 'opaque==', has_more: true }
      : { data: [groups[1]], last_id: 'grp-2', cursor: null, has_more: false },
  );
  expect(await client.members.groups(ada.id, { order: 'desc' }).toArray()).toEqual(groups);
  expect(asked.map(({ path, query }) => [path, query])).toEqual([
    [`${manage}/users/${ada.id}/groups`, { limit: '100', order: 'desc' }],
    [`${manage}/users/${ada.id}/groups`, { limit: '100', order: 'desc', cursor: 'opaque==' }],
  ]);
  expect((await client.members.listGroups(ada.id)).nextCursor).toBe('opaque==');
});

test.each([123, {}, ['ada@north.example']])(
  'an address that is %j is not the one that was looked for',
  async (email) => {
    const { client } = openAdmin(() => page({ ...ada, email }));
    expect(await rejection(client.members.find({ email: 'ada@north.example' }))).toMatchObject({
      code: 'invalid_response',
      issues: [{ path: ['data', 0, 'email'] }],
    });
  },
);

test('a letter that only becomes another one in small letters makes another address', async () => {
  const { client } = openAdmin(() => page({ ...ada, email: 'kelly@north.example' }));
  expect(await rejection(client.members.find({ email: '\u212Aelly@north.example' }))).toMatchObject({
    code: 'invalid_response',
  });
  expect(await client.members.find({ email: 'Kelly@north.example' })).toMatchObject({ id: ada.id });
});

test('an address on the prototype of all objects is that of no row', async () => {
  const { client } = openAdmin(() => page({ id: ada.id }));
  Object.defineProperty(Object.prototype, 'email', { value: 'ada@north.example', configurable: true, writable: true });
  try {
    expect(await rejection(client.members.find({ email: 'ada@north.example' }))).toMatchObject({
      code: 'invalid_response',
    });
  } finally {
    Reflect.deleteProperty(Object.prototype, 'email');
  }
});

test('two with one address settle it: an endless list is not read on', async () => {
  const { client, asked } = openAdmin((_, count) => ({
    data: [{ id: `user-${count}`, email: 'ada@north.example' }],
    has_more: true,
    last_id: `user-${count}`,
  }));
  expect(await rejection(client.members.find({ email: 'ada@north.example' }))).toMatchObject({
    reason: 'shared_address',
  });
  expect(asked).toHaveLength(2);
});

test('a search without an address, or with a text for its query, is told the right call', async () => {
  const { client, asked } = openAdmin(() => ({}));
  const remedy = expect.stringMatching(
    /^Call `members\.find\(\{ email \}\)` .+`members\.get\(id\)`.+`members\.iterate\(\)`/,
  );
  for (const [query, message] of [
    ['ada@north.example', 'The query of find() is text: it must be an object with the address.'],
    [{}, '`email` is missing.'],
    [undefined, '`email` is missing.'],
    [{ email: undefined }, '`email` is missing.'],
  ] as const) {
    // As a JavaScript caller may write it.
    expect(await rejection(client.members.find(query as never))).toMatchObject({ message, path: ['email'], remedy });
  }
  expect(asked).toEqual([]);
});
