import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { connect } from '../../../src/index.js';
import { bulk } from '../../../src/scim/bulk/bulk.js';
import { ScimClient } from '../../../src/scim/client.js';
import { parseFilter } from '../../../src/scim/filter/parse.js';
import { rejection } from '../../support/open-test-transport.js';
import { baseUrl, fakeServer } from '../support/fake-server.js';
import { openClient } from '../support/open-client.js';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const enterprize = enterprise.replace('enterprise', 'enterprize');
const core = 'urn:ietf:params:scim:schemas:core:2.0:User';
const user = { id: '1', userName: 'mira@x.y' };
const open = () => {
  const server = fakeServer({ users: [user], groups: [{ id: 'g', displayName: 'G' }] });
  return { server, ...openClient(server) };
};
const refused = (path: readonly unknown[], meant: string) => ({
  code: 'invalid_input',
  path,
  remedy: expect.stringMatching(new RegExp(`^Write \`${meant}\`\\.`)),
});

/** What is misspelt in a user, where, and what was meant. */
const slips: readonly (readonly [attributes: object, path: readonly unknown[], meant: string])[] = [
  [{ titel: 'x' }, ['titel'], 'title'],
  [{ activ: true }, ['activ'], 'active'],
  [{ actve: false }, ['actve'], 'active'],
  [{ tittle: 'x' }, ['tittle'], 'title'],
  [{ titles: 'x' }, ['titles'], 'title'],
  [{ emals: [] }, ['emals'], 'emails'],
  [{ email: 'a@x.y' }, ['email'], 'emails'],
  [{ role: 'x' }, ['role'], 'roles'],
  [{ locle: 'x' }, ['locle'], 'locale'],
  [{ addresses: [{ typ: 'work' }] }, ['addresses', 0, 'typ'], 'type'],
  [{ addresses: [{ county: 'x' }] }, ['addresses', 0, 'county'], 'country'],
  [{ [enterprise]: { costCentre: 'x' } }, [enterprise, 'costCentre'], 'costCenter'],
  [{ [`${enterprise}:departmnt`]: 'x' }, [`${enterprise}:departmnt`], 'department'],
  [{ [`${enterprise}s`]: { department: 'x' } }, [`${enterprise}s`], enterprise],
  [{ [enterprize]: { department: 'x' } }, [enterprize], enterprise],
  [{ phoneNumbrs: [] }, ['phoneNumbrs'], 'phoneNumbers'],
  [{ display_name: 'x' }, ['display_name'], 'displayName'],
  [{ name: { givenNam: 'x' } }, ['name', 'givenNam'], 'givenName'],
  [{ name: { famliyName: 'x' } }, ['name', 'famliyName'], 'familyName'],
  [{ emails: [{ value: 'a@x.y' }, { vaule: 'b@x.y' }] }, ['emails', 1, 'vaule'], 'value'],
  [{ addresses: [{ streetAdress: 'x' }] }, ['addresses', 0, 'streetAdress'], 'streetAddress'],
  [{ [enterprise]: { departmnt: 'x' } }, [enterprise, 'departmnt'], 'department'],
  [{ [enterprise]: { manager: { dispalyName: 'x' } } }, [enterprise, 'manager', 'dispalyName'], 'displayName'],
];

