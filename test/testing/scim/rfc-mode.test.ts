import { expect, test } from 'vitest';
import { createEmulator } from '../../../src/testing/create-emulator.js';
import type { ScimBehaviour } from '../../../src/testing/scim/behaviour.js';
import { askFor, askScim, enterpriseUrn, groupUrn, newGroup, newUser, patchOf, userUrn } from '../support/ask-scim.js';

const rfc = (quirks: Partial<ScimBehaviour> = {}, me?: string) =>
  createEmulator({ world: 'empty', scim: { mode: 'rfc', quirks, me } });

test('creates a user with an id, a Location and a version, and drops what is read-only', async () => {
  await using emulator = rfc();
  const body = newUser('Mira', {
    id: 'mine',
    meta: { created: '2000-01-01T00:00:00Z' },
    groups: [{ value: 'g' }],
    password: 'secret',
  });
  const created = await askScim(emulator, 'POST', '/Users', body);
  expect(created.status).toBe(201);
  expect(created.body.id).not.toBe('mine');
  expect(created.body).not.toHaveProperty('groups');
  expect(created.body).not.toHaveProperty('password');
  expect(created.headers.get('location')).toBe(created.body.meta.location);
  expect(created.headers.get('etag')).toBe(created.body.meta.version);
  expect(created.body.meta.created).toBe(created.body.meta.lastModified);
});

test('finds attributes whatever the case of their names and stores them in the spelling of the schema', async () => {
  await using emulator = rfc();
  const body = { schemas: [userUrn], USERNAME: 'mira', Name: { GIVENNAME: 'Mira' } };
  const { body: user } = await askScim(emulator, 'POST', '/Users', body);
  expect(user).toMatchObject({ userName: 'mira', name: { givenName: 'Mira' } });
});

test('keeps the extension and names it in schemas', async () => {
  await using emulator = rfc();
  const body = newUser('mira', { schemas: [userUrn, enterpriseUrn], [enterpriseUrn]: { department: 'Ops' } });
  const { body: user } = await askScim(emulator, 'POST', '/Users', body);
  expect(user.schemas).toContain(enterpriseUrn);
  expect(user[enterpriseUrn]).toEqual({ department: 'Ops' });
});

test('a list that matches nothing is 200 and empty', async () => {
  await using emulator = rfc();
  const { status, body } = await askFor(emulator, '/Users', 'userName eq "nobody"');
  expect([status, body.totalResults, body.Resources]).toEqual([200, 0, []]);
});

test('pages by index: from 1, a negative count is 0, a large one is capped', async () => {
  await using emulator = rfc({ maxPageSize: 3 });
  for (const name of ['a', 'b', 'c', 'd', 'e']) emulator.store.users.add({ userName: name });
  const names = async (query: string) => {
    const { body } = await askScim(emulator, 'GET', `/Users?${query}`);
    return [
      body.totalResults,
      body.startIndex,
      body.Resources.map((user: { userName: string }) => user.userName).join(''),
    ];
  };
  expect(await names('startIndex=0&count=2')).toEqual([5, 1, 'ab']);
  expect(await names('startIndex=-3&count=2')).toEqual([5, 1, 'ab']);
  expect(await names('startIndex=4&count=10')).toEqual([5, 4, 'de']);
  expect(await names('count=-1')).toEqual([5, 1, '']);
  expect(await names('count=0')).toEqual([5, 1, '']);
  expect(await names('count=100')).toEqual([5, 1, 'abc']);
  expect(await names('startIndex=9')).toEqual([5, 9, '']);
});

test('filters over both types at the root, and refuses a root query that is too broad', async () => {
  await using emulator = rfc({ maxRootResults: 1 });
  emulator.store.users.add({ userName: 'mira' });
  emulator.store.groups.add({ displayName: 'mira' });
  const found = await askFor(emulator, '/', 'meta.resourceType eq "Group"');
  expect(found.body.Resources).toMatchObject([{ displayName: 'mira' }]);
  expect((await askScim(emulator, 'GET', '/')).body.scimType).toBe('tooMany');
});

test('sorts without case, missing values last, and the other way round when descending', async () => {
  await using emulator = rfc();
  for (const [userName, title] of [
    ['c', 'b'],
    ['a', undefined],
    ['b', 'A'],
  ]) {
    emulator.store.users.add({ userName: userName ?? '', ...(title === undefined ? {} : { title }) });
  }
  const order = async (query: string) =>
    (await askScim(emulator, 'GET', `/Users?${query}`)).body.Resources.map(
      (user: { userName: string }) => user.userName,
    ).join('');
  expect(await order('sortBy=title')).toBe('bca');
  expect(await order('sortBy=TITLE&sortOrder=descending')).toBe('acb');
  expect(await order('sortBy=userName')).toBe('abc');
});

