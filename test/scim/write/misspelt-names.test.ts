import { describe, expect, test } from 'vitest';
import { bulk } from '../../../src/scim/bulk/bulk.js';
import { rejection } from '../../support/open-test-transport.js';
import { fakeServer } from '../support/fake-server.js';
import { openClient } from '../support/open-client.js';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
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
  ])('PATCH %s %j', async (path, value, at, meant) => {
    const { server, client } = open();
    const operations = [{ op: 'replace', path, value }] as const;
    expect(await rejection(client.users.patch('1', operations))).toMatchObject(refused([0, ...at], meant));
    const written = bulk(client, [{ method: 'PATCH', path: '/Users/1', data: { Operations: operations } }]);
    expect(await rejection(written)).toMatchObject(refused([0, 'data', 'Operations', 0, ...at], meant));
    expect(server.log).toEqual([]);
  });

  test('of a group', async () => {
    const { server, client } = open();
    const given = { displayName: 'G', members: [{ value: '1', dispaly: 'x' }] };
    expect(await rejection(client.groups.create(given))).toMatchObject(refused(['members', 0, 'dispaly'], 'display'));
    expect(server.log).toEqual([]);
  });
});

describe('what may be the name of something else is sent:', () => {
  test.each([
    { favourite: 'x' },
    { name: { pronounced: 'x', familyNameKana: 'x' } },
    { addresses: [{ streetAddress2: 'x', county: 'x' }] },
    { roles: [{ value: 'x', $ref: 'y' }], NickName: 'x', 'name.givenName': 'x' },
    { [enterprise]: { costCode: 'x' }, 'urn:x:own': { titel: 'x' } },
  ])('%j', async (attributes) => {
    const { server, client } = open();
    await client.users.create({ userName: 'b@x.y', ...(attributes as object) });
    expect(server.seen[0]?.body).toMatchObject(attributes);
  });

  test('a name that the server has sent, which is one of its own', async () => {
    const server = fakeServer({ users: [{ ...user, titel: 'Lead', name: { givenNam: 'M' } }] });
    const { users } = openClient(server).client;
    const read = await users.get('1');
    const replaced = await users.replace('1', { ...read, title: 'x' });
    expect(replaced).toMatchObject({ titel: 'Lead', name: { givenNam: 'M' } });
  });

  test('what a type of resource of the program has', async () => {
    const { server, client } = open();
    const schema = { id: 'urn:x:Person', attributes: { title: {} } };
    await client.resource({ endpoint: '/Users', schema }).create({ externalId: '7', ...({ titel: 'x' } as object) });
    expect(server.seen[0]?.body).toMatchObject({ titel: 'x' });
  });
});