describe('a misspelt name is refused, with the one that is meant, and nothing is sent:', () => {
  test.each(slips)('%j', async (attributes, path, meant) => {
    const { server, client } = open();
    const given = { userName: 'mira@x.y', ...attributes };
    const { users } = client;
    expect(await rejection(users.create(given))).toMatchObject(refused(path, meant));
    expect(await rejection(users.upsert(given))).toMatchObject(refused(path, meant));
    expect(await rejection(users.replace('1', given))).toMatchObject(refused(path, meant));
    const whole = users.patch('1', [{ op: 'replace', value: attributes }]);
    expect(await rejection(whole)).toMatchObject(refused([0, 'value', ...path], meant));
    const made = bulk(client, [{ method: 'POST', path: '/Users', data: given }]);
    expect(await rejection(made)).toMatchObject(refused([0, 'data', ...path], meant));
    expect(server.log).toEqual([]);
  });

  test.each([
    ['titel', 'x', ['path'], 'title'],
    [`${core}:titel`, 'x', ['path'], 'title'],
    ['name.givenNam', 'x', ['path'], 'givenName'],
    ['emails[type eq "work"].vaule', 'x', ['path'], 'value'],
    ['emials[value eq "urn:x:y"].value', 'x', ['path'], 'emails'],
    [`${enterprise}:departmnt`, 'x', ['path'], 'department'],
    ['name', { givenNam: 'x' }, ['value', 'givenNam'], 'givenName'],
    ['emails', [{ vaule: 'x' }], ['value', 0, 'vaule'], 'value'],
    [enterprise, { departmnt: 'x' }, ['value', 'departmnt'], 'department'],
    ['emails[typ eq "work"].value', 'x', ['path'], 'type'],
    ['emails[type eq "work" and not (vaule eq "x")].value', 'x', ['path'], 'value'],
    [`${core}:emails[typ eq "work"]`, { value: 'x' }, ['path'], 'type'],
    [enterprize, { department: 'x' }, ['path'], enterprise],
    [`${enterprise}s:department`, 'x', ['path'], enterprise],
  ])('PATCH %s %j', async (path, value, at, meant) => {
    const { server, client } = open();
    const operations = [{ op: 'replace', path, value }] as const;
    expect(await rejection(client.users.patch('1', operations))).toMatchObject(refused([0, ...at], meant));
    const written = bulk(client, [{ method: 'PATCH', path: '/Users/1', data: { Operations: operations } }]);
    expect(await rejection(written)).toMatchObject(refused([0, 'data', 'Operations', 0, ...at], meant));
    expect(server.log).toEqual([]);
  });

  test('of a group, and of those who are added to it', async () => {
    const { server, client } = open();
    const { groups } = client;
    const given = { displayName: 'G', members: [{ value: '1', dispaly: 'x' }] };
    expect(await rejection(groups.create(given))).toMatchObject(refused(['members', 0, 'dispaly'], 'display'));
    const path = 'members[valeu eq "1"]';
    const removed = groups.patch('g', [{ op: 'remove', path }]);
    expect(await rejection(removed)).toMatchObject(refused([0, 'path'], 'value'));
    for (const [name, meant] of Object.entries({ valeu: 'value', displey: 'display', tpye: 'type' })) {
      const members = ['2', { value: '1', [name]: 'x' }];
      for (const call of [groups.addMembers('g', members), groups.setMembers('g', members)])
        expect(await rejection(call)).toMatchObject(refused([1, name], meant));
    }
    expect(server.log).toEqual([]);
  });

  test.each([
    [{ Operation: [] }, [0, 'data', 'Operation']],
    [{ Operations: [], failOnErrors: 1 }, [0, 'data', 'failOnErrors']],
    [{ Operations: [{ op: 'remove', pth: 'title' }] }, [0, 'data', 'Operations', 0]],
  ])('of the body of a PATCH in a bulk request: %j', async (data, path) => {
    const { server, client } = open();
    const written = bulk(client, [{ method: 'PATCH', path: '/Users/1', data: data as never }]);
    expect(await rejection(written)).toMatchObject({ code: 'invalid_input', path });
    expect(server.log).toEqual([]);
  });
});

