import { describe, expect, test } from 'vitest';
import { bulk } from '../../src/scim/bulk/bulk.js';
import type { ScimClient } from '../../src/scim/client.js';
import { matchesFilter } from '../../src/scim/filter/match.js';
import { applyPatch } from '../../src/scim/patch/apply.js';
import { diffPatch } from '../../src/scim/patch/diff.js';
import { rejection } from '../support/open-test-transport.js';
import { fakeServer } from './support/fake-server.js';
import { openClient } from './support/open-client.js';

const server = () =>
  fakeServer({ users: [{ id: '1', userName: 'mira.sol' }], groups: [{ id: 'g', displayName: 'G' }] });
const user = { userName: 'mira.sol@north.example' };
const change = [{ op: 'replace', path: 'title', value: 'Lead' }] as const;

/** Each is called with an option that does not exist, as plain JavaScript can. */
const calls: Record<string, (client: ScimClient<'provisioning' | 'deprovisioning'>, options: never) => unknown> = {
  serviceProviderConfig: (client, options) => client.serviceProviderConfig(options),
  resourceTypes: (client, options) => client.resourceTypes(options),
  schemas: (client, options) => client.schemas(options),
  me: (client, options) => client.me(options),
  list: ({ users }, options) => users.list({}, options),
  'list, its query': ({ users }, options) => users.list(options),
  iterate: async ({ users }, options) => users.iterate({}, options),
  'iterate, its query': async ({ users }, options) => users.iterate(options),
  get: ({ users }, options) => users.get('1', options),
  getIfNoneMatch: ({ users }, options) => users.getIfNoneMatch('1', 'W/"1"', options),
  find: ({ users }, options) => users.find({ userName: 'mira.sol' }, options),
  search: ({ users }, options) => users.search({}, options),
  'search, its query': ({ users }, options) => users.search(options),
  count: ({ users }, options) => users.count({}, options),
  'count, its query': ({ users }, options) => users.count(options),
  create: ({ users }, options) => users.create(user, options),
  upsert: ({ users }, options) => users.upsert(user, options),
  replace: ({ users }, options) => users.replace('1', user, options),
  patch: ({ users }, options) => users.patch('1', change, options),
  delete: ({ users }, options) => users.delete('1', options),
  activate: ({ users }, options) => users.activate('1', options),
  deactivate: ({ users }, options) => users.deactivate('1', options),
  'groups.replace': ({ groups }, options) => groups.replace('g', { displayName: 'G' }, options),
  addMembers: ({ groups }, options) => groups.addMembers('g', ['1'], options),
  removeMembers: ({ groups }, options) => groups.removeMembers('g', ['1'], options),
  setMembers: ({ groups }, options) => groups.setMembers('g', ['1'], options),
  bulk: (client, options) => bulk(client, [{ method: 'DELETE', path: '/Users/1' }], options),
};

/** Methods that take no options. */
const others = ['constructor', 'resource', 'withExtensions'];

describe.each(Object.entries(calls))('%s', (_, call) => {
  test.each(['ifmatch', 'Verify', 'constructor', 'timeout'])(
    'refuses the option %s before anything is sent',
    async (name) => {
      const fake = server();
      const given = { [name]: name } as never;
      const error = await rejection((async () => call(openClient(fake).client, given))());
      expect(error).toMatchObject({ code: 'invalid_input', path: [name] });
      expect(fake.log).toEqual([]);
    },
  );

  test('refuses what is no object', async () => {
    const fake = server();
    const error = await rejection((async () => call(openClient(fake).client, 'W/"1"' as never))());
    expect(error).toMatchObject({ code: 'invalid_input' });
    expect(fake.log).toEqual([]);
  });
});

test('no method is missing here', () => {
  const { client } = openClient(server());
  const methods = [client, client.users, client.groups].flatMap((object) => {
    const names = new Set<string>();
    for (let at = Object.getPrototypeOf(object); at !== Object.prototype; at = Object.getPrototypeOf(at)) {
      for (const name of Object.getOwnPropertyNames(at)) names.add(name);
    }
    return [...names];
  });
  expect(methods.filter((name) => !Object.hasOwn(calls, name) && !others.includes(name))).toEqual([]);
});

