import { describe, expect, test } from 'vitest';
import { AccessDeniedError, type Permission } from '../../../src/errors/input-errors.js';
import { bulk } from '../../../src/scim/bulk/bulk.js';
import type { ScimClient } from '../../../src/scim/client.js';
import { fakeServer, scimError } from '../support/fake-server.js';
import { openClient, openRestricted } from '../support/open-client.js';

const newServer = () =>
  fakeServer({
    users: [{ id: '1', userName: 'a@b.c', active: true }],
    groups: [{ id: 'g', displayName: 'G', members: [{ value: '1' }] }],
  });

async function denial(call: Promise<unknown>): Promise<AccessDeniedError> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(AccessDeniedError);
  return error as AccessDeniedError;
}

type Calls = Readonly<Record<string, () => Promise<unknown>>>;

/** Every method that writes, by name. */
const callsOf = ({ users, groups }: ScimClient<Permission>): Calls => ({
  create: () => users.create({ userName: 'x@y.z' }),
  upsert: () => users.upsert({ userName: 'a@b.c' }),
  replace: () => users.replace('1', { userName: 'a@b.c', active: true }),
  patch: () => users.patch('1', [{ op: 'replace', path: 'title', value: 'Lead' }]),
  activate: () => users.activate('1'),
  deactivate: () => users.deactivate('1'),
  createGroup: () => groups.create({ displayName: 'H' }),
  addMembers: () => groups.addMembers('g', ['1']),
  removeMembers: () => groups.removeMembers('g', ['1']),
  setMembers: () => groups.setMembers('g', ['1']),
  replaceGroup: () => groups.replace('g', { displayName: 'G' }),
  delete: () => users.delete('1'),
});

/** The permissions that each call was refused for, where it was. */
async function permissionsDenied(calls: Calls): Promise<Record<string, string>> {
  const denied: Record<string, string> = {};
  for (const [name, call] of Object.entries(calls)) {
    await call().catch((error: unknown) => {
      expect(error).toBeInstanceOf(AccessDeniedError);
      denied[name] = (error as AccessDeniedError).permissions.join(' and ');
    });
  }
  return denied;
}

describe('a client without access', () => {
  test('is refused every method that writes, before anything is read or sent', async () => {
    const server = newServer();
    const client = openRestricted(server, {});
    const things = client.resource({ endpoint: '/Things', schema: { id: 'urn:x', attributes: {} } });
    expect(await permissionsDenied(callsOf(client))).toEqual({
      create: 'provisioning',
      upsert: 'provisioning',
      replace: 'provisioning',
      patch: 'provisioning',
      activate: 'provisioning',
      deactivate: 'deprovisioning',
      delete: 'deprovisioning',
      createGroup: 'provisioning',
      addMembers: 'provisioning',
      removeMembers: 'deprovisioning',
      setMembers: 'provisioning and deprovisioning',
      replaceGroup: 'provisioning and deprovisioning',
    });
    expect((await denial(things.create({}))).message).toBe('POST /Things was not sent: Provisioning is not allowed.');
    expect((await denial(bulk(client, [{ method: 'DELETE', path: '/Users/1' }]))).permission).toBe('deprovisioning');
    expect(server.log).toEqual([]);
    expect(client.access).toEqual({ provisioning: false, deprovisioning: false });
    expect(Object.isFrozen(client.access)).toBe(true);
  });

  test('rejects, and throws nothing, whatever is given', async () => {
    const { users, groups } = openRestricted(newServer(), {}) as unknown as Record<
      'users' | 'groups',
      Record<'create' | 'patch' | 'delete' | 'setMembers', (...given: unknown[]) => Promise<unknown>>
    >;
    for (const call of [users.create(), users.patch(), users.delete(null), groups.setMembers(7)]) await denial(call);
  });

  test('asks nothing of a base URL that stands for another method', async () => {
    const server = newServer();
    const { users } = openRestricted(server, {}, { baseUrl: 'https://scim.example/v2/key?_method=DELETE' });
    await denial(users.search({}));
    expect(server.log).toEqual([]);
  });

  test.each(['X_HTTP_METHOD_OVERRIDE', 'X-Original-URL', 'X-Rewrite-Url', 'X_ORIGINAL_URI'])(
    'sends no %s, which the client was made with',
    async (name) => {
      const server = newServer();
      const { users } = openRestricted(server, {}, { headers: { [name]: 'DELETE' } });
      await denial(users.list());
      await denial(users.search({}));
      expect(server.log).toEqual([]);
    },
  );

  test.each(['yes', 'true', 1, null])('takes no %j for a tick', (tick) => {
    for (const access of [{ provisioning: tick }, { deprovisioning: tick }]) {
      expect(() => openRestricted(fakeServer(), access as never)).toThrow(
        expect.objectContaining({ code: 'invalid_input', message: expect.stringContaining('must be true or false') }),
      );
    }
  });

  test('is told of both checkboxes where both are needed', async () => {
    const { groups } = openRestricted(newServer(), {});
    const { message, remedy } = await denial(groups.setMembers('g', []));
    expect(message).toBe('PATCH /Groups/{id} was not sent: Provisioning and Deprovisioning are not allowed.');
    expect(remedy).toContain('Tick "Provisioning" and "Deprovisioning"');
  });

  test('is told the option that allows it, as it is written in code', async () => {
    const { users, groups } = openRestricted(newServer(), {});
    const denied: readonly [Promise<unknown>, string][] = [
      [users.create({ userName: 'x@y.z' }), 'access: { provisioning: true }'],
      [users.deactivate('1'), 'access: { deprovisioning: true }'],
      [groups.setMembers('g', []), 'access: { provisioning: true, deprovisioning: true }'],
    ];
    for (const [call, option] of denied) expect((await denial(call)).remedy).toContain(`give ScimClient \`${option}\``);
  });
});

