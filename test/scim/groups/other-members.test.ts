import { describe, expect, test } from 'vitest';
import { answer, type FakeServer, fakeServer, lost, type Stored } from '../support/fake-server.js';
import { openClient } from '../support/open-client.js';

const everyone = [...'abcd', 'ABC-1', 'ABC-2', '7'].map((id) => ({ id, userName: `${id}@x.example` }));
const entries = (ids: readonly string[]) => ids.map((value) => ({ value }));
const serverOf = (members: readonly unknown[], others: readonly Stored[] = []) =>
  fakeServer({ users: everyone, groups: [{ id: 'g', displayName: 'G', members }, ...others] });
const membersOf = (server: FakeServer) => server.groups.get('g')?.members as { value: string }[];

/** Says that a PATCH is done, and makes these the members. */
function making(
  server: FakeServer,
  members: (body: { Operations: { value: { value: string }[] }[] }) => readonly unknown[],
) {
  server.intercept = ({ method, body }) => {
    if (method !== 'PATCH') return undefined;
    server.groups.set('g', { id: 'g', displayName: 'G', members: members(body as never) });
    return new Response(null, { status: 204 });
  };
  return server;
}

describe('with verify, those who were members before are compared too', () => {
  test('addMembers tells whom a server dropped that replaces the list', async () => {
    const server = making(serverOf(entries(['a', 'b'])), ({ Operations: [add] }) => add?.value ?? []);
    expect(await openClient(server).client.groups.addMembers('g', ['c'], { verify: true })).toEqual({
      added: ['c'],
      removed: [],
      verified: true,
      dropped: ['a', 'b'],
      remaining: [],
    });
  });

  test('removeMembers tells whom a server dropped that removes all', async () => {
    const server = making(serverOf(entries(['a', 'b', 'c'])), () => []);
    expect(await openClient(server).client.groups.removeMembers('g', ['c'], { verify: true })).toEqual({
      added: [],
      removed: ['c'],
      verified: false,
      dropped: ['a', 'b'],
      remaining: [],
    });
  });
});

test.each([
  ['texts', ['a', 'b']],
  ['another name of the id', [{ id: 'a' }, { id: 'b' }]],
  ['references', [{ $ref: 'https://scim.example/v2/key/Users/a' }]],
  ['numbers that JSON has rounded', [{ value: 2 ** 53 }]],
])('members that cannot be read are not taken for none: %s', async (_, members) => {
  const server = making(serverOf(members), () => members);
  const { groups } = openClient(server).client;
  expect(await groups.setMembers('g', [], { verify: true })).toEqual({ added: [], removed: [], verified: false });
  expect(server.log.filter((request) => request === 'PATCH /Groups/g')).toHaveLength(1);
  expect(await groups.removeMembers('g', ['a'], { verify: true })).toEqual({
    added: [],
    removed: ['a'],
    verified: false,
  });
});

describe('ids that differ in case alone', () => {
  test('are one member: who is wanted is not removed', async () => {
    const server = serverOf(entries(['abc-1', 'd']));
    const { groups } = openClient(server).client;
    const result = await groups.setMembers('g', ['ABC-1', 'ABC-2'], { verify: true });
    expect(result).toMatchObject({ added: ['ABC-2'], removed: ['d'], dropped: [], remaining: [] });
    expect(membersOf(server)).toEqual(entries(['abc-1', 'ABC-2']));
    expect(await groups.removeMembers('g', ['ABC-1'], { verify: true })).toMatchObject({
      removed: [],
      remaining: ['ABC-1'],
    });
  });

  test('are two where both are shown, or both are asked for', async () => {
    const server = serverOf(entries(['abc-1', 'ABC-1']));
    const { groups } = openClient(server).client;
    expect(await groups.setMembers('g', ['ABC-1'])).toMatchObject({ removed: ['abc-1'] });
    expect(membersOf(server)).toEqual(entries(['ABC-1']));
    expect(await groups.addMembers('g', ['ABC-1', 'a'])).toMatchObject({ added: ['a'], already: ['ABC-1'] });
  });
});

describe('a user and a group with the same id', () => {
  const group7 = { value: '7', type: 'Group' };
  const nested = { id: '7', displayName: 'Seven' };

  test('are told apart: the id alone means the user', async () => {
    const server = making(serverOf([group7], [nested]), ({ Operations: [add] }) => [group7, ...(add?.value ?? [])]);
    const result = await openClient(server).client.groups.addMembers('g', ['7'], { verify: true });
    expect(result).toMatchObject({ added: ['7'], verified: true, dropped: [] });
    expect(membersOf(server)).toEqual([group7, { value: '7', type: 'User' }]);
  });

  test('are told apart where one is removed', async () => {
    const user7 = { value: '7', type: 'User' };
    const server = serverOf([group7, user7], [nested]);
    const { groups } = openClient(server).client;
    expect(await groups.removeMembers('g', ['7'], { verify: true })).toMatchObject({ removed: ['7'], remaining: [] });
    expect(membersOf(server)).toEqual([group7]);
  });

  test('leave a group that is a member as it is where there is no such user', async () => {
    const server = serverOf([{ value: 'h', $ref: '../Groups/h' }], [{ id: 'h', displayName: 'H' }]);
    expect(await openClient(server).client.groups.addMembers('g', ['h'])).toMatchObject({ already: ['h'] });
  });
});

test('a lost addition to members that are hidden is not sent twice', async () => {
  const server = serverOf(entries(['a']));
  server.intercept = ({ method, path, body }) => {
    if (method === 'GET' && path === '/Groups/g') return answer(200, { id: 'g', displayName: 'G' });
    if (method !== 'PATCH') return undefined;
    const [add] = (body as { Operations: { value: { value: string }[] }[] }).Operations;
    server.groups.set('g', { id: 'g', displayName: 'G', members: [...membersOf(server), ...(add?.value ?? [])] });
    return lost();
  };
  const added = openClient(server).client.groups.addMembers('g', ['b']);
  await expect(added).rejects.toMatchObject({ code: 'network_error', delivery: 'unknown' });
  expect(membersOf(server)).toEqual(entries(['a', 'b']));
});

test('a 404 in other words than those of SCIM is about the id where the server answers for another', async () => {
  const server = serverOf(entries(['a']));
  server.intercept = ({ method, path }) => {
    const [, endpoint, id] = path.split('/');
    const isMissing = method === 'GET' && id !== undefined && id.includes('@');
    return isMissing && endpoint !== undefined ? answer(404, { detail: 'Not Found' }) : undefined;
  };
  const { groups } = openClient(server).client;
  const notFound = ['a@x.example'];
  expect(await groups.removeMembers('g', notFound)).toEqual({ added: [], removed: [], notFound });
  expect(await groups.setMembers('g', ['a', ...notFound])).toEqual({ added: [], removed: [], notFound });
  expect(membersOf(server)).toEqual(entries(['a']));
});

test('setMembers with ids of which none names anybody, such as addresses, empties no group', async () => {
  const server = serverOf(entries(['a', 'b']));
  const result = await openClient(server).client.groups.setMembers('g', ['a@x.example', 'b@x.example'], {
    verify: true,
  });
  expect(result).toEqual({
    added: [],
    removed: [],
    notFound: ['a@x.example', 'b@x.example'],
    verified: true,
    remaining: ['a', 'b'],
  });
  expect(server.log.filter((line) => !line.startsWith('GET'))).toEqual([]);
});