test('shows only the attributes asked for, or all but those excluded; id always comes', async () => {
  await using emulator = rfc();
  const id = emulator.store.users.add({
    userName: 'mira',
    name: { givenName: 'Mira', familyName: 'Sol' },
    emails: [{ value: 'm@a.example', type: 'work' }],
    [enterpriseUrn]: { department: 'Ops', division: 'East' },
  });
  const get = async (query: string) => (await askScim(emulator, 'GET', `/Users/${id}?${query}`)).body;
  expect(await get('attributes=name.givenName,emails.value')).toEqual({
    schemas: [userUrn, enterpriseUrn],
    id,
    name: { givenName: 'Mira' },
    emails: [{ value: 'm@a.example' }],
  });
  expect((await get(`attributes=${enterpriseUrn}:department`))[enterpriseUrn]).toEqual({ department: 'Ops' });
  const excluded = await get('excludedAttributes=id,name.familyName,emails');
  expect(excluded).toMatchObject({ id, name: { givenName: 'Mira' } });
  expect(excluded.name).not.toHaveProperty('familyName');
  expect(excluded).not.toHaveProperty('emails');
});

test('searches by POST as it does by GET', async () => {
  await using emulator = rfc();
  for (const userName of ['ann', 'abe', 'bob']) emulator.store.users.add({ userName });
  const search = {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
    filter: 'userName sw "a"',
    sortBy: 'userName',
    attributes: ['userName'],
    count: 1,
  };
  const { status, body } = await askScim(emulator, 'POST', '/Users/.search', search);
  expect(status).toBe(200);
  expect(body).toMatchObject({ totalResults: 2, Resources: [{ userName: 'abe' }] });
});

test('replaces a user whole, and keeps id and creation', async () => {
  await using emulator = rfc();
  const { body: user } = await askScim(emulator, 'POST', '/Users', newUser('mira', { title: 'Lead' }));
  const replaced = await askScim(emulator, 'PUT', `/Users/${user.id}`, newUser('mira', { nickName: 'M' }));
  expect(replaced.body).toMatchObject({
    id: user.id,
    nickName: 'M',
    meta: { created: user.meta.created, version: 'W/"2"' },
  });
  expect(replaced.body).not.toHaveProperty('title');
  const again = await askScim(emulator, 'PUT', `/Users/${user.id}`, newUser('mira', { nickName: 'M' }));
  expect(again.body.meta).toEqual(replaced.body.meta);
});

test('applies all operations of a PATCH or none', async () => {
  await using emulator = rfc();
  const id = emulator.store.users.add({ userName: 'mira', title: 'Lead' });
  const half = patchOf({ op: 'replace', path: 'title', value: 'Head' }, { op: 'remove', path: 'userName' });
  expect((await askScim(emulator, 'PATCH', `/Users/${id}`, half)).body.scimType).toBe('mutability');
  expect(emulator.store.users.get(id)?.title).toBe('Lead');
});

test('deletes a user, takes it out of its groups and frees its name', async () => {
  await using emulator = rfc();
  const id = emulator.store.users.add({ userName: 'mira' });
  const group = emulator.store.groups.add({ displayName: 'Ops', members: [{ value: id }] });
  expect((await askScim(emulator, 'DELETE', `/Users/${id}`)).status).toBe(204);
  expect((await askScim(emulator, 'GET', `/Users/${id}`)).status).toBe(404);
  expect((await askScim(emulator, 'DELETE', `/Users/${id}`)).status).toBe(404);
  expect((await askScim(emulator, 'GET', `/Groups/${group}`)).body).not.toHaveProperty('members');
  expect((await askScim(emulator, 'POST', '/Users', newUser('mira'))).status).toBe(201);
});

test('shows a group its members and a user its groups, from the same memberships', async () => {
  await using emulator = rfc();
  const ids = ['a', 'b'].map((userName) => emulator.store.users.add({ userName }));
  const { body: group } = await askScim(emulator, 'POST', '/Groups', newGroup('Ops', ids));
  expect(group.members).toMatchObject([{ value: ids[0], type: 'User', display: 'a' }, { value: ids[1] }]);
  const { body: user } = await askScim(emulator, 'GET', `/Users/${ids[0]}`);
  expect(user.groups).toMatchObject([{ value: group.id, display: 'Ops', type: 'direct', $ref: group.meta.location }]);
  await askScim(
    emulator,
    'PATCH',
    `/Groups/${group.id}`,
    patchOf({ op: 'remove', path: `members[value eq "${ids[0]}"]` }),
  );
  expect((await askScim(emulator, 'GET', `/Users/${ids[0]}`)).body).not.toHaveProperty('groups');
  expect((await askFor(emulator, '/Users', `groups.value eq "${group.id}"`)).body.Resources).toMatchObject([
    { id: ids[1] },
  ]);
});