describe('a misspelt name in what is asked for is refused: nobody would be found, or nothing shown:', () => {
  test.each([
    ['usernme eq "x"', 'userName'],
    ['title pr and not (usernme eq "x")', 'userName'],
    ['name.givenNam eq "x"', 'givenName'],
    ['emails[typ eq "work"]', 'type'],
    [`${enterprise}:departmnt eq "x"`, 'department'],
    [`${enterprize}:department eq "x"`, enterprise],
  ])('%s', async (text, meant) => {
    for (const filter of [text, parseFilter(text)]) {
      const { server, client } = open();
      const { users } = client;
      const calls = [
        () => users.list({ filter }),
        async () => users.iterate({ filter }),
        () => users.search({ filter }),
        () => users.count({ filter }),
        () => users.find(filter),
      ];
      for (const call of calls) expect(await rejection(call())).toMatchObject(refused(['filter'], meant));
      expect(server.log).toEqual([]);
    }
  });

  test('what to sort by, and what to show, in reading and in writing', async () => {
    const { server, client } = open();
    const { users } = client;
    const sorted = { sortBy: 'usernme' };
    for (const call of [users.list(sorted), users.search(sorted)])
      expect(await rejection(call)).toMatchObject(refused(['sortBy'], 'userName'));
    for (const name of ['attributes', 'excludedAttributes']) {
      const shown = { [name]: ['userName', 'emals.value'] };
      const calls = [
        users.list(shown),
        users.get('1', shown),
        users.create(user, shown),
        users.replace('1', user, shown),
        users.patch('1', [{ op: 'replace', path: 'title', value: 'x' }], shown),
        users.deactivate('1', shown),
      ];
      for (const call of calls) expect(await rejection(call)).toMatchObject(refused([name, 1], 'emails'));
    }
    expect(server.log).toEqual([]);
  });

  test("not a name of the server's own, nor a text that is no filter", async () => {
    const { server, client } = open();
    await client.users.list({
      filter: 'userNote eq "x" or urn:x:own:titel pr',
      sortBy: 'userDate',
      attributes: ['shift'],
    });
    server.intercept = () => Response.json({ totalResults: 0, Resources: [] });
    await client.users.list({ filter: 'usernme = "x"' });
    expect(server.log).toHaveLength(2);
  });
});

describe('what may be the name of something else is sent:', () => {
  test.each([
    { favourite: 'x' },
    { userNote: 'x', userDate: 'x', userTime: 'x', displayDate: 'x', title2: 'x' },
    { name: { pronounced: 'x', familyNameKana: 'x', givenDate: 'x' } },
    { addresses: [{ streetAddress2: 'x', town: 'x' }] },
    { roles: [{ value: 'x', $ref: 'y' }], NickName: 'x', 'name.givenName': 'x' },
    { [enterprise]: { costCode: 'x' }, 'urn:x:own': { titel: 'x' } },
    { [enterprise.replace('2.0', '2.1')]: { titel: 'x' } },
  ])('%j', async (attributes) => {
    const { server, client } = open();
    await client.users.create({ userName: 'b@x.y', ...(attributes as object) });
    expect(server.seen[0]?.body).toMatchObject(attributes);
  });

  test('in a resource that was read, and not in the next one that was not', async () => {
    const { server, client } = open();
    server.users.set('1', { ...user, titel: 'Lead', name: { givenNam: 'M' } });
    const { users } = client;
    const read = await users.get('1');
    const own = { titel: 'Lead', name: { givenNam: 'M' } };
    expect(await users.replace('1', { ...read, title: 'x' })).toMatchObject(own);
    const { id: _id, ...withoutId } = read;
    expect(
      await users.replace('1', { ...withoutId, meta: { resourceType: 'User' } } as object as typeof read),
    ).toMatchObject(own);
    await bulk(client, [{ method: 'PUT', path: '/Users/1', data: { ...read } }]);
    const { titel } = read;
    const literal = { userName: 'mira@x.y', titel };
    expect(await rejection(users.replace('1', literal))).toMatchObject(refused(['titel'], 'title'));
  });

  test('what `customAttributes` of the client lists, in any case, and nothing else', async () => {
    const server = fakeServer({ users: [user] });
    const customAttributes = [
      'Role',
      'addresses.county',
      `${enterprise}:costCentre`,
      `${enterprise}s`,
      'members.valeu',
    ];
    const { client } = openClient(server, { customAttributes });
    const own = {
      role: 'x',
      addresses: [{ county: 'x' }],
      [enterprise]: { costCentre: 'x' },
      [`${enterprise}s`]: { department: 'x' },
    };
    await client.users.create({ userName: 'a@x.y', ...own } as object as typeof user);
    const extended = client.users.withExtensions({ 'urn:x:y': z.unknown() });
    await extended.create({ userName: 'b@x.y', ...own } as object as typeof user);
    for (const { body } of server.seen) expect(body).toMatchObject(own);
    await bulk(client, [{ method: 'POST', path: '/Users', data: { userName: 'c@x.y', ...own } }]);
    await client.users.find({ role: 'x' } as object);
    await client.users.list({ filter: 'role eq "x" and addresses[county eq "y"]', sortBy: 'role' });
    await client.groups.create({ displayName: 'H', members: [{ value: '1', valeu: 'x' }] } as never);
    const wrong = { userName: 'd@x.y', county: 'x', addresses: [{ role: 'x', countr: 'x' }] };
    expect(await rejection(client.users.create(wrong as object as typeof user))).toMatchObject({
      path: ['addresses', 0, 'countr'],
      remedy:
        "Write `country`. If the server has one of that name, list `'addresses.countr'` in `customAttributes` of the client.",
    });
  });

  test('`connect` takes `customAttributes` for its client', async () => {
    const server = fakeServer({});
    const config = { scimBaseUrl: baseUrl, scimToken: 'se_1', provisioning: true, deprovisioning: false } as const;
    const options = { fetch: server.fetch, scim: { customAttributes: ['role'] } };
    await connect(config, options).scim.users.create({ userName: 'b@x.y', ...({ role: 'x' } as object) });
    expect(server.seen[0]?.body).toMatchObject({ role: 'x' });
    expect(() => new ScimClient({ baseUrl, token: 'se_1', customAttributes: 'role' as never })).toThrow(
      /must be a list/,
    );
  });
});

