import { describe, expectTypeOf, test } from 'vitest';
import * as z from 'zod/mini';
import {
  bulk,
  canDeprovision,
  canProvision,
  ENTERPRISE_USER_URN,
  type EnterpriseUser,
  eq,
  type Filter,
  type GetOptions,
  type Group,
  type IterateQuery,
  type ListQuery,
  ScimClient,
  type User,
} from '../../src/scim/index.js';

const options = { baseUrl: 'https://scim.example/v2', token: 'secret' };

describe('a client without access', () => {
  const client = new ScimClient(options);

  test('reads', () => {
    expectTypeOf(client).toEqualTypeOf<ScimClient>();
    expectTypeOf(client.users.get('1')).resolves.toEqualTypeOf<User>();
    expectTypeOf(client.users.find({ userName: 'a' })).resolves.toEqualTypeOf<User | undefined>();
    expectTypeOf(client.groups.list()).resolves.toHaveProperty('items').toEqualTypeOf<readonly Group[]>();
    expectTypeOf(client.users.count()).resolves.toBeNumber();
  });

  test('has no method that writes', () => {
    // @ts-expect-error needs Provisioning
    client.users.create;
    // @ts-expect-error needs Provisioning
    client.users.upsert;
    // @ts-expect-error needs Provisioning
    client.users.replace;
    // @ts-expect-error needs Provisioning
    client.users.patch;
    // @ts-expect-error needs Provisioning
    client.users.activate;
    // @ts-expect-error needs Deprovisioning
    client.users.deactivate;
    // @ts-expect-error needs Deprovisioning
    client.users.delete;
    // @ts-expect-error needs Provisioning
    client.groups.addMembers;
    // @ts-expect-error needs Deprovisioning
    client.groups.removeMembers;
    // @ts-expect-error needs both
    client.groups.setMembers;
    // @ts-expect-error needs a permission
    bulk(client, []);
  });

  test('is what access that is off, or known only at run time, gives', () => {
    const isAllowed = Math.random() > 0.5;
    expectTypeOf(new ScimClient({ ...options, access: {} })).toEqualTypeOf<ScimClient>();
    expectTypeOf(new ScimClient({ ...options, access: { provisioning: false } })).toEqualTypeOf<ScimClient>();
    expectTypeOf(new ScimClient({ ...options, access: { provisioning: isAllowed } })).toEqualTypeOf<ScimClient>();
  });
});

describe('Provisioning', () => {
  const client = new ScimClient({ ...options, access: { provisioning: true } });

  test('creates and changes', () => {
    expectTypeOf(client).toEqualTypeOf<ScimClient<'provisioning'>>();
    expectTypeOf(client.users.create({ userName: 'a' })).resolves.toEqualTypeOf<User>();
    expectTypeOf(client.users.patch('1', [])).resolves.toEqualTypeOf<User | undefined>();
    expectTypeOf(client.users.activate).toBeFunction();
    expectTypeOf(client.groups.addMembers).toBeFunction();
    expectTypeOf(bulk).toBeCallableWith(client, []);
  });

  test('takes nothing away', () => {
    // @ts-expect-error needs Deprovisioning
    client.users.delete;
    // @ts-expect-error needs Deprovisioning
    client.users.deactivate;
    // @ts-expect-error needs Deprovisioning
    client.groups.removeMembers;
    // @ts-expect-error needs both
    client.groups.setMembers;
    // @ts-expect-error needs both: whether a group loses members by it cannot be known
    client.groups.replace;
  });
});

describe('Deprovisioning alone', () => {
  const client = new ScimClient({ ...options, access: { deprovisioning: true } });

  test('takes away and adds nothing', () => {
    expectTypeOf(client).toEqualTypeOf<ScimClient<'deprovisioning'>>();
    expectTypeOf(client.users.delete).toBeFunction();
    expectTypeOf(client.users.deactivate).toBeFunction();
    expectTypeOf(client.groups.removeMembers).toBeFunction();
    // @ts-expect-error needs Provisioning
    client.users.create;
    // @ts-expect-error needs both
    client.groups.setMembers;
  });
});

