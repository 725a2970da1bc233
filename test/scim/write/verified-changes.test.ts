import { describe, expect, test } from 'vitest';
import { answer, type FakeServer, fakeServer, type Stored, scimError } from '../support/fake-server.js';
import { openClient } from '../support/open-client.js';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const acme = 'urn:acme:2.0:User';
const mira: Stored = {
  id: '1',
  userName: 'mira@north.example',
  displayName: 'Mira Sol',
  nickName: 'M',
  active: true,
  name: { givenName: 'Mira', familyName: 'Sol', formatted: 'Mira Sol' },
  emails: [
    { value: 'mira@north.example', type: 'work', primary: true },
    { value: 'mira@home.example', type: 'home' },
  ],
  [enterprise]: { costCenter: '7', manager: { value: '2', displayName: 'Ada' } },
  [acme]: { badge: 'B-1', licensed: true },
  meta: { version: '', lastModified: '2026-01-01T00:00:00Z' },
};

/** Answers a PATCH or PUT with success and makes this of the user. */
function making(change: (user: Stored) => object, user = mira): FakeServer {
  const server = fakeServer({ users: [user] });
  server.intercept = ({ method }) => {
    if (method !== 'PATCH') return undefined;
    server.users.set('1', { ...change(server.users.get('1') as Stored), id: '1' });
    return new Response(null, { status: 204 });
  };
  return server;
}

const lead = { op: 'replace', path: 'title', value: 'Lead' } as const;
const title = { title: 'Lead' };
const without = (name: string) => (user: Stored) => ({ ...user, ...title, [name]: undefined });

describe('a change of one attribute with verify tells that another was lost', () => {
  test.each<[string, (user: Stored) => object, string]>([
    ['a text', without('nickName'), 'nickName'],
    ['the name that is shown', without('displayName'), 'displayName'],
    ['a complex value', without('name'), 'name'],
    ['a part of one', (user) => ({ ...user, ...title, name: { givenName: 'Mira' } }), 'name'],
    ['an extension', without(enterprise), enterprise],
    ['one that no schema names', without(acme), acme],
    ['a part of an extension', (user) => ({ ...user, ...title, [enterprise]: { costCenter: '7' } }), enterprise],
    ['whether she may sign in', (user) => ({ ...user, ...title, active: false }), 'active'],
    [
      'what a server of its own switched off',
      (user) => ({ ...user, ...title, [acme]: { badge: 'B-1', licensed: false } }),
      acme,
    ],
    [
      'what kind of address it is',
      (user) => ({
        ...user,
        ...title,
        emails: (mira.emails as object[]).map((email) => ({ ...email, type: 'other' })),
      }),
      'emails',
    ],
    ['a text that became another', (user) => ({ ...user, ...title, nickName: 'X' }), 'nickName'],
  ])('%s', async (_, change, attribute) => {
    const lost = { code: 'not_applied', attributes: [attribute] };
    const patched = openClient(making(change)).client.users.patch('1', [lead], { verify: true });
    await expect(patched).rejects.toMatchObject(lost);
    const upserted = openClient(making(change)).client.users.upsert(
      { userName: mira.userName as string, ...title },
      { verify: true },
    );
    await expect(upserted).rejects.toMatchObject(lost);
  });

  test('and not of what was asked for, what servers compute, and what they count', async () => {
    const changed = (user: Stored) => ({
      ...user,
      name: { givenName: 'Mira', familyName: 'Day', formatted: 'Mira Day' },
      displayName: 'Mira Day',
      nickName: undefined,
      emails: [{ value: 'mira@home.example', type: 'home', primary: true }],
      [enterprise]: { costCenter: '7', manager: { value: '2', displayName: 'Ada North' } },
      [acme]: { badge: 'B-1', licensed: true, counted: 2 },
      meta: { lastModified: '2026-02-02T00:00:00Z' },
    });
    const user = { ...mira, [acme]: { ...(mira[acme] as object), counted: 1 } };
    const operations = [
      { op: 'replace', path: 'name.familyName', value: 'Day' },
      { op: 'remove', path: 'nickName' },
      { op: 'remove', path: 'emails[type eq "work"]' },
    ] as const;
    const { users } = openClient(making(changed, user)).client;
    await expect(users.patch('1', operations, { verify: true })).resolves.toMatchObject({ displayName: 'Mira Day' });
  });

  test('by `activate` and `deactivate` too', async () => {
    const lost = { code: 'not_applied', attributes: ['emails'] };
    for (const active of [true, false]) {
      const server = making((user) => ({ ...user, active, emails: [] }), { ...mira, active: !active });
      const { users } = openClient(server).client;
      const changed = active ? users.activate('1', { verify: true }) : users.deactivate('1', { verify: true });
      await expect(changed).rejects.toMatchObject(lost);
    }
  });
});

describe('an answer that says that nothing was done', () => {
  const answering = (isDone: boolean) => {
    const server = fakeServer({ users: [mira] });
    server.intercept = ({ method }) => {
      if (method !== 'PATCH') return undefined;
      if (isDone) server.users.set('1', { ...mira, active: false });
      return answer(200, mira);
    };
    return server;
  };

  test('makes `deactivate`, `patch` and `upsert` look, and tell where it is so', async () => {
    const off = [{ op: 'replace', path: 'active', value: false }] as const;
    const unmade = { code: 'not_applied', attributes: ['active'] };
    await expect(openClient(answering(false)).client.users.deactivate('1')).rejects.toMatchObject(unmade);
    await expect(openClient(answering(false)).client.users.patch('1', off)).rejects.toMatchObject(unmade);
    const upserted = openClient(answering(false)).client.users.upsert({
      userName: mira.userName as string,
      active: false,
    });
    await expect(upserted).rejects.toMatchObject(unmade);
  });

  test('is not believed where it shows the state before', async () => {
    const server = answering(true);
    const deactivated = { outcome: 'deactivated', resource: { active: false } };
    expect(await openClient(server).client.users.deactivate('1')).toMatchObject(deactivated);
    expect(server.log).toEqual(['GET /Users/1', 'PATCH /Users/1', 'GET /Users/1']);
  });

  test('of a group is looked into as well', async () => {
    const group = { id: 'g', displayName: 'G', members: [{ value: '1' }] };
    const server = fakeServer({ users: [mira], groups: [group] });
    server.intercept = ({ method }) => (method === 'PATCH' ? answer(200, group) : undefined);
    const { groups } = openClient(server).client;
    const removed = [{ op: 'remove', path: 'members[value eq "1"]' }] as const;
    await expect(groups.patch('g', removed)).rejects.toMatchObject({ code: 'not_applied', attributes: ['members'] });
    expect(await groups.removeMembers('g', ['1'])).toMatchObject({ removed: [], verified: true, remaining: ['1'] });
  });
});

test('an extension that is left with an empty list and nothing else is put back with it', async () => {
  const server = fakeServer({ users: [{ ...mira, [acme]: { keys: ['a'] } }] });
  server.intercept = ({ method, body }) => {
    if (method === 'PATCH') return scimError(501);
    if (method !== 'PUT') return undefined;
    server.users.set('1', { ...mira, ...(server.users.get('1') as Stored), ...(body as Stored) });
    return answer(200, server.users.get('1'));
  };
  await openClient(server).client.users.patch('1', [{ op: 'remove', path: `${acme}:keys` }], { verify: true });
  expect(server.users.get('1')?.[acme]).toEqual({ keys: [] });
});
