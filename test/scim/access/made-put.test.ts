import { describe, expect, test } from 'vitest';
import { isMadeOf } from '../../../src/scim/access/made-put.js';
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
    expect(isMadeOf({ ...body, ...changed }, { before: { ...before, nickName: null }, operations: [operation] })).toBe(
      true,
    );
  });

  test.each([
    ['is changed', { ...body, active: false }],
    ['is left out', { ...body, emails: undefined }],
    ['is new', { ...body, members: [] }],
    ['is in an extension', { ...body, 'urn:x:y:User': { active: false } }],
    ['is no object', 'text'],
  ])('and not where anything else %s', (_, other) => {
    expect(isMadeOf(other, { before, operations: [{ path: 'title', value: 'x' }] })).toBe(false);
  });
});