test('both permissions together give everything, and pass for less', () => {
  const client = new ScimClient({ ...options, access: { provisioning: true, deprovisioning: true } });
  expectTypeOf(client).toEqualTypeOf<ScimClient<'provisioning' | 'deprovisioning'>>();
  expectTypeOf(client.groups.setMembers).toBeFunction();
  expectTypeOf(client.groups.replace).toBeFunction();
  expectTypeOf(client).toExtend<ScimClient>();
  expectTypeOf(client).toExtend<ScimClient<'provisioning'>>();
  expectTypeOf<ScimClient>().not.toExtend<ScimClient<'provisioning'>>();
  expectTypeOf<ScimClient<'deprovisioning'>>().not.toExtend<ScimClient<'provisioning'>>();
  expectTypeOf<ScimClient<'provisioning'>>().not.toExtend<typeof client>();
});

test('guards narrow a client whose access is known only at run time', () => {
  const client: ScimClient = new ScimClient(options);
  if (canProvision(client)) {
    expectTypeOf(client.users.create).toBeFunction();
    // @ts-expect-error needs Deprovisioning
    client.users.delete;
    if (canDeprovision(client)) {
      expectTypeOf(client.users.delete).toBeFunction();
      expectTypeOf(client.groups.setMembers).toBeFunction();
    }
  }
  if (canDeprovision(client)) expectTypeOf(client.users.deactivate).toBeFunction();
  // @ts-expect-error was not asked
  client.users.create;
});

test('guards take a client that may not be there', () => {
  const client = new ScimClient(options) as ScimClient | undefined;
  if (canProvision(client)) expectTypeOf(client.users.create).toBeFunction();
  if (canProvision(client) && canDeprovision(client)) expectTypeOf(client.groups.setMembers).toBeFunction();
  if (canDeprovision(client)) expectTypeOf(client.users.deactivate).toBeFunction();
  // @ts-expect-error may not be there
  client.users.list;
});

test('an operation is one of three', () => {
  const client = new ScimClient({ ...options, access: { provisioning: true } });
  client.users.patch('1', [{ op: 'replace', path: 'title', value: 'Lead' }]);
  // @ts-expect-error there is no such operation
  client.users.patch('1', [{ op: 'set', path: 'title', value: 'Lead' }]);
});

describe('what is given', () => {
  const client = new ScimClient({ ...options, access: { provisioning: true } });

  test('is strict about names and types', async () => {
    // @ts-expect-error userName is missing
    await client.users.create({ displayName: 'A' });
    // @ts-expect-error no such attribute
    await client.users.create({ userName: 'a', userNmae: 'b' });
    // @ts-expect-error not a boolean
    await client.users.create({ userName: 'a', active: 'true' });
    // @ts-expect-error no such attribute
    await client.users.find({ userNmae: 'a' });
    // As messages say it: any of several values.
    await client.users.find({ emails: 'mira.sol@north.example', phoneNumbers: '+1', active: true });
    // @ts-expect-error one of several is a text
    await client.users.find({ emails: [{ value: 'mira.sol@north.example' }] });
    // @ts-expect-error has no value to compare
    await client.users.find({ name: 'Sol' });
    // @ts-expect-error has no value to compare
    await client.users.find({ addresses: 'Oslo' });
    await client.groups.find({ members: '2819c223' });
    // @ts-expect-error a filter for groups
    client.users.iterate({ filter: eq<Group>('displayName', 'a') });
    await client.users.create({ userName: 'a', 'urn:example:2.0:User': { badge: '1' } });
  });

  test('may be what was read', async () => {
    const user = await client.users.get('1');
    await client.users.replace(user.id, user);
  });
});