describe('Provisioning alone', () => {
  test.each<[string, unknown, string, string | undefined]>([
    ['replace', 'tital', 'names `tital`', 'Write `title`'],
    ['replace', 'urn:ietf:params:scim:schemas:core:2.0:User:nikNme', 'names `nikNme`', 'Write `nickName`'],
    ['replace', 'emials2[type eq "work"].value', 'names an attribute', 'Write `emails`'],
    ['remove', 'tital', 'names `tital`', 'Write `title`'],
    ['replace', 'Xqzw-2819c223', 'names an attribute', undefined],
    ['replace', 'roles', 'may replace a list', undefined],
  ])('is told first what a path is that may be misspelt: %s %s', async (op, path, because, write) => {
    const { users } = openRestricted(newServer(), { provisioning: true });
    const { message, remedy } = await denial(users.patch('1', [{ op, path, value: 'x' } as never]));
    expect(message).toContain(`was not sent (it ${because}`);
    expect(remedy).toMatch(new RegExp(`^${write ?? 'Tick "Deprovisioning"'}`));
  });

  test('is refused what takes away', async () => {
    const server = newServer();
    expect(await permissionsDenied(callsOf(openRestricted(server, { provisioning: true })))).toEqual({
      deactivate: 'deprovisioning',
      delete: 'deprovisioning',
      removeMembers: 'deprovisioning',
      setMembers: 'deprovisioning',
      replaceGroup: 'deprovisioning',
    });
  });

  test('does not let a write carry the other permission, and sends nothing', async () => {
    const server = newServer();
    const client = openRestricted(server, { provisioning: true });
    const { users, groups } = client;
    const calls = [
      users.patch('1', [{ op: 'replace', path: 'active', value: false }]),
      users.patch('1', [{ op: 'replace', value: { active: false } }]),
      users.replace('1', { userName: 'a@b.c', active: false }),
      users.replace('1', { userName: 'a@b.c' }),
      users.replace('1', { userName: 'a@b.c', active: true, roles: [] }),
      groups.patch('g', [{ op: 'remove', path: 'members[value eq "1"]' }]),
      groups.patch('g', [{ op: 'replace', path: 'members', value: [] }]),
      bulk(client, [
        { method: 'POST', path: '/Users', data: { userName: 'x@y.z' } },
        { method: 'DELETE', path: '/Users/1' },
      ]),
    ];
    for (const error of await Promise.all(calls.map(denial)))
      expect(error).toMatchObject({ code: 'access_denied', permission: 'deprovisioning' });
    expect(server.log.filter((request) => !request.startsWith('GET'))).toEqual([]);
  });

  test.each([
    { id: 'urn:ietf:params:scim:schemas:core:2.0:Group', attributes: {} },
    { id: 'urn:example:2.0:Team', attributes: { Members: { multiValued: true } } },
  ])('does not put a group of a type of its own: %j', async (schema) => {
    const server = newServer();
    const teams = openRestricted(server, { provisioning: true }).resource({ endpoint: '/Teams', schema });
    const withoutMembers = { externalId: 'g', displayName: 'G' };
    expect((await denial(teams.replace('g', withoutMembers))).permission).toBe('deprovisioning');
    expect(server.log).toEqual([]);
  });

  test('does not let a PUT that stands for a PATCH leave out what the PATCH could not take away', async () => {
    const server = fakeServer({
      users: [{ id: '1', userName: 'a@b.c', active: true, roles: [{ value: 'admin' }], entitlements: [] }],
    });
    server.intercept = ({ method }) => (method === 'PATCH' ? scimError(501) : undefined);
    const client = openRestricted(server, { provisioning: true });
    const { users } = client;
    await users.patch('1', [{ op: 'replace', path: 'title', value: 'Lead' }]);
    let reads = 0;
    const slippery = {
      op: 'remove',
      get path() {
        reads += 1;
        return reads % 2 === 1 ? 'title' : 'roles';
      },
    } as const;
    await denial(users.patch('1', [{ op: 'remove', path: 'roles' }]));
    await denial(
      bulk(client, [{ method: 'PATCH', path: '/Users/1', data: { Operations: [{ op: 'remove', path: 'roles' }] } }]),
    );
    for (let time = 1; time <= 4; time += 1) await users.patch('1', [slippery]).catch(() => {});
    expect(server.users.get('1')).toMatchObject({ roles: [{ value: 'admin' }] });
  });

  test('sends what was judged, whatever an object answers when it is asked again', async () => {
    const server = newServer();
    const client = openRestricted(server, { provisioning: true });
    const { users } = client;
    let asked = 0;
    const active = {
      toJSON: () => {
        asked += 1;
        return asked % 2 === 1;
      },
    };
    for (let time = 1; time <= 6; time += 1) {
      const value = active as unknown as boolean;
      await users.patch('1', [{ op: 'replace', path: 'active', value }]).catch(() => {});
      await bulk(client, [
        { method: 'PATCH', path: '/Users/1', data: { Operations: [{ op: 'replace', path: 'active', value }] } },
      ]).catch(() => {});
    }
    expect(server.users.get('1')).toMatchObject({ active: true });
  });

  test('names the checkbox and what the request would have done', async () => {
    const { users } = openRestricted(newServer(), { provisioning: true });
    const error = await denial(users.patch('1', [{ op: 'replace', path: 'active', value: false }]));
    expect(error.message).toBe(
      'PATCH /Users/{id} was not sent (it sets active to false): Deprovisioning is not allowed.',
    );
    expect(error.remedy).toContain('Tick "Deprovisioning"');
  });
});