test('the option that is meant is named', async () => {
  const { client } = openClient(server());
  const deleted = rejection(client.users.delete('1', { ifmatch: 'W/"1"' } as never));
  expect(await deleted).toMatchObject({
    message: '`ifmatch` is not an option of delete().',
    remedy: 'Write `ifMatch`.',
  });
});

test.each([{ usernme: 'mira.sol' }, { usernme: 'mira.sol', active: true }])(
  'an attribute to find by that is misspelt is refused: %j',
  async (criteria) => {
    const fake = server();
    const error = await rejection(openClient(fake).client.users.find(criteria as never));
    expect(error).toMatchObject({ code: 'invalid_input', path: ['usernme'], remedy: 'Write `userName`.' });
    expect(fake.log).toEqual([]);
  },
);

test.each([
  ['email', 'Write `emails`.'],
  ['phones', 'Write `phoneNumbers`.'],
  // A complex attribute without a `value` equals nothing, and the types do not have it.
  ['name', 'Write `userName`.'],
  ['addresses', expect.not.stringMatching(/\b(?:name|meta|addresses)\b/)],
])('what is named instead of an attribute to find by is one: %s', async (name, remedy) => {
  const fake = server();
  const error = await rejection(openClient(fake).client.users.find({ [name]: 'x' } as never));
  expect(error).toMatchObject({ code: 'invalid_input', path: [name], remedy });
  expect(fake.log).toEqual([]);
});

test.each([
  { userName: '' },
  { emails: [{ value: 'mira.sol@north.example' }] },
  { externalId: null },
  { userName: {} },
])('what is no value to find by is refused, with what to give: %j', async (criteria) => {
  const fake = server();
  const error = await rejection(openClient(fake).client.users.find(criteria as never));
  expect(error).toMatchObject({ code: 'invalid_input', path: Object.keys(criteria) });
  expect(error).toMatchObject({ remedy: expect.stringMatching(/^Give one value/) });
  expect(fake.log).toEqual([]);
});

test('a value that got lost is refused, and not left out: whoever else matched would be found', async () => {
  const fake = server();
  const criteria = { userName: undefined, active: true };
  const error = await rejection(openClient(fake).client.users.find(criteria as never));
  expect(error).toMatchObject({
    code: 'invalid_input',
    path: ['userName'],
    remedy: expect.stringContaining('got lost'),
  });
  expect(fake.log).toEqual([]);
});

test.each(['mira.sol@north.example', 'mira', ''])('a text that is no filter is told how to find: %j', async (text) => {
  const fake = server();
  const { users, groups } = openClient(fake).client;
  const error = await rejection(users.find(text));
  expect(error).toMatchObject({
    code: 'invalid_filter',
    remedy: "Write `{ userName: '…' }` or `{ externalId: '…' }`, or make a filter by `eq` or the `filter` tag.",
  });
  expect(await rejection(groups.find(text))).toMatchObject({ remedy: expect.stringContaining('displayName') });
  expect(await rejection(users.find({}))).toMatchObject({ remedy: expect.stringContaining('userName') });
  expect(fake.log).toEqual([]);
});

test.each(['signal', 'timeoutMs', 'headers', 'scan'])(
  'an option among what is found by is told to be one: %s',
  async (name) => {
    const fake = server();
    const { client } = openClient(fake);
    const given = { userName: 'mira.sol', [name]: AbortSignal.abort() };
    const refused = {
      code: 'invalid_input',
      path: [name],
      remedy: `Give \`${name}\` in the last argument: \`find(…, { ${name}: … })\`.`,
    };
    expect(await rejection(client.users.find(given as never))).toMatchObject(refused);
    // Of a type that says nothing of its attributes, by its value.
    const things = client.resource({ endpoint: '/Users', schema: { id: 'urn:x', attributes: {} } });
    expect(await rejection(things.find(given as never))).toMatchObject(refused);
    expect(fake.log).toEqual([]);
  },
);

