import { describe, expect, test } from 'vitest';
import { permissionsRequiredBy } from '../../../src/scim/write/permissions.js';
import { isDerivedFrom, permissionsForRemovedValues } from '../../../src/scim/write/value-permissions.js';
import { type FakeServer, fakeServer, scimError } from '../support/fake-server.js';
import { openRestricted } from '../support/open-client.js';

/** A server without PATCH, where every change is a PUT of the whole. */
function serverWithoutPatch(): FakeServer {
  const server = fakeServer({
    users: [
      { id: 'on', userName: 'on@x.y', active: true, emails: [{ value: 'on@x.y', type: 'work' }] },
      { id: 'off', userName: 'off@x.y', active: false },
    ],
    groups: [{ id: 'g', displayName: 'G', members: [{ value: 'on' }] }],
  });
  server.intercept = ({ method }) => (method === 'PATCH' ? scimError(501) : undefined);
  return server;
}

const title = [{ op: 'replace', path: 'title', value: 'Lead' }] as const;

describe('a change that is put back is judged as the change', () => {
  test('Provisioning adds members and changes a user who is not active', async () => {
    const server = serverWithoutPatch();
    const { users, groups } = openRestricted(server, { provisioning: true });
    await users.patch('off', title);
    await groups.addMembers('g', ['off']);
    await groups.patch('g', [{ op: 'replace', path: 'displayName', value: 'H' }]);
    expect(server.users.get('off')).toMatchObject({ title: 'Lead', active: false });
    expect(server.groups.get('g')).toMatchObject({ displayName: 'H', members: [{ value: 'on' }, { value: 'off' }] });
  });

  test('Deprovisioning deactivates and removes members', async () => {
    const server = serverWithoutPatch();
    const { users, groups } = openRestricted(server, { deprovisioning: true });
    expect(await users.deactivate('on', { verify: true })).toMatchObject({ outcome: 'deactivated' });
    await groups.removeMembers('g', ['on'], { verify: true });
    expect(server.users.get('on')).toMatchObject({ active: false, emails: [{ value: 'on@x.y' }] });
  });

  test('and is denied like it, before anything is put', async () => {
    const server = serverWithoutPatch();
    const { users, groups } = openRestricted(server, { provisioning: true });
    // The server is known to have no PATCH.
    await users.patch('off', title);
    await groups.addMembers('g', ['off']);
    const before = server.log.filter((line) => line.startsWith('PUT')).length;
    const denied = { code: 'access_denied', permission: 'deprovisioning' };
    await expect(users.patch('on', [{ op: 'replace', path: 'active', value: false }])).rejects.toMatchObject(denied);
    await expect(groups.patch('g', [{ op: 'remove', path: 'members' }])).rejects.toMatchObject(denied);
    expect(server.log.filter((line) => line.startsWith('PUT'))).toHaveLength(before);
  });

  test('with values that read differently the second time: what is judged is what was put', async () => {
    const server = serverWithoutPatch();
    const { users } = openRestricted(server, { provisioning: true });
    let reads = 0;
    const shifty = {
      op: 'replace',
      path: 'active',
      toJSON: () => ({ op: 'replace', path: 'active', value: reads++ < 2 }),
    };
    await users.patch('on', [shifty as never]).catch(() => {});
    expect(server.users.get('on')).toMatchObject({ active: true });
  });
});

describe('a body is made of what was read', () => {
  const before = { id: '1', userName: 'a', active: true, 'urn:x:y:User': { badge: '1' }, emails: [{ value: 'a' }] };
  const body = { schemas: ['urn:x'], ...before };

  test.each([
    ['an attribute', { path: 'title', value: 'x' }, { title: 'x' }],
    ['a part of a list', { path: 'emails[value eq "a:b"].type', value: 'work' }, { emails: [{ value: 'b' }] }],
    ['a part of an extension', { path: 'URN:x:y:User:badge', value: '2' }, { 'urn:x:y:User': { badge: '2' } }],
    ['attributes without a path', { value: { title: 'x' } }, { title: 'x' }],
    ['null as nothing', { path: 'title' }, { nickName: undefined }],
  ])('where only what the operations name differs: %s', (_, operation, changed) => {
    expect(
      isDerivedFrom({ ...body, ...changed }, { before: { ...before, nickName: null }, operations: [operation] }),
    ).toBe(true);
  });

  test.each([
    ['is changed', { ...body, active: false }],
    ['is left out', { ...body, emails: undefined }],
    ['is new', { ...body, members: [] }],
    ['is in an extension', { ...body, 'urn:x:y:User': { active: false } }],
    ['is no object', 'text'],
  ])('and not where anything else %s', (_, other) => {
    expect(isDerivedFrom(other, { before, operations: [{ path: 'title', value: 'x' }] })).toBe(false);
  });
});

describe('a body takes values out of a list', () => {
  const acme = 'urn:acme:2.0:User';
  const before = {
    emails: [{ value: 'a' }],
    roles: [{ value: 'admin' }, { value: 'reader', display: 'R' }],
    grants: [{ scope: 'read' }],
    [acme]: { licences: ['x', 'y'] },
    meta: { things: ['x'] },
  };

  test.each([
    ['one is left out', { roles: [{ value: 'admin' }] }],
    ['one is another', { roles: [{ value: 'none' }, { value: 'reader' }] }],
    ['there is none', { roles: undefined }],
    ['something else is in its place', { grants: 'z' }],
    ['one without a `value` differs', { grants: [{ scope: 'write' }] }],
    ['in an extension', { [acme]: { licences: ['x'] } }],
    ['with the extension', { [acme]: undefined }],
  ])('where %s', (_, changed) => {
    expect(permissionsForRemovedValues({ ...before, ...changed }, { before, operations: [] })).toMatchObject([
      { permission: 'deprovisioning' },
    ]);
  });

  test.each([
    ['the values are in another order, and more', { roles: [...before.roles, { value: 'new' }].toReversed() }],
    ['a value is shown otherwise', { roles: [{ value: 'admin', display: 'A' }, { value: 'reader' }] }],
    ['it is contact data', { emails: [{ value: 'b' }] }],
    ['it is for the server to keep', { meta: undefined }],
  ])('but not where %s', (_, changed) => {
    expect(permissionsForRemovedValues({ ...before, ...changed }, { before, operations: [] })).toEqual([]);
  });

  test('and a request that does needs Deprovisioning, whatever its operations need', () => {
    const user = { schemas: ['urn:x'], id: '1', userName: 'a', active: true, [acme]: { licences: ['x', 'y'] } };
    const operations = [{ op: 'replace', path: `${acme}:licences`, value: 'z' }];
    const demands = permissionsRequiredBy({
      method: 'PUT',
      route: '/Users/{id}',
      params: { id: '1' },
      body: { ...user, [acme]: { licences: 'z' } },
      derivedFrom: { before: user, operations },
    });
    expect(demands.map(({ permission }) => permission)).toContain('deprovisioning');
  });
});