describe('Deprovisioning alone', () => {
  test('is refused what adds', async () => {
    const server = newServer();
    expect(await permissionsDenied(callsOf(openRestricted(server, { deprovisioning: true })))).toEqual({
      create: 'provisioning',
      upsert: 'provisioning',
      replace: 'provisioning',
      patch: 'provisioning',
      activate: 'provisioning',
      createGroup: 'provisioning',
      addMembers: 'provisioning',
      setMembers: 'provisioning',
      replaceGroup: 'provisioning',
    });
  });

  test('deactivates, removes members and deletes', async () => {
    const server = newServer();
    const { users, groups } = openRestricted(server, { deprovisioning: true });
    await users.deactivate('1');
    expect(server.users.get('1')).toMatchObject({ active: false });
    await groups.removeMembers('g', ['1']);
    expect(server.groups.get('g')?.members).toBeUndefined();
    await users.delete('1');
    expect(server.users.size).toBe(0);
  });

  test('does not let bulk create', async () => {
    const server = newServer();
    const client = openRestricted(server, { deprovisioning: true });
    const error = await denial(bulk(client, [{ method: 'POST', path: '/Users', data: { userName: 'x@y.z' } }]));
    expect(error.permission).toBe('provisioning');
    expect(server.log).toEqual([]);
  });
});

test('both permissions allow everything', async () => {
  const server = newServer();
  const { client } = openClient(server);
  await client.groups.setMembers('g', []);
  await client.users.replace('1', { userName: 'a@b.c', active: false });
  expect(server.users.get('1')).toMatchObject({ active: false });
});