describe('a function of your own', () => {
  test('takes a query or a filter for any resource, and hands it on', () => {
    const list = (client: ScimClient, query: ListQuery) => client.users.list(query);
    const iterate = (client: ScimClient, query: IterateQuery) => client.groups.iterate(query);
    const search = (client: ScimClient, query: ListQuery) => client.users.search(query);
    const find = (client: ScimClient, filter: Filter) => client.users.find(filter);
    const count = (client: ScimClient, filter: Filter) => client.groups.count({ filter });
    const get = (client: ScimClient, options: GetOptions) => client.users.get('1', options);
    const client = new ScimClient(options);
    expectTypeOf(list(client, { filter: eq('userName', 'a'), sortBy: 'userName' })).resolves.toHaveProperty('items');
    iterate(client, { filter: eq<Group>('displayName', 'a') });
    search(client, {});
    find(client, eq<User>('userName', 'a'));
    count(client, eq('displayName', 'a'));
    get(client, { attributes: ['userName'] });
  });

  test('may say for which: then another does not fit', () => {
    const list = (client: ScimClient, query: ListQuery<User>) => client.users.list(query);
    const client = new ScimClient(options);
    const groupFilter = eq<Group>('displayName', 'a');
    // @ts-expect-error a filter for groups
    list(client, { filter: groupFilter });
    // @ts-expect-error a filter for groups
    client.users.list({ filter: groupFilter });
    // @ts-expect-error a filter for groups
    client.users.find(groupFilter);
  });
});

describe('extensions', () => {
  const client = new ScimClient({ ...options, access: { provisioning: true } });

  test('the enterprise extension is typed by its URN', async () => {
    const user = await client.users.get('1');
    expectTypeOf(user[ENTERPRISE_USER_URN]).toEqualTypeOf<EnterpriseUser | null | undefined>();
    expectTypeOf(user[ENTERPRISE_USER_URN]?.department).toEqualTypeOf<string | null | undefined>();
    expectTypeOf(user.somethingElse).toBeUnknown();
  });

  test('extensions of your own are typed by theirs', async () => {
    const users = client.users.withExtensions({ 'urn:example:2.0:User': z.object({ badge: z.string() }) });
    const user = await users.get('1');
    expectTypeOf(user['urn:example:2.0:User']).toEqualTypeOf<{ badge: string } | null | undefined>();
    expectTypeOf(user.userName).toBeString();
    expectTypeOf(users.activate).toBeFunction();
    // @ts-expect-error needs Deprovisioning
    users.deactivate;
  });

  test('extensions of groups are typed by theirs', async () => {
    const groups = client.groups.withExtensions({ 'urn:example:2.0:Group': z.object({ owner: z.string() }) });
    const group = await groups.get('1');
    expectTypeOf(group['urn:example:2.0:Group']).toEqualTypeOf<{ owner: string } | null | undefined>();
    expectTypeOf(group.displayName).toBeString();
    expectTypeOf(groups.addMembers).toBeFunction();
    // @ts-expect-error needs Deprovisioning
    groups.removeMembers;
  });

  test('resources of your own are typed by their schema', async () => {
    const devices = client.resource({
      endpoint: '/Devices',
      schema: { id: 'urn:example:2.0:Device', attributes: { serialNumber: {} } },
      shape: z.object({ serialNumber: z.string() }),
    });
    const device = await devices.get('1');
    expectTypeOf(device.serialNumber).toBeString();
    expectTypeOf(device.id).toBeString();
    await devices.create({ serialNumber: '1' });
    // @ts-expect-error serialNumber is missing
    await devices.create({});
    // @ts-expect-error needs Deprovisioning
    devices.delete;
  });

  test('resources of your own without a shape may have any attribute, beside those that all have', async () => {
    const schema = { id: 'urn:example:2.0:Device', attributes: { serial: {} } };
    const devices = client.resource({ endpoint: '/Devices', schema });
    await devices.create({ serial: 'x', externalId: '7' });
    await devices.find({ serial: 'x' });
    // @ts-expect-error a text in all resources
    await devices.create({ serial: 'x', externalId: 7 });
    const extensions = { 'urn:example:2.0:Badge': z.object({ badge: z.string() }) };
    const badged = client.resource({ endpoint: '/Devices', schema, extensions });
    await badged.create({ serial: 'x', 'urn:example:2.0:Badge': { badge: '7' } });
    // @ts-expect-error misspelt in a type that is known
    await client.users.create({ userName: 'a', titel: 'x' });
  });

  test('resources without a schema of their own have what all have', async () => {
    const things = client.resource({ endpoint: '/Things', schema: { id: 'urn:example:2.0:Thing', attributes: {} } });
    const thing = await things.get('1');
    expectTypeOf(thing.id).toBeString();
    expectTypeOf(thing.anything).toBeUnknown();
  });
});