test('answers 304 to a version it still has, and 412 to a change of another one', async () => {
  await using emulator = rfc();
  const { body, headers } = await askScim(emulator, 'POST', '/Users', newUser('mira'));
  const etag = headers.get('etag') ?? '';
  const path = `/Users/${body.id}`;
  expect((await askScim(emulator, 'GET', path, undefined, { 'if-none-match': etag })).status).toBe(304);
  const change = patchOf({ op: 'replace', path: 'title', value: 'Lead' });
  expect((await askScim(emulator, 'PATCH', path, change, { 'if-match': etag })).status).toBe(200);
  expect((await askScim(emulator, 'PATCH', path, change, { 'if-match': etag })).status).toBe(412);
  expect((await askScim(emulator, 'DELETE', path, undefined, { 'if-match': etag })).status).toBe(412);
  expect((await askScim(emulator, 'DELETE', path, undefined, { 'if-match': '*' })).status).toBe(204);
});

test('a PATCH that changes nothing leaves the version alone', async () => {
  await using emulator = rfc();
  const id = emulator.store.users.add({ userName: 'mira', title: 'Lead' });
  const same = patchOf({ op: 'replace', path: 'title', value: 'Lead' });
  expect((await askScim(emulator, 'PATCH', `/Users/${id}`, same)).headers.get('etag')).toBe('W/"1"');
});

test('walks by cursor, forwards and backwards, over a result that stands still', async () => {
  await using emulator = rfc();
  for (const userName of ['a', 'b', 'c', 'd', 'e']) emulator.store.users.add({ userName });
  const page = async (query: string) => (await askScim(emulator, 'GET', `/Users?count=2&${query}`)).body;
  const names = (body: { Resources: { userName: string }[] }) =>
    body.Resources.map(({ userName }) => userName).join('');
  const first = await page('cursor=');
  expect(names(first)).toBe('ab');
  expect(first).not.toHaveProperty('startIndex');
  expect(first).not.toHaveProperty('previousCursor');
  const second = await page(`cursor=${first.nextCursor}`);
  emulator.store.users.add({ userName: '0' });
  const third = await page(`cursor=${second.nextCursor}`);
  expect([names(second), names(third), third.nextCursor]).toEqual(['cd', 'e', undefined]);
  expect(names(await page(`cursor=${third.previousCursor}`))).toBe('cd');
});

test('/Me is 501 without anyone, and an alias with someone', async () => {
  await using nobody = rfc();
  expect((await askScim(nobody, 'GET', '/Me')).status).toBe(501);
  await using emulator = rfc({}, 'mira');
  const id = emulator.store.users.add({ userName: 'mira' });
  const me = await askScim(emulator, 'PATCH', '/Me', patchOf({ op: 'add', path: 'nickName', value: 'M' }));
  expect(me.body).toMatchObject({ id, nickName: 'M' });
  expect(me.headers.get('location')).toBe(`${emulator.scim.baseUrl}/Users/${id}`);
});

test('tells of itself what it then does', async () => {
  await using emulator = rfc();
  const config = (await askScim(emulator, 'GET', '/ServiceProviderConfig')).body;
  expect(config).toMatchObject({
    patch: { supported: true },
    bulk: { supported: true, maxOperations: 1000 },
    pagination: { cursor: true, index: true, defaultPaginationMethod: 'index' },
  });
  const types = (await askScim(emulator, 'GET', '/ResourceTypes')).body;
  expect(types.Resources.map((type: { endpoint: string }) => type.endpoint)).toEqual(['/Users', '/Groups']);
  expect((await askScim(emulator, 'GET', '/ResourceTypes/User')).body.schema).toBe(userUrn);
  const schemas = (await askScim(emulator, 'GET', '/Schemas')).body;
  expect(schemas.Resources.map((schema: { id: string }) => schema.id)).toEqual([userUrn, groupUrn, enterpriseUrn]);
  const group = (await askScim(emulator, 'GET', `/Schemas/${groupUrn}`)).body;
  expect(group.attributes).toMatchObject([
    { name: 'displayName', required: true },
    { name: 'members', multiValued: true },
  ]);
  expect((await askFor(emulator, '/Schemas', 'id pr')).status).toBe(403);
});
