import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { canDeprovision, canProvision, ScimClient } from '../../src/scim/client.js';
import { workosProfile } from '../../src/scim/options.js';
import { answer, baseUrl, fakeServer, listAnswer, scimError } from './support/fake-server.js';
import { openClient, openRestricted } from './support/open-client.js';

describe('a client', () => {
  test('is an instance of what makes it, and shows its name and no token', () => {
    const client = new ScimClient({ baseUrl, token: 'very-secret-token' });
    expect(client).toBeInstanceOf(ScimClient);
    expect(inspect(client)).toMatch(/^ScimClient \{/);
    expect(inspect(client, { depth: Infinity, showHidden: true })).not.toContain('very-secret-token');
    expect(JSON.stringify(client)).not.toContain('very-secret-token');
  });

  test('asks for nothing until it is asked', () => {
    const server = fakeServer();
    openClient(server);
    expect(server.log).toEqual([]);
  });

  test('sends its token and names what it takes', async () => {
    const server = fakeServer();
    await openClient(server).client.users.list();
    expect(server.seen[0]?.headers.get('authorization')).toBe('Bearer token-1');
    expect(server.seen[0]?.headers.get('accept')).toBe('application/scim+json, application/json;q=0.9');
  });

  test('knows its access at run time', () => {
    const client = openRestricted(fakeServer(), { provisioning: true }) as unknown as ScimClient;
    expect([canProvision(client), canDeprovision(client)]).toEqual([true, false]);
    expect([canProvision(undefined), canDeprovision(undefined)]).toEqual([false, false]);
  });

  test('learns for itself alone', async () => {
    const server = fakeServer({ users: [{ id: '1', userName: 'a' }] });
    server.intercept = ({ method }) => (method === 'PATCH' ? scimError(501) : undefined);
    const operations = [{ op: 'replace' as const, path: 'title', value: 'x' }];
    await openClient(server).client.users.patch('1', operations);
    await openClient(server).client.users.patch('1', operations);
    expect(server.log.filter((line) => line.startsWith('PATCH'))).toHaveLength(2);
  });
});

describe('what a client is made from', () => {
  const make = ScimClient as unknown as new (options?: unknown) => object;

  test.each([
    [undefined, ['baseUrl'], 'Write `new ScimClient({ baseUrl, token })`'],
    ['https://scim.example/v2', ['baseUrl'], 'Write `new ScimClient({ baseUrl, token })`'],
    [{ token: 't', baseURL: baseUrl }, ['baseUrl'], 'Write `new ScimClient({ baseUrl, token })`'],
    [{ baseUrl, token: 't', access: 'provisioning' }, ['access'], 'Write `{ provisioning: true }`'],
    [{ baseUrl, token: 't', access: ['provisioning'] }, ['access'], 'Write `{ provisioning: true }`'],
    [{ baseUrl, token: 't', access: { provision: true } }, ['access'], 'Write `provisioning`'],
    [{ baseUrl, token: 't', access: { deprovisoning: true } }, ['access'], 'Write `deprovisioning`'],
    [{ baseUrl, token: 't', profile: { ...workosProfile, pagesize: 9 } }, ['pagesize'], 'Write `pageSize`'],
  ])('is refused with what to write: %j', (options, path, remedy) => {
    expect(() => new make(options)).toThrow(
      expect.objectContaining({ code: 'invalid_input', path, remedy: expect.stringContaining(remedy) }),
    );
  });

  test('may leave access out, or name what is off', () => {
    for (const access of [undefined, null, {}, { provisioning: undefined, deprovisioning: false }]) {
      expect(new make({ baseUrl, token: 't', access })).toMatchObject({
        access: { provisioning: false, deprovisioning: false },
      });
    }
  });
});

describe('a profile', () => {
  test('may be a copy with something else in it', async () => {
    const server = fakeServer();
    const profile = { ...workosProfile, pageSize: 7, contentType: 'application/json' as const };
    const { users } = openClient(server, { profile }).client;
    await users.list();
    await users.create({ userName: 'a@b.c' });
    expect(server.seen[0]?.query.get('count')).toBe('7');
    expect(server.seen[1]?.headers.get('content-type')).toBe('application/json');
  });

  test('that there is none of is refused', () => {
    expect(() => new ScimClient({ baseUrl, token: 't', profile: 'okta' as never })).toThrow(
      expect.objectContaining({ code: 'invalid_input', path: ['profile'] }),
    );
  });
});

describe('types of your own', () => {
  test('are read in the spelling of their schema, at their endpoint', async () => {
    const server = fakeServer();
    server.intercept = () => listAnswer([{ id: '1', SERIALNUMBER: 'a', Lost: 'True', 'urn:x:2.0:DEVICE': { a: 1 } }]);
    const devices = openClient(server).client.resource({
      endpoint: 'Devices/',
      schema: { id: 'urn:d', attributes: { serialNumber: {}, lost: { type: 'boolean' } } },
      extensions: { 'urn:x:2.0:Device': z.object({ a: z.number() }) },
    });
    expect((await devices.list()).items).toEqual([
      { id: '1', serialNumber: 'a', lost: true, 'urn:x:2.0:Device': { a: 1 } },
    ]);
    expect(server.log).toEqual(['GET /Devices']);
  });

  test('are found again by the keys they name', async () => {
    const server = fakeServer();
    const stored = { id: '1', serialNumber: 'A', note: 'old' };
    server.intercept = ({ method, query }) => {
      if (query.get('filter') === 'serialNumber eq "A"') return listAnswer([stored]);
      return method === 'GET' ? answer(200, stored) : answer(200, { ...stored, note: 'new' });
    };
    const devices = openClient(server).client.resource({
      endpoint: '/Devices',
      schema: { id: 'urn:d', attributes: { serialNumber: { caseExact: true }, note: {} } },
      naturalKeys: ['serialNumber'],
      shape: z.object({ serialNumber: z.string(), note: z.string() }),
    });
    const result = await devices.upsert({ serialNumber: 'A', note: 'new' });
    expect(result).toMatchObject({ outcome: 'updated', resource: { note: 'new' } });
  });

  test('added to groups keep what groups can do, and are checked before they are sent', async () => {
    const server = fakeServer({
      users: [{ id: '7' }],
      groups: [{ id: '1', displayName: 'G', 'URN:X:Group': { owner: 'a' } }],
    });
    const groups = openClient(server).client.groups.withExtensions({ 'urn:x:Group': z.object({ owner: z.string() }) });
    expect((await groups.get('1'))['urn:x:Group']?.owner).toBe('a');
    expect(await groups.addMembers('1', ['7'])).toMatchObject({ added: ['7'] });
    const wrong = groups.create({ displayName: 'H', 'urn:x:Group': { owner: 1 as unknown as string } });
    await expect(wrong).rejects.toMatchObject({ code: 'invalid_input', path: ['urn:x:Group', 'owner'] });
    expect(server.groups.size).toBe(1);
  });

  test('added to users keep what users can do', async () => {
    const server = fakeServer({ users: [{ id: '1', userName: 'a', 'URN:X:User': { badge: '7' } }] });
    const users = openClient(server).client.users.withExtensions({ 'urn:x:User': z.object({ badge: z.string() }) });
    expect((await users.get('1'))['urn:x:User']?.badge).toBe('7');
    expect(await users.deactivate('1')).toMatchObject({ outcome: 'deactivated' });
  });
});

test.each<[string, unknown]>([
  ['endpoint', undefined],
  ['endpoint', { schema: { id: 'urn:x', attributes: {} } }],
  ['schema', { endpoint: '/Devices' }],
  ['schema', { endpoint: '/Devices', schema: { id: 'urn:x' } }],
])('a definition without its %s is refused at once', (name, definition) => {
  const { client } = openClient(fakeServer());
  expect(() => client.resource(definition as never)).toThrow(
    expect.objectContaining({ code: 'invalid_input', path: [name] }),
  );
});
