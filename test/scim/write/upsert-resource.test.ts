import { describe, expect, test } from 'vitest';
import { answer, fakeServer, listAnswer, scimError } from '../support/fake-server.js';
import { openClient } from '../support/open-client.js';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const mira = {
  userName: 'Mira@x.y',
  externalId: 'hr-1',
  name: { givenName: 'Mira', familyName: 'Sol' },
  emails: [{ value: 'Mira@x.y', type: 'work', primary: true }],
};
/** As a server holds it: more than was sent, in its own order and case. */
const stored = {
  id: '1',
  ...mira,
  userName: 'mira@x.y',
  active: true,
  name: { ...mira.name, formatted: 'Mira Sol' },
  emails: [{ primary: true, value: 'mira@x.y', type: 'work', display: 'mira@x.y' }],
  groups: [{ value: 'g' }],
};
const members = (count: number) => Array.from({ length: count }, (_, index) => ({ value: `u${index}` }));
const writes = (log: readonly string[]) => log.filter((request) => !request.startsWith('GET'));
const operations = (server: ReturnType<typeof fakeServer>) =>
  server.seen.flatMap(({ method, body }) => (method === 'PATCH' ? (body as { Operations: unknown[] }).Operations : []));

describe('upsert', () => {
  test('creates what is not there', async () => {
    const server = fakeServer();
    expect(await openClient(server).client.users.upsert(mira)).toMatchObject({
      outcome: 'created',
      resource: { id: 'new-1' },
    });
    expect(writes(server.log)).toEqual(['POST /Users']);
  });

  test('leaves alone what is there just like it', async () => {
    const server = fakeServer({ users: [stored] });
    expect(await openClient(server).client.users.upsert(mira)).toMatchObject({
      outcome: 'unchanged',
      resource: { id: '1' },
    });
    expect(writes(server.log)).toEqual([]);
  });

  test('leaves alone what no write sets, such as the groups that were read with a user', async () => {
    const server = fakeServer({ users: [{ ...stored, groups: [{ value: 'g' }, { value: 'h' }] }] });
    const { users } = openClient(server).client;
    // As `get` showed them earlier.
    const wanted = { ...mira, groups: [{ value: 'g' }] };
    expect(await users.upsert(wanted)).toMatchObject({ outcome: 'unchanged' });
    expect(await users.upsert({ ...wanted, title: 'Lead' })).toMatchObject({ outcome: 'updated' });
    expect(operations(server)).toEqual([{ op: 'replace', path: 'title', value: 'Lead' }]);
  });

  test.each([
    ['of an extension that is known', enterprise, enterprise.toLowerCase()],
    ['of one that is not', 'urn:acme:2.0:User', 'urn:ACME:2.0:user'],
  ])('finds an attribute under another spelling: %s', async (_, urn, spelled) => {
    const server = fakeServer({ users: [{ ...stored, [urn]: { Department: 'Ops', floor: 1 } }] });
    const { users } = openClient(server).client;
    expect(await users.upsert({ ...mira, [spelled]: { department: 'Ops' } })).toMatchObject({ outcome: 'unchanged' });
    const changed = await users.upsert({ ...mira, [spelled]: { department: 'Ops', Floor: 2 } }, { verify: true });
    expect(changed).toMatchObject({ outcome: 'updated' });
    const path = `${urn === enterprise ? urn : spelled}:Floor`;
    expect(operations(server)).toEqual([{ op: 'replace', path, value: 2 }]);
  });

  test('writes what is never shown each time it is given', async () => {
    const server = fakeServer({ users: [stored] });
    await openClient(server).client.users.upsert({ ...mira, password: 'secret' });
    expect(operations(server)).toEqual([{ op: 'replace', path: 'password', value: 'secret' }]);
  });

  test('changes what differs, one path for each operation, and leaves alone what is not mentioned', async () => {
    const server = fakeServer({ users: [{ ...stored, title: 'Lead' }] });
    const wanted = {
      ...mira,
      name: { givenName: 'Mira', familyName: 'Luna' },
      emails: [{ value: 'luna@x.y', type: 'work', primary: true }],
      [enterprise]: { department: 'Ops' },
    };
    const result = await openClient(server).client.users.upsert(wanted);
    expect(operations(server)).toEqual([
      { op: 'replace', path: 'name.familyName', value: 'Luna' },
      { op: 'replace', path: 'emails', value: wanted.emails },
      { op: 'replace', path: `${enterprise}:department`, value: 'Ops' },
    ]);
    expect(result).toMatchObject({
      outcome: 'updated',
      resource: { title: 'Lead', [enterprise]: { department: 'Ops' } },
    });
  });

  test('finds a renamed user by externalId', async () => {
    const server = fakeServer({ users: [{ ...stored, userName: 'old@x.y' }] });
    expect(await openClient(server).client.users.upsert(mira)).toMatchObject({
      outcome: 'updated',
      resource: { id: '1' },
    });
    expect(operations(server)).toEqual([{ op: 'replace', path: 'userName', value: 'Mira@x.y' }]);
  });

  test('activates a user that is not active, which may be all that is left of a deleted one', async () => {
    const server = fakeServer({ users: [{ ...stored, active: false }] });
    expect(await openClient(server).client.users.upsert(mira)).toMatchObject({
      outcome: 'reactivated',
      resource: { active: true },
    });
    expect(operations(server)).toEqual([{ op: 'replace', path: 'active', value: true }]);
  });

  test('does not activate a user that is wanted inactive', async () => {
    const server = fakeServer({ users: [{ ...stored, active: false }] });
    expect(await openClient(server).client.users.upsert({ ...mira, active: false })).toMatchObject({
      outcome: 'unchanged',
    });
  });

  test('creates where the row that was found is gone when it is written', async () => {
    const server = fakeServer({ users: [{ ...stored, active: false }] });
    server.intercept = ({ method }) => {
      if (method !== 'PATCH') return undefined;
      server.users.clear();
      return scimError(404);
    };
    expect(await openClient(server).client.users.upsert(mira)).toMatchObject({
      outcome: 'created',
      resource: { id: 'new-1' },
    });
  });

  test('adopts what a conflict shows and the filter had not', async () => {
    const server = fakeServer({ users: [{ ...stored, userName: mira.userName, name: { givenName: 'M' } }] });
    server.intercept = ({ query }) =>
      query.has('filter') || !server.log.includes('POST /Users') ? listAnswer([]) : undefined;
    const result = await openClient(server).client.users.upsert(mira);
    expect(result).toMatchObject({
      outcome: 'adopted',
      resource: { id: '1', name: { givenName: 'Mira', familyName: 'Sol' } },
    });
    expect(server.users.size).toBe(1);
  });

  test('reports a conflict with another resource', async () => {
    const server = fakeServer({ users: [{ id: '9', userName: 'other@x.y', emails: mira.emails }] });
    server.intercept = ({ method }) => (method === 'POST' ? scimError(409) : undefined);
    await expect(openClient(server).client.users.upsert(mira)).rejects.toMatchObject({ code: 'conflict', status: 409 });
    expect(writes(server.log)).toEqual(['POST /Users']);
  });

  test('puts the whole resource where the server cannot find the path', async () => {
    const server = fakeServer({ users: [{ ...stored, title: 'Lead' }] });
    server.intercept = ({ method }) => (method === 'PATCH' ? scimError(400, 'noTarget') : undefined);
    const result = await openClient(server).client.users.upsert({ ...mira, displayName: 'M' });
    expect(result).toMatchObject({ outcome: 'updated', resource: { displayName: 'M', title: 'Lead' } });
    expect(writes(server.log)).toEqual(['PATCH /Users/1', 'PUT /Users/1']);
  });

  test('puts the whole resource where the server does not say what it refuses', async () => {
    const server = fakeServer({ users: [stored] });
    server.intercept = ({ method }) => (method === 'PATCH' ? scimError(400) : undefined);
    const result = await openClient(server).client.users.upsert({ ...mira, title: 'Lead' });
    expect(result).toMatchObject({ outcome: 'updated', resource: { title: 'Lead' } });
    expect(writes(server.log)).toEqual(['PATCH /Users/1', 'PUT /Users/1']);
  });

  test('takes a `primary` that is false and left out by the server for unchanged', async () => {
    const server = fakeServer({ users: [{ ...stored, emails: [{ value: 'mira@x.y', type: 'home' }] }] });
    const emails = [{ value: 'mira@x.y', type: 'home', primary: false }];
    const { users } = openClient(server, { profile: 'rfc' }).client;
    expect(await users.upsert({ ...mira, emails })).toMatchObject({ outcome: 'unchanged' });
  });

  test('adopts the other user whom a creation was answered with', async () => {
    const server = fakeServer();
    server.intercept = ({ method, query }) => {
      if (query.has('filter')) return listAnswer([]);
      if (method !== 'POST') return undefined;
      server.users.set('1', { ...stored, name: { givenName: 'Old' } });
      return answer(200, server.users.get('1'));
    };
    expect(await openClient(server).client.users.upsert(mira)).toMatchObject({
      outcome: 'adopted',
      resource: { id: '1', name: { givenName: 'Mira', familyName: 'Sol' } },
    });
    expect(writes(server.log)).toEqual(['POST /Users', 'PATCH /Users/1']);
  });

  test('takes a creation that is answered with 200 and with what was sent for one', async () => {
    const server = fakeServer();
    server.intercept = ({ method }) => (method === 'POST' ? answer(200, { ...stored, id: '5' }) : undefined);
    expect(await openClient(server).client.users.upsert({ ...mira, password: 'x' })).toMatchObject({
      outcome: 'created',
    });
    expect(writes(server.log)).toEqual(['POST /Users']);
  });

  test.each([
    ['an update', [stored], 'PATCH', '/Users/{id}'],
    ['a creation', [], 'POST', '/Users'],
  ])('with verify reports what the server ignored of %s', async (_, users, method, route) => {
    const server = fakeServer({ users });
    server.intercept = (request) => {
      if (request.method === 'GET') return undefined;
      const { title: _title, ...kept } = { ...stored, title: 'Lead' };
      server.users.set('1', kept);
      return request.method === 'POST' ? answer(201, kept) : answer(200, kept);
    };
    const { client } = openClient(server);
    const upsert = client.users.upsert({ ...mira, title: 'Lead' }, { verify: true });
    await expect(upsert).rejects.toMatchObject({ code: 'not_applied', attributes: ['title'], method, route });
    expect(await client.users.upsert(mira, { verify: true })).toMatchObject({ outcome: 'unchanged' });
  });

  test('does not send what the server refuses a second time', async () => {
    const server = fakeServer({ users: [stored] });
    server.intercept = ({ method }) => (method === 'PATCH' ? scimError(400, 'invalidValue') : undefined);
    await expect(openClient(server).client.users.upsert({ ...mira, title: 'x' })).rejects.toMatchObject({
      scimType: 'invalidValue',
    });
    expect(writes(server.log)).toEqual(['PATCH /Users/1']);
  });

  test('makes one user however often answers are lost', async () => {
    const server = fakeServer();
    server.loseAnswer = ({ method }) =>
      method === 'POST' && server.log.filter((line) => line.startsWith('POST')).length === 1;
    const { client } = openClient(server);
    await client.users.upsert(mira);
    await client.users.upsert(mira);
    expect(server.users.size).toBe(1);
  });

  test('unsets what is given as nothing, where nulls may be given', async () => {
    const server = fakeServer({ users: [{ ...stored, title: 'Lead' }] });
    await openClient(server, { profile: 'rfc' }).client.users.upsert({ ...mira, title: null });
    expect(operations(server)).toEqual([{ op: 'remove', path: 'title' }]);
  });
});