test.each([
  ['create', (users: ReturnType<typeof openClient>['client']['users'], given: never) => users.create(given)],
  ['upsert', (users: ReturnType<typeof openClient>['client']['users'], given: never) => users.upsert(given)],
  ['replace', (users: ReturnType<typeof openClient>['client']['users'], given: never) => users.replace('1', given)],
])(
  'an option among the attributes of a resource is refused: it would be sent, and not be done: %s',
  async (of, call) => {
    const fake = server();
    const values = { verify: true, signal: new AbortController().signal, timeoutMs: 5000, headers: {} };
    for (const [name, value] of Object.entries(values)) {
      const error = await rejection(call(openClient(fake).client.users, { ...user, [name]: value } as never));
      expect(error).toMatchObject({
        code: 'invalid_input',
        path: [name],
        remedy: `Give \`${name}\` in the last argument: \`${of}(…, { ${name}: … })\`.`,
      });
    }
    expect(fake.log).toEqual([]);
  },
);

type Calls = Readonly<
  Record<string, (users: ReturnType<typeof openClient>['client']['users'], given: never) => unknown>
>;
const writes: Calls = {
  POST: (users, given) => users.create(given),
  PUT: (users, given) => users.replace('1', given),
};

test.each([
  ['a value that the option cannot have', { signal: 'SIG-7', headers: 'none', timeoutMs: 'slow', verify: 'sms' }, {}],
  ['what is listed in `customAttributes`', { verify: true }, { customAttributes: ['Verify'] }],
  ['a resource that was read', { id: '1', verify: true, headers: {}, timeoutMs: 5, attributes: ['x'] }, {}],
  ['a resource that was read, by its `meta`', { meta: {}, verify: true, timeoutMs: 5, attributes: ['x'] }, {}],
])('an attribute that is called like an option is sent in %s', async (_, attributes, options) => {
  for (const [method, call] of Object.entries(writes)) {
    const fake = server();
    await call(openClient(fake, options).client.users, { ...user, ...attributes } as never);
    const { id: _id, meta: _meta, ...own } = attributes as Record<string, unknown>;
    expect(fake.seen.find((request) => request.method === method)?.body).toMatchObject(own);
  }
});

test('a type of your own may have attributes that are called like options', async () => {
  const { client } = openClient(server());
  const attributes = { verify: {}, scan: {} };
  const things = client.resource({ endpoint: '/Users', schema: { id: 'urn:x', attributes } });
  expect(await things.find({ scan: 'yes' } as never)).toBeUndefined();
  await things.create({ verify: true } as never);
});

test('nothing to find by is refused', async () => {
  for (const match of [null, undefined, 7, []]) {
    const error = await rejection(openClient(server()).client.users.find(match as never));
    expect(error).toMatchObject({ code: 'invalid_input' });
  }
});

test('attributes are found by in any case, by path and by URN; those of a type that says nothing of them too', async () => {
  const { client } = openClient(server());
  const names = ['USERNAME', 'name.familyName', 'urn:ietf:params:scim:schemas:core:2.0:User:userName', 'externalId'];
  for (const name of names) await client.users.find({ [name]: 'mira.sol' } as never);
  const things = client.resource({ endpoint: '/Users', schema: { id: 'urn:x', attributes: {} } });
  await things.find({ serial: '1' } as never);
});

test('a misspelt version of a write in a bulk request is refused: it would be made whatever is there', async () => {
  const fake = server();
  const writes = [{ method: 'DELETE', path: '/Users/1', verison: 'W/"1"' }] as never;
  const error = await rejection(bulk(openClient(fake).client, writes));
  expect(error).toMatchObject({ code: 'invalid_input', remedy: 'Write `version`.' });
  expect(fake.log).toEqual([]);
});

test.each([
  ['/Userz/1', '/Users'],
  ['/User/1', '/Users'],
  ['/Usres/1', '/Users'],
  ['/users/1', '/Users'],
  ['/Group', '/Groups'],
])('a write in a bulk request to what is nearly an endpoint is refused: %s', async (path, meant) => {
  const fake = server();
  for (const write of [
    { method: 'DELETE', path },
    { method: 'POST', path, data: user },
  ] as const) {
    const error = await rejection(bulk(openClient(fake).client, [write]));
    expect(error).toMatchObject({ code: 'invalid_input', path: [0, 'path'], remedy: `Write \`${meant}\`.` });
  }
  expect(fake.log).toEqual([]);
});