describe('a type of resource of the program', () => {
  const schema = { id: 'urn:x:2.0:Device', attributes: { serial: {}, owner: {} } };

  test('has its names checked by its schema', async () => {
    const { server, client } = open();
    const devices = client.resource({ endpoint: '/Devices', schema, naturalKeys: ['serial'] });
    const calls = [
      devices.create({ serail: '7' }),
      devices.upsert({ serial: '7', ownr: 'x', serail: '8' }),
      devices.replace('1', { serail: '7' }),
      devices.patch('1', [{ op: 'replace', path: 'serail', value: 'x' }]),
      devices.find({ serail: '7' }),
      devices.list({ filter: 'serail eq "7"' }),
    ];
    for (const call of calls) expect(await rejection(call)).toMatchObject({ code: 'invalid_input' });
    expect(server.log).toEqual([]);
  });

  test('is not checked where its schema names nothing', async () => {
    const { server, client } = open();
    const things = client.resource({ endpoint: '/Users', schema: { id: 'urn:x:2.0:Thing', attributes: {} } });
    await things.create({ externalId: '7', schema: 'x', titel: 'x' });
    expect(server.seen[0]?.body).toMatchObject({ schema: 'x', titel: 'x' });
  });

  test('has no natural key that its schema does not have', () => {
    const { client } = open();
    const make = (naturalKeys: readonly string[], attributes: object = schema.attributes, shape?: typeof z.unknown) =>
      client.resource({
        endpoint: '/Devices',
        schema: { id: schema.id, attributes: attributes as typeof schema.attributes },
        naturalKeys,
        shape: shape?.(),
      });
    expect(() => make(['serail'])).toThrow(
      expect.objectContaining({ code: 'invalid_input', path: ['naturalKeys'], remedy: 'Write `serial`.' }),
    );
    expect(() => make(['assetTag'])).toThrow(/assetTag/);
    expect(() => make(['serail'], schema.attributes, z.unknown)).toThrow(/serail/);
    for (const keys of [['serial'], ['SERIAL', 'externalId']]) make(keys);
    // Where it may have others, only a slip is known to be wrong.
    make(['assetTag'], schema.attributes, z.unknown);
    make(['serail'], {});
  });
});