describe('upsert of a group', () => {
  const users = [...members(251), { value: '3' }].map(({ value: id }) => ({ id, userName: `${id}@x.y` }));

  test('adds members and takes none away', async () => {
    const server = fakeServer({
      users,
      groups: [{ id: 'g', displayName: 'Ops', externalId: 'x', members: [{ value: '1' }, { value: '2' }] }],
    });
    const wanted = { displayName: 'Ops', externalId: 'x', members: [{ value: '2' }, { value: '3' }] };
    await openClient(server).client.groups.upsert(wanted);
    expect(operations(server)).toEqual([{ op: 'add', path: 'members', value: [{ value: '3' }] }]);
  });

  test('adds members in requests that the server takes', async () => {
    const server = fakeServer({
      users,
      groups: [{ id: 'g', displayName: 'Ops', externalId: 'x', members: [{ value: 'u0' }] }],
    });
    const wanted = { displayName: 'Operations', externalId: 'x', members: members(251) };
    const result = await openClient(server).client.groups.upsert(wanted);
    expect(result).toMatchObject({
      outcome: 'updated',
      resource: { displayName: 'Operations', members: members(251) },
    });
    expect(result.members?.added).toHaveLength(250);
    const sizes = operations(server).map((operation) => (operation as { value: string | unknown[] }).value.length);
    expect(sizes).toEqual(['Operations'.length, 100, 100, 50]);
  });

  test.each([
    ['there', [{ id: 'g', displayName: 'Ops', externalId: 'x', members: [{ value: 'u0' }] }], 'updated'],
    ['new', [], 'created'],
  ])('with verify says whom the server dropped from a group that is %s', async (_, groups, outcome) => {
    const server = fakeServer({ users, groups });
    server.intercept = ({ method }) => {
      if (method === 'GET') return undefined;
      server.groups.set('g', { id: 'g', displayName: 'Ops', externalId: 'x', members: members(2) });
      return method === 'POST' ? answer(201, server.groups.get('g')) : new Response(null, { status: 204 });
    };
    const wanted = { displayName: 'Ops', externalId: 'x', members: members(3) };
    const result = await openClient(server).client.groups.upsert(wanted, { verify: true });
    expect(result).toMatchObject({ outcome, members: { verified: true, dropped: ['u2'] } });
  });

  test('does not take a group with the same name and another externalId for the same', async () => {
    const server = fakeServer({ groups: [{ id: 'g', displayName: 'Ops', externalId: 'other' }] });
    expect(await openClient(server).client.groups.upsert({ displayName: 'Ops', externalId: 'x' })).toMatchObject({
      outcome: 'created',
    });
    expect(server.groups.size).toBe(2);
  });
});

test('lookups that the server refuses are made once, and then all are walked through', async () => {
  const server = fakeServer({ users: [stored] });
  server.intercept = ({ query }) => (query.has('filter') ? scimError(501) : undefined);
  const { client } = openClient(server);
  expect(await client.users.upsert(mira)).toMatchObject({ outcome: 'unchanged' });
  expect(await client.users.upsert(mira)).toMatchObject({ outcome: 'unchanged' });
  expect(server.seen.filter(({ query }) => query.has('filter'))).toHaveLength(2);
});