test.each(['/Roles', '/Devices', '/Usage', '/v2/Users', '/UserTypes'])(
  'a write in a bulk request to any other endpoint is sent: %s',
  async (path) => {
    const fake = server();
    await bulk(openClient(fake).client, [{ method: 'POST', path, data: { externalId: '7' } }]);
    expect(fake.log).toContainEqual(expect.stringContaining('POST'));
  },
);

test.each(['set', 'replce', 7, undefined])(
  'what is no operation of PATCH is refused before any permission is asked for: %j',
  async (op) => {
    const fake = server();
    const { users } = openClient(fake).client;
    const error = await rejection(users.patch('1', [{ op, path: 'title', value: 'x' }] as never));
    expect(error).toMatchObject({ code: 'invalid_input', path: [0, 'op'] });
    expect(fake.log).toEqual([]);
  },
);

test('a misspelt part of an operation is refused, and what is no list of operations', async () => {
  const { users } = openClient(server()).client;
  const misspelt = await rejection(users.patch('1', [{ op: 'replace', path: 'title', vaule: 'Lead' } as never]));
  expect(misspelt).toMatchObject({ code: 'invalid_input', path: [0], remedy: 'Write `value`.' });
  expect(await rejection(users.patch('1', { title: 'Lead' } as never))).toMatchObject({ path: ['operations'] });
});

test('a misspelt part of the definition of a type is refused', () => {
  const { client } = openClient(server());
  const definition = { endpoint: '/Things', schema: { id: 'urn:x', attributes: {} }, naturalkeys: ['serial'] };
  expect(() => client.resource(definition as never)).toThrow(
    expect.objectContaining({ remedy: 'Write `naturalKeys`.' }),
  );
});

test.each([
  [{ type: 'strng' }, '`strng` is not a `type` of an attribute.', 'Write `string`.'],
  [{ mutability: 'readonly' }, '`readonly` is not a `mutability` of an attribute.', 'Write `readOnly`.'],
  [{ returned: 'alway' }, '`alway` is not a `returned` of an attribute.', 'Write `always`.'],
  [{ uniqueness: 'servr' }, '`servr` is not a `uniqueness` of an attribute.', 'Write `server`.'],
  [{ multiValued: 'true' }, '`multiValued` of an attribute must be true or false.', undefined],
])('a misspelt word of a schema is refused wherever one is given: %j', (rules, message, remedy) => {
  const [word = ''] = Object.keys(rules);
  const attributes = { owner: { type: 'complex', subAttributes: { name: rules } } };
  const path = ['schema', 'owner', 'name', word];
  for (const schema of [
    { id: 'urn:x', attributes },
    { id: 'urn:x', attributes: {}, extensions: [{ id: 'urn:y', attributes }] },
  ] as never[]) {
    const { client } = openClient(server());
    const refused = expect.objectContaining({ code: 'invalid_input', message, path, ...(remedy && { remedy }) });
    expect(() => client.resource({ endpoint: '/Things', schema })).toThrow(refused);
    expect(() => matchesFilter('owner pr', {}, { schema })).toThrow(refused);
    expect(() => applyPatch({}, [{ op: 'add', path: 'owner.name', value: 'x' }], { schema })).toThrow(refused);
    expect(() => diffPatch({}, { owner: { name: 'x' } }, { schema })).toThrow(refused);
  }
});

test('a flag that is a text is refused, and what is no list of members', async () => {
  const { users, groups } = openClient(fakeServer()).client;
  const refused = (name: string) => ({ code: 'invalid_input', path: [name] });
  const given = { userName: 'a@x.y' };
  await expect(users.create(given, { verify: 'true' as never })).rejects.toMatchObject(refused('verify'));
  await expect(users.upsert(given, { takeOver: 'false' as never })).rejects.toMatchObject(refused('takeOver'));
  await expect(users.find(given, { scan: 1 as never })).rejects.toMatchObject(refused('scan'));
  await expect(groups.addMembers('g', '1' as never)).rejects.toMatchObject(refused('members'));
});
